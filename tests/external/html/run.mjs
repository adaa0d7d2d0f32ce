// Checks finished HTML reports: node run.mjs REPORT.html… [--no-nu]
// Exits with 1 on any axe violation, console message, network request, broken link inside the page, failed
// behaviour or Nu error. CHROMIUM names the browser (default /usr/bin/chromium); Nu needs `java`.
import { chromium } from "playwright-core";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { behaviours } from "./behaviours.mjs";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const files = process.argv.slice(2).filter((word) => !word.startsWith("--"));
if (!files.length) {
  console.error("usage: node run.mjs REPORT.html… [--no-nu]");
  process.exit(2);
}
const sizes = { desktop: { width: 1440, height: 900 }, tablet: { width: 900, height: 1100 }, phone: { width: 390, height: 844 } };
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
let faults = 0;
const fault = (where, text) => { faults += 1; console.log(`FAIL ${where}: ${text}`); };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});

// A page that tells everything it says and everything it asks for, opened in one of its languages.
async function open(file, where, options, side) {
  const context = await browser.newContext(options);
  // A long report on a busy build server needs more than the half minute that is given by default.
  context.setDefaultTimeout(180_000);
  const page = await context.newPage();
  const url = `file://${path.resolve(file)}`;
  page.on("console", (message) => fault(where, `console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => fault(where, `error: ${error.message}`));
  page.on("request", (request) => {
    const to = request.url();
    if (to.split("#")[0] !== url && !/^(data|blob):/.test(to)) fault(where, `request to ${to}`);
  });
  await page.goto(side === null ? url : `${url}#_${side}top`);
  return { page, context };
}

async function accessible(page, where) {
  // Evaluated, not added as a script tag: the page's own policy would refuse the tag, and must.
  await page.evaluate(axeSource);
  const result = await page.evaluate(async (values) => {
    // The other languages are looked at in their turn; that they are hidden has a check of its own.
    document.querySelectorAll(".edition[hidden]").forEach((edition) => edition.remove());
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    // What an open panel covers is measured in the states in which it is closed.
    const panel = document.querySelector(":popover-open");
    const covered = (rule, node) =>
      panel && rule.id === "target-size" && !panel.contains(document.querySelector(node.target[0]));
    for (const rule of violations) rule.nodes = rule.nodes.filter((node) => !covered(rule, node));
    return { violations: violations.filter((rule) => rule.nodes.length > 0) };
  }, tags);
  for (const rule of result.violations) {
    fault(where, `axe ${rule.id} ×${rule.nodes.length}: ${rule.help}\n     ${rule.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary.split("\n")[1] ?? ""}`).join("\n     ")}`);
  }
  return result.violations.length;
}

// What the anchors of each language begin with; null where there is nothing to choose.
const sidesOf = (file) => {
  const sides = [...readFileSync(file, "utf8").matchAll(/ data-edition="([^"]*)" data-side="([^"]*)"/g)].map(([, tag, side]) => ({ tag, side }));
  return sides.length ? sides : [{ tag: "", side: null }];
};

for (const file of files) {
  for (const { tag, side } of sidesOf(file)) {
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const colorScheme of ["light", "dark"]) {
        const where = `${path.basename(file)} ${tag} ${size} ${colorScheme}`;
        const { page, context } = await open(file, where, { viewport, colorScheme, reducedMotion: "reduce" }, side);
        const before = faults;
        await accessible(page, where);
        for (const [state, enter] of Object.entries(behaviours.states)) {
          if (await enter(page)) await accessible(page, `${where}, ${state}`);
        }
        console.log(`${faults === before ? "ok  " : "    "} ${where}`);
        await context.close();
      }
    }
    for (const [name, check] of Object.entries(behaviours.checks)) {
      const where = `${path.basename(file)} ${tag}, ${name}`;
      const { page, context } = await open(file, where, { viewport: sizes.desktop, acceptDownloads: true, javaScriptEnabled: !name.includes("without script") }, side);
      const wrong = await check(page).catch((error) => [error.message]);
      for (const text of wrong) fault(where, text);
      if (!wrong.length) console.log(`ok   ${where}`);
      await context.close();
    }
  }
}
await browser.close();

const jar = path.join(path.dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
if (!process.argv.includes("--no-nu") && existsSync(jar)) {
  try {
    execFileSync("java", ["-Xss4m", "-jar", jar, "--errors-only", ...files.map((file) => path.resolve(file))], { stdio: ["ignore", "pipe", "pipe"] });
    console.log("ok   Nu checker");
  } catch (error) {
    fault("Nu checker", String(error.stderr ?? error.message).split("\n").slice(0, 20).join("\n     "));
  }
}
console.log(faults ? `${faults} faults` : "no faults");
process.exit(faults ? 1 : 0);
