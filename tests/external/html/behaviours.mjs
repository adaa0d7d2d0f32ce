// What the page does. A state is entered and then looked at by axe; it returns false where the page has nothing of
// the kind. A check returns what is wrong, as a list of sentences.

const visible = async (page, selector) => (await page.locator(selector).count()) > 0 && page.locator(selector).first().isVisible();

const states = {
  "everything unfolded": async (page) => {
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
    return true;
  },
  "lineage open": async (page) => {
    const figure = page.locator("main .section a.figure:visible").first();
    if (!(await figure.count())) return false;
    await figure.click();
    return visible(page, "#_panel");
  },
  "search open": async (page) => {
    await page.keyboard.press("Escape");
    await page.locator("#_search-button").click();
    await page.keyboard.type("2");
    return visible(page, "#_search");
  },
  "outline open": async (page) => {
    await page.keyboard.press("Escape");
    if (!(await visible(page, ".outline-button"))) return false;
    await page.locator(".outline-button").click();
    return visible(page, "#_outline");
  },
};

const inPage = {
  links: () => {
    const ids = new Map();
    for (const element of document.querySelectorAll("[id]")) ids.set(element.id, (ids.get(element.id) ?? 0) + 1);
    const twice = [...ids].filter(([, n]) => n > 1).map(([id]) => `id twice: ${id}`);
    const dead = [...document.querySelectorAll("a[href^='#']")].map((a) => decodeURIComponent(a.hash.slice(1))).filter((id) => !ids.has(id)).map((id) => `no target: #${id}`);
    return [...twice, ...new Set(dead)];
  },
  headings: () => {
    const wrong = [];
    let last = 0;
    for (const heading of document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")) {
      const level = Number(heading.tagName[1]);
      if (level > last + 1) wrong.push(`h${last} is followed by h${level}: ${heading.textContent.trim()}`);
      last = level;
    }
    if (document.querySelectorAll("h1").length !== 1) wrong.push("not exactly one h1");
    return wrong;
  },
};

const checks = {
  "links and ids": (page) => page.evaluate(inPage.links),
  "order of headings": (page) => page.evaluate(inPage.headings),
  "no side scrolling on a phone": async (page) => {
    await page.setViewportSize({ width: 320, height: 640 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    return width > 320 ? [`the page is ${width} wide`] : [];
  },
  "figures open beside the text": async (page) => {
    const figure = page.locator("main .section > p a.figure").first();
    if (!(await figure.count())) return [];
    await figure.click();
    const wrong = [];
    if (!(await visible(page, "#_panel dl"))) wrong.push("no panel");
    const [a, b] = [await figure.boundingBox(), await page.locator("#_panel").boundingBox()];
    if (b && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height) wrong.push("the panel covers its figure");
    await page.keyboard.press("Escape");
    if (await visible(page, "#_panel")) wrong.push("Escape does not close the panel");
    if (!(await figure.evaluate((link) => link === document.activeElement))) wrong.push("the focus does not come back to the figure");
    return wrong;
  },
  "figures lead to their lineage without script": async (page) => {
    const figure = page.locator("main .section a.figure").first();
    if (!(await figure.count())) return [];
    const target = (await figure.getAttribute("href")).slice(1);
    await figure.click();
    const entry = page.locator(`[id="${target}"]`);
    return (await entry.boundingBox()) && (await entry.evaluate((element) => element.matches(":target"))) ? [] : [`#${target} is not reached`];
  },
  "search finds a code": async (page) => {
    const code = page.locator(".index-table .index-code[scope=row]").first();
    if (!(await code.count())) return [];
    const text = (await code.textContent()).trim();
    await page.keyboard.press("Control+k");
    await page.keyboard.type(text);
    const first = page.locator("#_search-results a").first();
    const wrong = (await first.textContent()).includes(text) ? [] : [`${text} is not the first result`];
    await page.keyboard.press("Enter");
    if (!(await visible(page, "tr.found"))) wrong.push("the row is not shown");
    return wrong;
  },
  "tables download as CSV": async (page) => {
    const button = page.locator(".csv:visible").first();
    if (!(await button.count())) return (await page.locator(".scroll table").count()) ? ["no button"] : [];
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const { readFileSync } = await import("node:fs");
    const lines = readFileSync(await download.path(), "utf8").replace(/^\ufeff/, "").trim().split("\r\n");
    const widths = new Set(lines.map((line) => line.match(/"(?:[^"]|"")*"/g).length));
    return lines.length > 1 && widths.size === 1 ? [] : [`lines of different width: ${[...widths]}`];
  },
  "index sorts and comes back": async (page) => {
    const button = page.locator(".index-table .sort").last();
    if (!(await button.count())) return [];
    const order = () => page.locator(".index-table").first().locator("tbody tr").evaluateAll((rows) => rows.map((row) => row.id).join());
    const before = await order();
    const wrong = [];
    await button.click();
    if (!(await page.locator("th[aria-sort=ascending]").count())) wrong.push("no aria-sort");
    await button.click();
    await button.click();
    if ((await order()) !== before) wrong.push("the order is not restored");
    return wrong;
  },
  "language switch keeps the place": async (page) => {
    const link = page.locator(".languages a").first();
    const section = page.locator(".section").nth(1);
    if (!(await link.count()) || !(await section.count())) return [];
    await section.evaluate((element) => element.scrollIntoView());
    await page.evaluate(() => document.addEventListener("click", (event) => event.preventDefault()));
    await link.click();
    return (await link.getAttribute("href")).includes("#") ? [] : ["no anchor in the address"];
  },
  "theme turns": async (page) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await paper();
    await page.locator("#_theme-button").click();
    return (await paper()) === before ? ["the page keeps its colour"] : [];
  },
};

export const behaviours = { states, checks };
