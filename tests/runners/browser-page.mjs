// What browser.html does: load the package, run everything, leave the answer where browser.mjs looks for it.

import * as sam from "/js/index.mjs";
import { calls } from "/calls.mjs";
import { runVectors } from "/vectors.mjs";

const text = async (path) => (await fetch(path)).text();

await sam.init();
const texts = { vectors: await text("/vectors.ndjson"), inputs: await text("/inputs.ndjson") };
globalThis.answer = await runVectors({ ...texts, run: calls(sam), runner: "browser" });
