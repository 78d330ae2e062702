// The runner of Node: `node node.mjs VECTORS INPUTS RESULTS`. See vectors.mjs.

import { readFile, writeFile } from "node:fs/promises";
import * as sam from "../../bindings-wasm/js/node.mjs";
import * as yaml from "../../bindings-wasm/js/yaml-node.mjs";
import { calls } from "./calls.mjs";
import { runVectors, summary } from "./vectors.mjs";

const [vectors, inputs, results] = process.argv.slice(2);
await Promise.all([sam.init({ build: "full" }), yaml.loadYaml()]);

const texts = { vectors: await readFile(vectors, "utf8"), inputs: await readFile(inputs, "utf8") };
const answer = await runVectors({ ...texts, run: calls(sam, yaml), runner: "node" });
await writeFile(results, JSON.stringify(answer.results));
console.log(summary(answer));
process.exitCode = answer.wrong.length === 0 ? 0 : 1;
