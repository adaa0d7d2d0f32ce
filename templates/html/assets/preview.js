// Follows each build: shows the report where the reader was, and what is wrong with it.
(() => {
  "use strict";
  const at = (id) => document.getElementById(id);
  const frame = at("report");
  let version = 0;

  const make = (name, text, className) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  // The language that the frame shows, which the report's own switch can change.
  const shown = () => frame.contentDocument?.documentElement.dataset.edition ?? null;
  let list = [];

  // The report's own switch keeps the place.
  function open(tag) {
    frame.contentDocument?.querySelector(`.edition[data-edition="${shown()}"] .languages a[hreflang="${tag}"]`)?.click();
  }

  function languages() {
    const buttons = list.flatMap(({ lang: tag, name }) => {
      const button = make("button", name);
      button.type = "button";
      button.lang = tag;
      button.setAttribute("aria-pressed", String(tag === shown()));
      button.addEventListener("click", () => { open(tag); languages(); });
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
    if (!state.languages.length) return;
    list = state.languages;
    if (!frame.src) frame.src = "/report.html";
    // A reload keeps how far the reader has scrolled.
    else if (!state.stale) frame.contentWindow.location.reload();
    languages();
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

  frame.addEventListener("load", () => {
    languages();
    // A click inside the report may have changed the language.
    frame.contentDocument?.addEventListener("click", () => setTimeout(languages));
  });
  at("toggle").addEventListener("click", () => fold(!at("findings").hidden));
  follow();
})();
