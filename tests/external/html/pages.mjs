// Checks the pages of an unpacked bundle in a browser: node pages.mjs BAG
// The index and some audit sheets are opened from disk. Exits with 1 on any axe violation, console message, network
// request, script, link that leads nowhere, or page that is wider than a phone.
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const bag = process.argv[2];
if (!bag) {
  console.error("usage: node pages.mjs BAG");
  process.exit(2);
}
const data = path.resolve(bag, "data");
const below = (folder) =>
  readdirSync(path.join(data, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
const metrics = below("sheets/metrics");
const disclosures = below("sheets/disclosures");
// The largest sheets have every part that there is.
const largest = (files, count) => [...files].sort((a, b) => readFileSync(b).length - readFileSync(a).length).slice(0, count);
const looked = [path.join(data, "index.html"), ...largest(metrics, 4), ...largest(disclosures, 2)];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
let faults = 0;
const fault = (where, text) => { faults += 1; console.log(`FAIL ${where}: ${text}`); };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
for (const file of looked) {
  for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    const where = `${path.relative(data, file)} ${viewport.width}`;
    const page = await (await browser.newContext({ viewport })).newPage();
    page.on("console", (message) => fault(where, `console ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => fault(where, `error: ${error.message}`));
    const url = pathToFileURL(file).href;
    page.on("request", (request) => { if (request.url().split("#")[0] !== url) fault(where, `request to ${request.url()}`); });
    await page.goto(url);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(
      (values) => axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }), tags);
    for (const rule of violations) {
      fault(where, `axe ${rule.id} ×${rule.nodes.length}: ${rule.help}\n     ${rule.nodes.slice(0, 3).map((n) => n.target).join("\n     ")}`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) fault(where, `the page is ${wide} pixels wider than the window`);
    if (await page.evaluate(() => document.scripts.length)) fault(where, "the page has a script");
    await page.context().close();
  }
}
// Every link of every page leads to a file of the bundle, or to a place in the page.
const page = await browser.newPage();
let links = 0;
for (const file of [path.join(data, "index.html"), ...metrics, ...disclosures]) {
  await page.goto(pathToFileURL(file).href);
  const found = await page.evaluate(() =>
    [...document.links].map((a) => [a.href, a.hash && a.pathname === location.pathname ? !!document.getElementById(decodeURIComponent(a.hash.slice(1))) : true]));
  for (const [href, there] of found) {
    links += 1;
    const target = href.split("#")[0];
    if (!target.startsWith("file:")) fault(path.relative(data, file), `link to ${href}`);
    else if (!there || !existsSync(fileURLToPath(target))) fault(path.relative(data, file), `${href} leads nowhere`);
    else if (!fileURLToPath(target).startsWith(data)) fault(path.relative(data, file), `${href} leads out of the bundle`);
  }
}
await browser.close();
console.log(faults ? `${faults} faults` : `${looked.length} pages and ${links} links have no faults`);
process.exit(faults ? 1 : 0);
