// What the page does, in the language that the address has opened. A state is entered and then looked at by axe; it
// returns false where the page has nothing of the kind. A check returns what is wrong, as a list of sentences.

// The page of two languages side by side has no editions and no script.
const shown = (page, selector) => page.locator(".edition:visible, body.both").locator(selector);
const there = async (page, selector) => (await shown(page, selector).count()) > 0;
const visible = async (page, selector) => (await there(page, selector)) && shown(page, selector).first().isVisible();
const scripted = (page) => page.evaluate(() => document.scripts.length > 0);
const focused = (page, selector) => page.evaluate((one) => document.activeElement.matches(one), selector);
const focus = (locator) => locator.evaluate((element) => { element.scrollIntoView({ block: "center" }); element.focus({ preventScroll: true }); });
// Figures with a lineage are known by where they lead.
const figures = "a[href^='#'][href*=fact_]";
const searchButton = "[id$=search-button]";

const states = {
  "everything unfolded": async (page) => {
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
    return true;
  },
  "lineage open": async (page) => {
    const figure = shown(page, `main .section ${figures}:visible`).first();
    if (!(await there(page, ".panel")) || !(await figure.count())) return false;
    await figure.click();
    return visible(page, ".panel");
  },
  "search open": async (page) => {
    if (!(await there(page, searchButton))) return false;
    await page.keyboard.press("Escape");
    await shown(page, searchButton).click();
    await page.keyboard.type("2");
    return visible(page, ".search");
  },
  "outline open": async (page) => {
    await page.keyboard.press("Escape");
    if (!(await visible(page, ".outline-button"))) return false;
    await shown(page, ".outline-button").click();
    return visible(page, ".outline");
  },
};

const inPage = {
  links: () => {
    const ids = new Map();
    for (const element of document.querySelectorAll("[id]")) ids.set(element.id, (ids.get(element.id) ?? 0) + 1);
    const twice = [...ids].filter(([, n]) => n > 1).map(([id]) => `id twice: ${id}`);
    const links = [...document.querySelectorAll("a[href^='#']")];
    const target = (a) => decodeURIComponent(a.hash.slice(1));
    const dead = links.map(target).filter((id) => !ids.has(id)).map((id) => `no target: #${id}`);
    // Only the ways from language to language leave a language.
    const across = links.filter((a) => !a.closest(".languages, .also") && document.getElementById(target(a))?.closest(".edition") !== a.closest(".edition"));
    return [...twice, ...new Set(dead), ...across.map((a) => `leads into another language: #${target(a)}`)];
  },
  headings: () => {
    const wrong = [];
    for (const edition of document.querySelectorAll(".edition, body.both")) {
      let last = 0;
      for (const heading of edition.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")) {
        const level = Number(heading.tagName[1]);
        if (level > last + 1) wrong.push(`h${last} is followed by h${level}: ${heading.textContent.trim()}`);
        last = level;
      }
      if (edition.querySelectorAll("h1").length !== 1) wrong.push("not exactly one h1");
    }
    return wrong;
  },
  // What is not shown is there for no one; what is shown says its language.
  hidden: () => {
    const all = [...document.querySelectorAll(".edition")];
    const open = all.filter((edition) => getComputedStyle(edition).display !== "none");
    const wrong = open.length === Math.min(1, all.length) ? [] : [`${open.length} languages are shown`];
    for (const edition of open) {
      if (getComputedStyle(edition.querySelector("main")).display === "none") wrong.push("its main part is hidden");
      if (document.documentElement.lang !== edition.lang) wrong.push(`the page says ${document.documentElement.lang} and shows ${edition.lang}`);
    }
    return wrong;
  },
  // A paragraph inside a section and its counterpart in the language that is shown.
  pieces: (side) => {
    const sections = [...document.querySelectorAll(".edition")].find((edition) => getComputedStyle(edition).display !== "none").querySelectorAll(".section[id]");
    for (const section of [...sections].slice(3)) {
      const list = [...section.children].filter((child) => !child.matches(".answers, .also"));
      const at = list.findIndex((child, i) => i > 2 && child.matches("p") && list[i - 1].matches("p"));
      if (at >= 0) return { id: section.id.slice(side.length), at };
    }
    return null;
  },
  top: ({ id, at }) => {
    const list = [...document.getElementById(id).children].filter((child) => !child.matches(".answers, .also"));
    return list[at].getBoundingClientRect().top;
  },
};

const checks = {
  "links and ids": (page) => page.evaluate(inPage.links),
  "order of headings": (page) => page.evaluate(inPage.headings),
  "one language at a time": async (page) => {
    const wrong = await page.evaluate(inPage.hidden);
    await page.emulateMedia({ media: "print" });
    return [...wrong, ...(await page.evaluate(inPage.hidden)).map((text) => `in print: ${text}`)];
  },
  "no side scrolling on a phone": async (page) => {
    await page.setViewportSize({ width: 320, height: 640 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    return width > 320 ? [`the page is ${width} wide`] : [];
  },
  "figures open beside the text": async (page) => {
    const figure = shown(page, `main .section > p ${figures}`).first();
    if (!(await there(page, ".panel")) || !(await figure.count())) return [];
    await figure.click();
    const wrong = [];
    if (!(await visible(page, ".panel dl"))) wrong.push("no panel");
    if (await there(page, `.panel dd > a:not(${figures})`)) wrong.push("evidence is named by its number");
    const [a, b] = [await figure.boundingBox(), await shown(page, ".panel").boundingBox()];
    if (b && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height) wrong.push("the panel covers its figure");
    await page.keyboard.press("Escape");
    if (await visible(page, ".panel")) wrong.push("Escape does not close the panel");
    if (!(await figure.evaluate((link) => link === document.activeElement))) wrong.push("the focus does not come back to the figure");
    await figure.click();
    await shown(page, ".panel-entry a").click();
    if (await visible(page, ".panel")) wrong.push("the panel stays when the list is opened");
    if (!(await page.evaluate(() => document.querySelector(":target")?.closest(".lineage")))) wrong.push("the list is not reached");
    return wrong;
  },
  "figures lead to their lineage without script": async (page) => {
    const figure = shown(page, `main .section ${figures}`).first();
    if (!(await figure.count())) return [];
    const target = (await figure.getAttribute("href")).slice(1);
    await figure.click();
    const entry = page.locator(`[id="${target}"]`);
    return (await entry.boundingBox()) && (await entry.evaluate((element) => element.matches(":target"))) ? [] : [`#${target} is not reached`];
  },
  "search finds a code": async (page) => {
    const code = shown(page, ".index-table .index-code[scope=row]").first();
    if (!(await there(page, ".search")) || !(await code.count())) return [];
    const text = (await code.textContent()).trim();
    await page.keyboard.press("Control+k");
    await page.keyboard.type(text);
    const first = shown(page, ".search-results a").first();
    const wrong = (await first.textContent()).includes(text) ? [] : [`${text} is not the first result`];
    await page.keyboard.press("Enter");
    if (!(await visible(page, "tr.found"))) wrong.push("the row is not shown");
    return wrong;
  },
  "tables download as CSV": async (page) => {
    const button = shown(page, ".csv:visible").first();
    if (!(await scripted(page))) return [];
    if (!(await button.count())) return (await there(page, ".scroll table")) ? ["no button"] : [];
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const { readFileSync } = await import("node:fs");
    const lines = readFileSync(await download.path(), "utf8").replace(/^\ufeff/, "").trim().split("\r\n");
    const widths = new Set(lines.map((line) => line.match(/"(?:[^"]|"")*"/g).length));
    return lines.length > 1 && widths.size === 1 ? [] : [`lines of different width: ${[...widths]}`];
  },
  "index sorts and comes back": async (page) => {
    const button = shown(page, ".index-table .sort").last();
    if (!(await button.count())) return [];
    const order = () => shown(page, ".index-table").first().locator("tbody tr").evaluateAll((rows) => rows.map((row) => row.id).join());
    const before = await order();
    const wrong = [];
    await button.click();
    if (!(await there(page, "th[aria-sort=ascending]"))) wrong.push("no aria-sort");
    await button.click();
    await button.click();
    if ((await order()) !== before) wrong.push("the order is not restored");
    return wrong;
  },
  "language switch keeps the paragraph": async (page) => {
    const link = shown(page, ".languages a").first();
    if (!(await link.count())) return [];
    const side = () => shown(page, ".bar").evaluate((bar) => bar.closest(".edition").dataset.side);
    const [from, to] = [await side(), await link.getAttribute("hreflang")];
    const place = await page.evaluate(inPage.pieces, from);
    if (!place) return [];
    const top = async () => page.evaluate(inPage.top, { id: (await side()) + place.id, at: place.at });
    const edge = await shown(page, ".bar").evaluate((bar) => bar.getBoundingClientRect().height + 40);
    await page.evaluate((by) => scrollBy(0, by), (await top()) - edge);
    const before = await top();
    const wrong = [];
    // Bringing the bar into view would move the page: it is always there.
    await link.evaluate((element) => element.focus({ preventScroll: true }));
    await page.keyboard.press("Enter");
    if ((await shown(page, ".bar").evaluate((bar) => bar.closest(".edition").dataset.edition)) !== to) wrong.push(`${to} is not shown`);
    wrong.push(...(await page.evaluate(inPage.hidden)));
    if (Math.abs((await top()) - before) > 24) wrong.push(`the paragraph went from ${before} to ${await top()}`);
    if (!(await focused(page, ".languages a"))) wrong.push("the focus does not stay in the switch");
    await page.keyboard.press("Enter");
    const title = await page.title();
    await page.reload();
    if ((await page.title()) !== title) wrong.push("the language is another one after a reload");
    return wrong;
  },
  "language switch without script": async (page) => {
    const link = shown(page, ".languages a").first();
    if (!(await link.count())) return [];
    const to = await link.getAttribute("hreflang");
    const now = () => page.locator(".edition:visible").evaluateAll((all) => all.map((edition) => edition.dataset.edition).join());
    const wrong = [];
    await link.click();
    if ((await now()) !== to) wrong.push(`${to} is not shown, but ${await now()}`);
    const also = shown(page, ".also a").nth(2);
    const back = await also.getAttribute("hreflang");
    const id = (await also.getAttribute("href")).slice(1);
    await also.click();
    if ((await now()) !== back) wrong.push(`${back} is not shown, but ${await now()}`);
    const box = await page.locator(`[id="${id}"]`).boundingBox();
    if (!box || box.y < 0 || box.y > 400) wrong.push(`#${id} is not in view`);
    return wrong;
  },
  "theme turns": async (page) => {
    if (!(await there(page, "[id$=theme-button]"))) return [];
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await paper();
    await focus(shown(page, "[id$=theme-button]"));
    await page.keyboard.press("Space");
    return (await paper()) === before ? ["the page keeps its colour"] : [];
  },
  "keys: order, skip link, no trap": async (page) => {
    const wrong = [];
    // The address has opened the page at its cover; the keys begin before it.
    const first = shown(page, "a[href], button, input, summary, [tabindex]").first();
    if (!(await first.evaluate((element) => element.matches(".skip")))) wrong.push("the skip link is not first");
    await page.evaluate(() => scrollTo(0, 0));
    await shown(page, ".skip").evaluate((element) => element.focus());
    const box = await shown(page, ".skip").boundingBox();
    if (!box || box.y < 0) wrong.push("the skip link is not seen when it has the focus");
    const met = [];
    const stops = [".skip", ".brand", "[id$=search-button]", ".languages a", "[id$=theme-button]", ".outline a", ".body *"];
    for (let i = 0; i < 120 && met.at(-1) !== ".body *"; i += 1) {
      const at = await page.evaluate((all) => {
        const same = document.activeElement === globalThis.lastStop;
        globalThis.lastStop = document.activeElement;
        return same ? "trap" : all.find((one) => document.activeElement.matches(one)) ?? "";
      }, stops);
      if (at === "trap") wrong.push(`the focus stays after ${i} keys`);
      if (at && at !== met.at(-1)) met.push(at);
      await page.keyboard.press("Tab");
    }
    if (await there(page, ".bar")) {
      const expected = [];
      for (const one of stops) if (await visible(page, one === ".body *" ? ".body" : one)) expected.push(one);
      if (met.join() !== expected.join()) wrong.push(`the keys reach ${met.join(" ")} and not ${expected.join(" ")}`);
    }
    await focus(shown(page, ".skip"));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    if (!(await page.evaluate(() => document.activeElement.closest(".body, .both main")))) wrong.push("the skip link does not lead to the text");
    await focus(shown(page, "a[href]:visible, summary:visible").last());
    const last = await page.evaluate(() => { globalThis.lastStop = document.activeElement; return document.activeElement !== document.body; });
    await page.keyboard.press("Shift+Tab");
    if (!last || (await page.evaluate(() => document.activeElement === globalThis.lastStop))) wrong.push("no way back from the last link");
    return wrong;
  },
  "keys: lineage": async (page) => {
    const figure = shown(page, `main .section ${figures}:visible`).first();
    if (!(await there(page, ".panel")) || !(await there(page, ".lineage"))) return [];
    const wrong = [];
    await focus(figure);
    await page.keyboard.press("Enter");
    if (!(await visible(page, ".panel"))) return ["Enter does not open the panel"];
    if (!(await page.evaluate(() => document.activeElement.closest(".panel")))) wrong.push("the focus does not go into the panel");
    await page.keyboard.press("Tab");
    if (!(await page.evaluate(() => document.activeElement.closest(".panel")))) wrong.push("the keys do not reach what is in the panel");
    await page.keyboard.press("Escape");
    if (await visible(page, ".panel")) wrong.push("Escape does not close the panel");
    if (!(await figure.evaluate((link) => link === document.activeElement))) wrong.push("the focus does not come back to the figure");
    return wrong;
  },
  "keys: search": async (page) => {
    if (!(await there(page, ".search"))) return [];
    const wrong = [];
    await focus(shown(page, searchButton));
    await page.keyboard.press("Enter");
    if (!(await focused(page, "[id$=search-input]"))) wrong.push("Enter does not open the search");
    await page.keyboard.type("2");
    await page.keyboard.press("ArrowDown");
    if (!(await focused(page, ".search-results a"))) wrong.push("the arrow does not reach a result");
    await page.keyboard.press("Escape");
    if (await visible(page, ".search")) wrong.push("Escape does not close the search");
    if (!(await focused(page, searchButton))) wrong.push("the focus does not come back to the button");
    return wrong;
  },
  "keys: sorting": async (page) => {
    const button = shown(page, "th .sort").first();
    if (!(await button.count())) return [];
    const sorted = () => button.evaluate((one) => one.closest("th").getAttribute("aria-sort"));
    await focus(button);
    await page.keyboard.press("Enter");
    const first = await sorted();
    await page.keyboard.press("Space");
    const second = await sorted();
    return first === "ascending" && second === "descending" ? [] : [`Enter gives ${first} and Space ${second}`];
  },
  "keys: contents on a phone": async (page) => {
    if (!(await there(page, ".outline-button"))) return [];
    await page.setViewportSize({ width: 390, height: 844 });
    const wrong = [];
    await focus(shown(page, ".outline-button"));
    await page.keyboard.press("Enter");
    if (!(await visible(page, ".outline"))) return ["Enter does not open the contents"];
    await page.keyboard.press("Tab");
    if (!(await focused(page, ".outline a"))) wrong.push("the keys do not reach the contents");
    await page.keyboard.press("Escape");
    if (await visible(page, ".outline")) wrong.push("Escape does not close the contents");
    if (!(await focused(page, ".outline-button"))) wrong.push("the focus does not come back to the button");
    return wrong;
  },
};

export const behaviours = { states, checks };
