// The complete run in Node: national files as they come, read, checked, laid side by side, protected, told and drawn in three languages. Run it from
// the root of the repository; `examples/demo/board.json` says what is read and asked. A folder after it gets the reports. The last line is the hash of
// everything that machines get, and of the reports; the same run in Rust and in Python prints the same one.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { checkSet, completeness, dashboard, init, readNational, report } from '../../bindings-wasm/js/node.mjs';

await init({ build: 'full', parts: ['definitions'] });
const run = JSON.parse(readFileSync('examples/demo/board.json', 'utf8'));
const observations = [];
const outputs = [];
for (const { file, mapping } of run.files) {
  const read = readNational(readFileSync(`examples/data/national/${file}`), mapping, run.on, { name: file });
  console.log(`\n===== ${file} =====\n${read.text('fr')}`);
  observations.push(...read.observations);
  outputs.push(read.json());
}
const checked = checkSet({ observation: observations }, run.on);
console.log(`\n===== check =====\n${checked.text('fr')}`);
const lacking = completeness(observations, run.expected);
const board = dashboard(observations, run.request);
outputs.push(checked.json(), lacking.json(), board.json(), board.recordJson());
for (const lang of ['fr', 'nl', 'en']) {
  console.log(`\n===== ${lang} =====\n${lacking.text(lang)}\n${board.text(lang)}`);
  const page = report(observations, run.request, lang);
  if (process.argv[2]) {
    writeFileSync(`${process.argv[2]}/report.${lang}.html`, page);
  }
  outputs.push(page);
}
console.log(`sha256 ${createHash('sha256').update(outputs.join('')).digest('hex')}`);
