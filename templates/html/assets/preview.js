// Follows each build: shows the report where the reader was, and what is wrong with it.
(() => {
  "use strict";
  const at = (id) => document.getElementById(id);
  const frame = at("report");
  let lang = null;
  let version = 0;

  const address = (tag) => `/report.${tag}.html`;
  const make = (name, text, className) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  // The language that the frame shows, which links inside the report can change.
  const shown = () => {
    try {
      return /\/report\.(.+)\.html$/.exec(frame.contentWindow.location.pathname)?.[1] ?? lang;
    } catch {
      return lang;
    }
  };

  function open(tag) {
    const place = lang === null ? "" : frame.contentWindow.location.hash;
    lang = tag;
    frame.src = address(tag) + place;
  }

  function languages(list) {
    const buttons = list.flatMap(({ lang: tag, name }) => {
      const button = make("button", name);
      button.type = "button";
      button.lang = tag;
      button.setAttribute("aria-pressed", String(tag === shown()));
      button.addEventListener("click", () => { open(tag); languages(list); });
      const pdf = make("a", "PDF");
      pdf.href = `/report.${tag}.pdf`;
      pdf.target = "_blank";
      pdf.setAttribute("aria-label", `PDF ${name}`);
      return [button, pdf];
    });
    at("languages").replaceChildren(...buttons);
  }

  function findings({ summary, stale, report }) {
    at("summary").textContent = summary;
    at("stale").hidden = !stale;
    const items = (report?.findings ?? []).map((found) => {
      const item = make("li", "", found.severity);
      item.append(make("strong", `${found.severity}[${found.rule}]`), ` ${found.message} `);
      item.append(make("code", `${found.primary.file}:${found.primary.line}:${found.primary.column}`));
      if (found.help) item.append(make("div", found.help));
      return item;
    });
    at("findings").querySelector("ol").replaceChildren(...items);
    at("none").hidden = items.length > 0;
    if (stale) fold(false);
  }

  function fold(hidden) {
    at("findings").hidden = hidden;
    at("toggle").setAttribute("aria-expanded", String(!hidden));
  }

  function refresh(state) {
    findings(state);
    const tags = state.languages.map((one) => one.lang);
    if (!tags.length) return;
    if (!tags.includes(lang)) open(tags[0]);
    // A reload keeps how far the reader has scrolled.
    else if (!state.stale) frame.contentWindow.location.reload();
    languages(state.languages);
  }

  async function follow() {
    for (;;) {
      try {
        const answer = await fetch(`/state?after=${version}`);
        const state = await answer.json();
        if (state && state.version > version) {
          version = state.version;
          refresh(state);
        }
      } catch {
        at("summary").textContent = document.body.dataset.gone;
        version = 0;
        await new Promise((wake) => setTimeout(wake, 1000));
      }
    }
  }

  at("toggle").addEventListener("click", () => fold(!at("findings").hidden));
  follow();
})();
