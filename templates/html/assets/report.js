// What the report does beyond reading; without this script everything can still be read and every link arrives.
// It brings no words: they come from the page. It makes no request. Styles are set one property at a time,
// which the Content-Security-Policy allows where style attributes in the markup are forbidden.
"use strict";
(() => {
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  // Figures with a lineage are known by where they lead; no id of an author has an underscore.
  const figures = "a[href^='#'][href*=fact_]:not(.panel-entry a)";
  const idOf = (link) => { try { return decodeURIComponent(link.hash.slice(1)); } catch { return ""; } };
  const targetOf = (link) => document.getElementById(idOf(link));
  const wide = () => matchMedia("(min-width: 64em)").matches;

  // Memory: a file opened from a disk or in a private window may have none. Then nothing is remembered, and still shown.
  const memory = {
    read(key) { try { return localStorage.getItem(key); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(key, value); } catch { /* Not remembered. */ } },
  };

  // Theme and language: set before the first paint; the rest waits for the document.
  const remembered = memory.read("theme");
  if (remembered === "dark" || remembered === "light") root.dataset.theme = remembered;
  const tags = root.dataset.editions.split(" ");
  // Anchors of every language but the first begin with its tag, those of the page itself behind an underscore.
  const tagOfAddress = () => {
    const id = idOf(location).replace(/^_/, "");
    return id ? tags.slice(1).find((tag) => id.startsWith(`${tag}_`)) ?? tags[0] : null;
  };
  root.dataset.edition = tagOfAddress() ?? tags.find((tag) => tag === memory.read("language")) ?? tags[0];

  // The language that is shown. Its `side` is what its anchors begin with.
  let shown = null;
  const editions = new Map();
  const prepared = new Set();
  const own = (name) => document.getElementById(`_${shown.dataset.side}${name}`);
  const mine = (selector) => all(selector, shown);
  const fromTemplate = (id) => own(`template-${id}`).content.firstElementChild.cloneNode(true);
  const barHeight = () => $(".bar", shown).getBoundingClientRect().height;

  const media = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : media.matches);
  const showTheme = () => own("theme-button").setAttribute("aria-pressed", String(isDark()));
  function theme() {
    const button = own("theme-button");
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      memory.write("theme", root.dataset.theme);
      showTheme();
    });
    button.hidden = false;
  }

  // Places.

  // What a screen reader would say: the words for a sign and not the sign, and no marks of notes.
  const plainText = (element) => {
    const copy = element.cloneNode(true);
    for (const extra of copy.querySelectorAll(".note-mark, .note-back, .answers, [aria-hidden=true]")) extra.remove();
    for (const line of copy.querySelectorAll("br, p, li, dt, dd, td, th, summary, .target-statement")) line.before(" ");
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const titles = new Map();
  function sectionTitle(element) {
    const section = element.closest(".section, .chapter");
    if (!section) return "";
    if (!titles.has(section)) titles.set(section, plainText($(".section-title, h2", section)));
    return titles.get(section);
  }
  function nearestId(element) {
    const near = element.id ? element : element.closest("[id]");
    return near ? near.id : `_${shown.dataset.side}report`;
  }
  function reveal(element) {
    for (let up = element; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    for (const old of all(".found")) old.classList.remove("found");
    element.classList.add("found");
    if (!element.matches("a, button, summary")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
    history.pushState(null, "", `#${nearestId(element)}`);
  }

  // Languages. All say the same in the same order, so a place is an anchor and the pieces of text behind it.

  function show(edition) {
    shown = edition;
    root.dataset.edition = edition.dataset.edition;
    root.lang = edition.lang;
    document.title = edition.dataset.title;
    for (const other of editions.values()) other.hidden = $("main", other).hidden = other !== edition;
    if (root.hidePopover) for (const open of all(":popover-open")) open.hidePopover();
    for (const open of all("dialog[open]")) open.close();
    if (!prepared.has(edition)) {
      prepared.add(edition);
      for (const step of [theme, answers, tables, outline, lineage, search]) step();
    }
    showTheme();
  }
  // Pieces of text in reading order, with their anchors as they are called in the first language.
  function pieces() {
    const side = shown.dataset.side;
    const found = mine(".body [id], .opener, .section > *, .section tr, .section li, .case > *");
    return found
      .filter((element) => !element.closest(".answers, .also, .panel, svg, .lineage > div > div"))
      .map((element) => ({ element, name: element.id.replace(side, "") }));
  }
  // The piece at the upper edge: its anchor or the last one before it, how many pieces lie between, and how much of it has
  // scrolled by. Nothing on the cover.
  function placeNow() {
    const edge = barHeight() + 48;
    if ($(".frame", shown).getBoundingClientRect().top > innerHeight / 2) return null;
    const list = pieces();
    const at = list.findLastIndex(({ element }) => {
      const box = element.getBoundingClientRect();
      return box.height > 0 && box.top <= edge;
    });
    const from = at < 0 ? -1 : list.findLastIndex(({ name }, i) => i <= at && name);
    if (from < 0) return null;
    const box = list[at].element.getBoundingClientRect();
    return { name: list[from].name, steps: at - from, edge, part: Math.min(1, (edge - box.top) / box.height) };
  }
  function goTo(place) {
    const list = pieces();
    const from = list.findIndex(({ name }) => name === place.name);
    if (from < 0) return false;
    let at = from;
    while (at < from + place.steps && at + 1 < list.length && !list[at + 1].name) at += 1;
    const box = list[at].element.getBoundingClientRect();
    scrollBy(0, box.top + box.height * place.part - place.edge);
    return true;
  }
  function switchTo(edition) {
    const [place, top] = [placeNow(), scrollY];
    show(edition);
    if (!place || !goTo(place)) scrollTo(0, place ? 0 : top);
    memory.write("language", edition.dataset.edition);
    const side = edition.dataset.side;
    history.replaceState(null, "", `#${place ? place.name.replace(/^_?/, `$&${side}`) : `_${side}top`}`);
    const link = $(".languages a", edition);
    if (link) link.focus({ preventScroll: true });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".languages a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    switchTo(editions.get(link.hreflang));
  });

  // Outline.

  function outline() {
    const edition = shown;
    const nav = own("outline");
    const links = all("a", nav);
    const targets = links.map(targetOf);
    let current = null;
    let waiting = false;
    const update = () => {
      waiting = false;
      if (edition !== shown) return;
      const edge = innerHeight * 0.35;
      let found = null;
      targets.forEach((target, i) => { if (target && target.getBoundingClientRect().top <= edge) found = links[i]; });
      if (found === current) return;
      if (current) current.removeAttribute("aria-current");
      for (const open of all(".open", nav)) open.classList.remove("open");
      current = found;
      if (!found) return;
      found.setAttribute("aria-current", "location");
      for (let up = found.parentElement; up !== nav; up = up.parentElement) if (up.tagName === "LI") up.classList.add("open");
      if (wide()) {
        const box = found.getBoundingClientRect();
        const frame = nav.getBoundingClientRect();
        if (box.top < frame.top || box.bottom > frame.bottom) nav.scrollTop += box.top - frame.top - frame.height / 3;
      }
    };
    addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(update); } }, { passive: true });
    nav.addEventListener("click", (event) => {
      if (event.target.closest("a") && nav.matches(":popover-open")) nav.hidePopover();
    });
    root.classList.add("spied");
    update();
  }

  // Lineage of a figure, beside the text.

  function lineage() {
    const edition = shown;
    const panel = own("panel");
    if (!panel.showPopover) return;
    const title = own("panel-title");
    const body = own("panel-body");
    const back = own("panel-back");
    let opener = null;
    let trail = [];

    function appearances(entry) {
      const links = mine(`.body ${figures}`).filter((link) => !link.closest(".lineage") && targetOf(link) === entry);
      const item = fromTemplate("appears");
      const seen = new Set();
      for (const link of links) {
        const name = link.closest(".opener") ? plainText($("h2", link.closest(".chapter"))) : sectionTitle(link);
        const table = link.closest("table");
        const caption = table && $("caption", table) ? plainText($("caption", table)) : "";
        const text = caption && caption !== name ? `${name} · ${caption}` : name;
        if (seen.has(text)) continue;
        seen.add(text);
        const place = make("a", "", text);
        place.href = `#${nearestId(link)}`;
        place.addEventListener("click", (event) => { event.preventDefault(); panel.hidePopover(); reveal(link.closest("tr") || link); });
        const line = make("li");
        line.append(place);
        $("ul", item).append(line);
      }
      return seen.size ? item : null;
    }
    function fill(entry) {
      const series = entry.closest(".lineage > div");
      const own = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("").trim();
      title.textContent = own($("p", series));
      const line = make("p", "panel-figure");
      line.append(make("strong", "", own(entry)), make("span", "panel-year", $("b", entry).textContent));
      const details = make("dl");
      for (const list of [$("dl", entry), $(":scope > dl", series)]) if (list) details.append(...list.cloneNode(true).children);
      // The list names evidence by number; here it stands in words.
      const cited = all(":scope > p > a", series).concat(all(":scope > a", entry));
      if (cited.length) {
        const evidence = fromTemplate("evidence");
        $("ul", evidence).append(...cited.map((link) => make("li", "", targetOf(link).textContent)));
        details.append(...evidence.children);
      }
      const unassured = [...fromTemplate("not-assured").children];
      if (!all("dt", details).some((term) => term.textContent === unassured[0].textContent)) details.append(...unassured);
      const places = appearances(entry);
      if (places) details.append(...places.children);
      const link = fromTemplate("entry");
      $("a", link).href = `#${entry.id}`;
      $("a", link).addEventListener("click", () => panel.hidePopover());
      body.replaceChildren(line, make("code", "panel-id", $("code", series).textContent), details, link);
      back.hidden = trail.length < 2;
      panel.scrollTop = 0;
      title.focus({ preventScroll: true });
    }
    // Beside the text where there is a side; beside the figure itself in tables; else under or over its line;
    // on phones the style sheet makes it a sheet. It never covers the figure that it explains.
    function place() {
      panel.style.top = panel.style.left = panel.style.width = "";
      if (!matchMedia("(min-width: 40em)").matches) return;
      const figure = opener.getClientRects()[0];
      const room = root.clientWidth - 12;
      const block = opener.closest(".section > *");
      const apart = opener.closest(".wide, .callout, .opener");
      let { width, height } = panel.getBoundingClientRect();
      let left;
      if (apart) left = [figure.right + 20, figure.left - width - 20].find((side) => side >= 12 && side + width <= room);
      else if (block) {
        const beside = block.getBoundingClientRect().right + 24;
        if (room - beside >= 264) {
          left = beside;
          panel.style.width = `${Math.min(width, room - beside)}px`;
          ({ width, height } = panel.getBoundingClientRect());
        }
      }
      let top = figure.top - 14;
      if (left === undefined) {
        left = Math.max(12, Math.min(figure.left, room - width));
        const over = figure.top - height - 8;
        top = figure.bottom + 8 + height > innerHeight && over > barHeight() ? over : figure.bottom + 8;
      } else {
        top = Math.max(barHeight() + 8, Math.min(top, innerHeight - height - 12));
      }
      panel.style.left = `${left + scrollX}px`;
      panel.style.top = `${top + scrollY}px`;
    }
    document.addEventListener("click", (event) => {
      const link = event.target.closest(figures);
      if (!link || edition !== shown || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const entry = targetOf(link);
      if (!entry) return;
      event.preventDefault();
      if (link.closest(".panel")) {
        trail.push(entry);
        fill(entry);
        return;
      }
      if (panel.matches(":popover-open")) panel.hidePopover();
      opener = link;
      trail = [entry];
      link.setAttribute("aria-expanded", "true");
      panel.showPopover();
      fill(entry);
      place();
    });
    back.addEventListener("click", () => { trail.pop(); fill(trail.at(-1)); });
    panel.addEventListener("toggle", (event) => {
      if (event.newState !== "closed") return;
      for (const link of all(`${figures}[aria-expanded]`, edition)) if (link !== opener || !panel.matches(":popover-open")) link.removeAttribute("aria-expanded");
    });
    addEventListener("resize", () => { if (opener && edition === shown && panel.matches(":popover-open")) place(); });
  }

  // Search: an index of the page's own text, built when it is first asked for.

  const fold = (text) => text.normalize("NFKC").toLowerCase();
  function indexed() {
    const entries = [];
    const add = (element, kind, weight, code = "") => {
      const text = element.alt || element.getAttribute("aria-label") || plainText(element);
      if (text) entries.push({ element, kind, weight, text, folded: fold(text), code: fold(code) });
    };
    for (const element of mine(".body h2, .body h3, .body h4, .body h5, .body h6")) add(element, "section", 40);
    for (const row of mine(".body tbody tr[id]")) {
      const code = $(".index-code", row);
      add(row, code ? "index" : "table", code ? 20 : 30, code ? code.textContent : "");
    }
    for (const series of mine(".lineage > div:has(> div)")) add($("p", series), "figure", 35, $("code", series).textContent);
    const text = ".body p, .body .definitions > div, .body .headline, .body figcaption, .body caption, .footnotes li, .table-notes li, .table-small tbody tr, .records tbody tr, .materiality-list tbody tr, .process-steps li, .picture img[alt], .drawing[aria-label]";
    for (const element of mine(text)) if (!element.closest("tr[id], .lineage > div:has(> div), .opener-number, .also") && !element.matches(".vh, td p, .process-steps p")) add(element, "text", 10);
    return entries;
  }
  // A word as a pattern. One or two digits mean a number of their own: "scope 1" must not find every 31.1.
  const wordPattern = (word) => (/^\d{1,2}$/.test(word) ? `(?<![\\d.,])${word}(?![\\d.,]*\\d)` : word.replace(/[.*+?^$()|[\]\\{}]/g, "\\$&"));
  function find(entries, query) {
    const whole = fold(query.trim());
    const words = whole.split(/\s+/).filter(Boolean).map((word) => new RegExp(wordPattern(word), "u"));
    if (!words.length) return [];
    const score = (entry) => {
      if (entry.code && entry.code === whole) return 200;
      if (entry.code && entry.code.startsWith(whole)) return 120;
      return entry.weight + (entry.folded.includes(whole) ? 20 : 0) + (entry.folded.startsWith(whole) ? 10 : 0);
    };
    return entries
      .filter((entry) => words.every((word) => word.test(entry.folded) || word.test(entry.code)))
      .map((entry, order) => ({ entry, order, score: score(entry) }))
      .sort((a, b) => b.score - a.score || a.order - b.order)
      .map((hit) => hit.entry);
  }
  // The text around the first hit, with the words marked.
  function excerpt(text, query) {
    const words = query.trim().split(/\s+/).map(wordPattern);
    const whole = new RegExp(words.join("\\s+"), "giu");
    const pattern = text.search(whole) >= 0 ? whole : new RegExp(words.join("|"), "giu");
    const first = Math.max(0, text.search(pattern));
    const from = first > 50 ? first - 30 : 0;
    const part = (from ? "…" : "") + text.slice(from, from + 140) + (text.length > from + 140 ? "…" : "");
    const span = make("span", "result-text");
    let last = 0;
    for (const hit of part.matchAll(pattern)) {
      span.append(part.slice(last, hit.index), make("mark", "", hit[0]));
      last = hit.index + hit[0].length;
    }
    span.append(part.slice(last));
    return span;
  }
  function search() {
    const edition = shown;
    const dialog = own("search");
    const input = own("search-input");
    const status = own("search-status");
    const list = own("search-results");
    const button = own("search-button");
    const most = 40;
    let entries = null;
    const open = () => {
      entries ??= indexed();
      if (!dialog.open) dialog.showModal();
      input.select();
    };
    const result = (entry, query) => {
      const link = make("a");
      link.href = `#${nearestId(entry.element)}`;
      link.append(make("span", "result-kind", list.dataset[entry.kind]), excerpt(entry.text, query), make("span", "result-place", sectionTitle(entry.element)));
      link.addEventListener("click", (event) => {
        event.preventDefault();
        dialog.close();
        reveal(entry.kind === "figure" ? all(":scope > div", entry.element.parentElement).at(-1) : entry.element);
      });
      const item = make("li");
      item.append(link);
      return item;
    };
    const run = () => {
      const hits = find(entries, input.value);
      list.replaceChildren(...hits.slice(0, most).map((entry) => result(entry, input.value)));
      const words = !input.value.trim() ? status.dataset.hint : !hits.length ? status.dataset.none : hits.length > most ? status.dataset.more : status.dataset.count;
      status.textContent = words.replace("{n}", hits.length);
      list.scrollTop = 0;
    };
    input.addEventListener("input", run);
    button.addEventListener("click", open);
    own("search-close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("keydown", (event) => {
      const links = all("a", list);
      const at = links.indexOf(document.activeElement);
      // A search field would take the first Escape to empty itself.
      if (event.key === "Escape") dialog.close();
      else if (event.key === "Enter" && event.target === input && links.length) links[0].click();
      else if (event.key === "ArrowDown" && links.length) links[Math.min(at + 1, links.length - 1)].focus();
      else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] || input).focus();
      else return;
      event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      // With a modifier: a single key would get in the way of those who speak to their computer.
      if (edition !== shown || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    if (/Mac|iPhone|iPad/.test(navigator.platform)) $("kbd", button).textContent = "⌘ K";
    button.hidden = false;
  }

  // Tables.

  // A true minus is for readers; a text that a spreadsheet would run as a formula is quoted.
  const csvCell = (cell) => {
    const text = plainText(cell).replace(/−(?=\d)/g, "-").replace(/^(?=[=@]|[+-](?!\d))/, "'");
    return `"${text.replaceAll('"', '""')}"`;
  };
  function csv(table) {
    const grid = [];
    // Spans are written out, so that every line has the same columns.
    all("tr", table).forEach((row, y) => {
      grid[y] ??= [];
      let x = 0;
      for (const cell of row.cells) {
        while (grid[y][x] !== undefined) x += 1;
        for (let dy = 0; dy < cell.rowSpan; dy += 1) {
          grid[y + dy] ??= [];
          for (let dx = 0; dx < cell.colSpan; dx += 1) {
            // A group's label stands once; a spanner over figures stands over each.
            grid[y + dy][x + dx] = dy || (dx && cell.closest("tbody")) ? '""' : csvCell(cell);
          }
        }
        x += cell.colSpan;
      }
    });
    // The byte order mark tells spreadsheets that this is UTF-8.
    return `\ufeff${grid.map((row) => row.join(",")).join("\r\n")}\r\n`;
  }
  function download(table) {
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([csv(table)], { type: "text/csv;charset=utf-8" }));
    link.download = `${table.dataset.csv.replace(/[\\/:*?"<>|\s]+/g, "-")}.${shown.lang}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  function sortable(table) {
    const original = all("tbody", table).map((body) => [body, [...body.rows]]);
    const rows = original.flatMap(([, group]) => group.filter((row) => !row.matches(".index-group, .table-group")));
    const heads = all("th[data-sort]", table);
    const words = new Intl.Collator(shown.lang, { numeric: true }).compare;
    // Figures by their size, whatever stands around the digits; what has none comes last.
    const figure = (text) => {
      const found = text.replace(/−/g, "-").match(/-?\d[\d,]*(?:\.\d+)?/);
      return found ? Number(found[0].replaceAll(",", "")) : NaN;
    };
    const compare = (a, b, numeric) => {
      if (!numeric) return words(a, b);
      const [x, y] = [figure(a), figure(b)];
      return Number.isNaN(x) || Number.isNaN(y) ? Number.isNaN(x) - Number.isNaN(y) : x - y;
    };
    const sort = (head, direction) => {
      for (const other of heads) other.removeAttribute("aria-sort");
      table.classList.toggle("sorted", direction !== "");
      for (const [body, group] of original) body.append(...group);
      if (!direction) return;
      head.setAttribute("aria-sort", direction);
      const sign = direction === "ascending" ? 1 : -1;
      const key = (row) => plainText(row.cells[head.cellIndex]);
      const numeric = rows.filter((row) => /^\D{0,8}\d[\d,.]*\D{0,12}$/.test(key(row))).length * 2 > rows.length;
      original[0][0].append(...rows.toSorted((a, b) => sign * compare(key(a), key(b), numeric)));
    };
    for (const head of heads) {
      // The mark of a note stays a link beside the button.
      const marks = all(".note-mark", head);
      const button = make("button", "sort", plainText(head));
      button.type = "button";
      const next = { ascending: "descending", descending: "" };
      button.addEventListener("click", () => sort(head, next[head.getAttribute("aria-sort")] ?? "ascending"));
      head.replaceChildren(button, ...marks);
    }
  }
  function tables() {
    const observer = new ResizeObserver((changes) => {
      for (const { target } of changes) {
        if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
        else target.removeAttribute("tabindex");
      }
    });
    for (const frame of mine(".scroll")) {
      observer.observe(frame);
      const table = $("table", frame);
      if (!table) continue;
      const button = fromTemplate("csv");
      button.setAttribute("aria-label", button.dataset.label.replace("{name}", frame.getAttribute("aria-label")));
      button.addEventListener("click", () => download(table));
      const tools = make("div", "table-tools");
      tools.append(button);
      frame.after(tools);
    }
    for (const table of mine("table[data-sortable]")) sortable(table);
    // What a sign means, for those who point at it.
    for (const sign of mine(".sign[aria-hidden] + .vh")) sign.previousElementSibling.title = sign.textContent;
  }

  // The clauses that a section answers, read backwards from the index tables.
  function answers() {
    const found = new Map();
    for (const row of mine(".index-table tbody tr[id]")) {
      for (const link of all("td li a", row)) {
        const target = targetOf(link);
        const section = target && target.closest(".section");
        if (!section || section.contains(row)) continue;
        if (!found.has(section)) found.set(section, new Set());
        found.get(section).add(row);
      }
    }
    for (const [section, rows] of found) {
      const list = fromTemplate("answers");
      list.open = rows.size <= 12;
      $("summary", list).append(` (${rows.size})`);
      for (const row of rows) {
        const link = make("a", "", $(".index-code", row).textContent);
        link.href = `#${row.id}`;
        link.title = `${plainText($("caption", row.closest("table")))} – ${plainText(row.cells[1])}`;
        list.append(link, " ");
      }
      $(".section-title", section).after(list);
    }
  }

  // An address may lead into another language than the one that is shown.
  function arrive() {
    const target = location.hash && targetOf(location);
    if (!target) return;
    const edition = target.closest(".edition");
    if (edition && edition !== shown) show(edition);
    // Again, for the lists of clauses have moved what follows them.
    target.scrollIntoView();
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const edition of all(".edition")) editions.set(edition.dataset.edition, edition);
    show(editions.get(root.dataset.edition));
    arrive();
    media.addEventListener("change", showTheme);
    addEventListener("hashchange", arrive);
  });
})();
