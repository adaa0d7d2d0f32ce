// Drives yaml-language-server with the exported schemas, as an editor does: it has nothing to say of the files of a
// project, something of damaged ones, and it explains and completes keys in the language that was exported.
//
// usage: node editor.mjs SCHEMAS PROJECT
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [schemas, project] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(import.meta.url);
const server = join(require.resolve("yaml-language-server/package.json"), "..", "bin", "yaml-language-server");
const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });

const kinds = {
  report: "report.yaml", dimensions: "dimensions.yaml", reasons: "reasons.yaml", units: "units.yaml", tables: "tables.yaml",
  targets: "targets.yaml", topics: "topics.yaml", stakeholders: "stakeholders.yaml", theme: "theme.yaml", glossary: "glossary.yaml", metrics: "metrics/*.yaml",
  disclosures: "disclosures/*.yaml", register: "evidence/register.yaml",
};
const yaml = {
  validate: true, hover: true, completion: true, schemaStore: { enable: false },
  schemas: Object.fromEntries(Object.entries(kinds).map(([kind, glob]) => [pathToFileURL(join(schemas, `${kind}.json`)).href, glob])),
};

let waiting = new Map();
let published = new Map();
let next = 0;
let version = 0;
let buffer = Buffer.alloc(0);
const send = (message) => {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};
const ask = (method, params) => new Promise((done) => {
  next += 1;
  waiting.set(next, done);
  send({ id: next, method, params });
});
const tell = (method, params) => send({ method, params });
const receive = (message) => {
  if (message.method && message.id !== undefined) {
    const sections = message.params?.items?.map((item) => (item.section === "yaml" ? yaml : null));
    send({ id: message.id, result: message.method === "workspace/configuration" ? sections : null });
  } else if (message.method === "textDocument/publishDiagnostics") {
    published.get(message.params.uri)?.(message.params.diagnostics);
  } else if (message.id !== undefined) {
    waiting.get(message.id)?.(message.result);
    waiting.delete(message.id);
  }
};
child.stdout.on("data", (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const head = buffer.indexOf("\r\n\r\n");
    const length = head < 0 ? null : Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())?.[1]);
    if (length === null || buffer.length < head + 4 + length) return;
    const body = buffer.subarray(head + 4, head + 4 + length).toString();
    buffer = buffer.subarray(head + 4 + length);
    receive(JSON.parse(body));
  }
});

const fail = (why) => {
  console.error(why);
  child.kill();
  process.exit(1);
};
setTimeout(() => fail("yaml-language-server did not answer in time"), 600_000).unref();

const pause = (time) => new Promise((done) => setTimeout(done, time));

/**
 * The findings of a text under a path of the project: the last ones before the server falls silent. Closing a file empties its
 * findings, which on a busy machine is told after the file was opened again; where some are `wanted`, an empty list is
 * therefore not believed at once.
 */
const findings = async (path, text, wanted = false) => {
  const uri = pathToFileURL(join(project, path)).href;
  let last = null;
  let told = 0;
  // The server remembers what it read of a version, so that no version may come twice.
  version += 1;
  published.set(uri, (found) => {
    last = found;
    told = Date.now();
  });
  tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version, text } });
  const opened = Date.now();
  const silent = () => last !== null && Date.now() - told >= 200;
  const believed = () => !wanted || last.length > 0 || Date.now() - opened > 20_000;
  while (!silent() || !believed()) await pause(20);
  published.delete(uri);
  tell("textDocument/didClose", { textDocument: { uri } });
  await pause(50);
  return last;
};

const walk = (folder) => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? walk(path) : [relative(project, path)];
});
const known = (path) => Object.values(kinds).some((glob) => new RegExp(`^${glob.replaceAll("*", "[^/]*")}$`).test(path));

const root = pathToFileURL(project).href;
await ask("initialize", {
  processId: process.pid, rootUri: root, workspaceFolders: [{ uri: root, name: "project" }],
  capabilities: { workspace: { configuration: true }, textDocument: { hover: { contentFormat: ["markdown"] } } },
});
tell("initialized", {});
tell("workspace/didChangeConfiguration", { settings: { yaml } });

const files = walk(project).filter(known);
if (files.length < 20) fail(`${files.length} files alone are known`);
// The settings are asked for after the first file is opened, so the first answers may know no schema yet.
for (let tries = 0; !(await findings("dimensions.yaml", "no-such-key: 1\n")).length; tries += 1) {
  if (tries > 100) fail("the schemas are not taken up");
  await pause(100);
}
let refused = 0;
for (const path of files) {
  const text = readFileSync(join(project, path), "utf8");
  const found = await findings(path, text);
  if (found.length) fail(`${path}: ${JSON.stringify(found[0])}`);
  const damaged = await findings(path, `${text}\nno-such-key: 1\n`, true);
  if (!damaged.length) fail(`${path}: a key that is not known was accepted`);
  refused += 1;
}

// What an editor shows of a key.
const uri = `${root}/metrics/new.yaml`;
const text = "metrics:\n  water.used:\n    unit: m3\n    \n";
tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
const hover = await ask("textDocument/hover", { textDocument: { uri }, position: { line: 2, character: 6 } });
const said = JSON.stringify(hover ?? "");
const language = process.argv[4] ?? "en";
if (!(language === "zh" ? /[\u4e00-\u9fff]/ : /Unit|unit/).test(said)) fail(`a key is not explained: ${said}`);
const offered = await ask("textDocument/completion", { textDocument: { uri }, position: { line: 3, character: 4 } });
const names = (offered?.items ?? []).map((item) => item.label);
if (!names.includes("values") || !names.includes("evidence")) fail(`keys are not completed: ${names}`);
console.log(`yaml-language-server: ${files.length} files without findings, ${refused} damaged ones with some`);
child.kill();
process.exit(0);
