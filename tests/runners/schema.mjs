// The JSON Schemas by the validator of JavaScript: `node schema.mjs SCHEMAS`. It must say of every case of `SCHEMAS/cases.json` what the
// validator of Python said (see schema.py).

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const folder = process.argv[2];
const json = async (name) => JSON.parse(await readFile(join(folder, name), "utf8"));

// Not strict: `x-` keywords are ours. Unknown formats are still an error.
const ajv = new Ajv2020({ strict: false, allErrors: false });
addFormats.default(ajv);

const validators = {};
for (const name of await readdir(folder)) {
  if (name.endsWith(".json") && name !== "cases.json") {
    validators[name.replace(/\.json$/, "")] = ajv.compile(await json(name));
  }
}

const cases = await json("cases.json");
const wrong = cases.filter(({ record, data, valid }) => validators[record](data) !== valid);
for (const { id, valid } of wrong) {
  console.log(`${id}: Python says ${valid}, JavaScript ${!valid}`);
}
console.log(`${cases.length} records and packs, ${wrong.length} wrong`);
process.exitCode = wrong.length === 0 && cases.length > 0 ? 0 : 1;
