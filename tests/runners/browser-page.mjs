// What browser.html does: load the package, run everything, leave the answer where browser.mjs looks for it.

import * as sam from "/js/index.mjs";
import * as yaml from "/js/yaml.mjs";
import { calls, isOfFull } from "/calls.mjs";
import { runVectors } from "/vectors.mjs";

const text = async (path) => (await fetch(path)).text();

// One visit for each engine: that of forms makes every call that it has and judges what was generated, the full one makes those that only it has.
const build = new URL(location.href).searchParams.get("build");
await Promise.all([sam.init({ build }), yaml.loadYaml()]);
const takes = (line) => isOfFull(line) === (build === "full");
const texts = { vectors: await text("/vectors.ndjson"), inputs: build === "full" ? "" : await text("/inputs.ndjson") };
globalThis.answer = await runVectors({ ...texts, run: calls(sam, yaml), runner: "browser", takes });
