// The runner of the browser: `node browser.mjs VECTORS INPUTS RESULTS`, with Chromium in SAM_CHROMIUM.
//
// A server of a few lines serves the package, the page and the two files to a headless Chromium under a strict content policy: no
// `eval`, and no host but this one. The time zone and the locale are those of this process. See vectors.mjs.

import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { NAMES } from "../../bindings-wasm/js/files.mjs";
import { summary } from "./vectors.mjs";

const [vectors, inputs, results] = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const FILES = {
  "/": here("browser.html"),
  "/browser-page.mjs": here("browser-page.mjs"),
  "/calls.mjs": here("calls.mjs"),
  "/vectors.mjs": here("vectors.mjs"),
  "/js/index.mjs": here("../../bindings-wasm/js/index.mjs"),
  "/js/core.mjs": here("../../bindings-wasm/js/core.mjs"),
  "/js/convert.mjs": here("../../bindings-wasm/js/convert.mjs"),
  "/js/engine.mjs": here("../../bindings-wasm/js/engine.mjs"),
  "/js/errors.mjs": here("../../bindings-wasm/js/errors.mjs"),
  "/js/files.mjs": here("../../bindings-wasm/js/files.mjs"),
  "/js/fetched.mjs": here("../../bindings-wasm/js/fetched.mjs"),
  "/js/yaml.mjs": here("../../bindings-wasm/js/yaml.mjs"),
  "/js/yaml-reader.mjs": here("../../bindings-wasm/js/yaml-reader.mjs"),
  "/pkg/sam_eurometropole.js": here("../../bindings-wasm/pkg/sam_eurometropole.js"),
  "/pkg/sam_eurometropole_bg.wasm": here("../../bindings-wasm/pkg/sam_eurometropole_bg.wasm"),
  "/pkg/full/sam_eurometropole.js": here("../../bindings-wasm/pkg/full/sam_eurometropole.js"),
  "/pkg/full/sam_eurometropole_bg.wasm": here("../../bindings-wasm/pkg/full/sam_eurometropole_bg.wasm"),
  "/pkg/yaml/sam_eurometropole.js": here("../../bindings-wasm/pkg/yaml/sam_eurometropole.js"),
  "/pkg/yaml/sam_eurometropole_bg.wasm": here("../../bindings-wasm/pkg/yaml/sam_eurometropole_bg.wasm"),
  ...Object.fromEntries(NAMES.map((name) => [`/pkg/data/${name}`, here(`../../bindings-wasm/pkg/data/${name}`)])),
  "/vectors.ndjson": vectors,
  "/inputs.ndjson": inputs,
};
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

// --no-sandbox: this page is our own, and a container has no sandbox. The rest keeps Chromium from calling home.
const FLAGS = [
  "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--no-first-run",
];

function serve(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const file = FILES[pathname];
  if (!file) {
    response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
    return;
  }
  const type = TYPES[extname(file)] ?? "text/plain";
  response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "content-security-policy": POLICY });
  createReadStream(file).pipe(response);
}

/** What the page leaves, once it is there. (Playwright's own waiting wants `eval`, which the policy forbids.) */
async function awaited(page, errors) {
  for (const end = Date.now() + 240_000; Date.now() < end && errors.length === 0; ) {
    const answer = await page.evaluate("globalThis.answer");
    if (answer !== undefined) {
      return answer;
    }
    await new Promise((later) => setTimeout(later, 50));
  }
  return undefined;
}

async function visit(browser, address) {
  const locale = (process.env.LC_ALL ?? "").split(".")[0].replace("_", "-");
  const page = await browser.newPage(locale.includes("-") ? { locale } : {});
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(address);
  const answer = await awaited(page, errors);
  const zone = await page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone");
  return { answer, errors, zone };
}

const server = createServer(serve);
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await chromium.launch({ executablePath: process.env.SAM_CHROMIUM, args: FLAGS, env: process.env });
try {
  const all = { results: {}, wrong: [] };
  for (const build of ["full", "form"]) {
    const { answer, errors, zone } = await visit(browser, `http://127.0.0.1:${server.address().port}/?build=${build}`);
    if (process.env.TZ && zone !== process.env.TZ) {
      errors.push(`the page is in ${zone}, not in ${process.env.TZ}`);
    }
    if (errors.length > 0 || answer === undefined) {
      throw new Error(`errors in the page with the engine \`${build}\`:\n${errors.join("\n")}`);
    }
    // The engine of forms comes last: it judges what was generated.
    Object.assign(all.results, answer.results);
    all.wrong.push(...answer.wrong);
  }
  const answer = all;
  await writeFile(results, JSON.stringify(answer.results));
  console.log(summary(answer));
  process.exitCode = answer.wrong.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  server.close();
}
