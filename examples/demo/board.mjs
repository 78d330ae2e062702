// The complete run in Node: national files as they come, read, checked, laid side by side, protected, told in three languages. Run it from the root
// of the repository; `examples/demo/board.json` says what is read and asked. The last line is the hash of everything that machines get; the same
// run in Rust and in Python prints the same one.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { checkSet, completeness, dashboard, init, readNational } from '../../bindings-wasm/js/node.mjs';

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
const report = checkSet({ observation: observations }, run.on);
console.log(`\n===== check =====\n${report.text('fr')}`);
const lacking = completeness(observations, run.expected);
const board = dashboard(observations, run.request);
outputs.push(report.json(), lacking.json(), board.json(), board.recordJson());
for (const lang of ['fr', 'nl', 'en']) {
  console.log(`\n===== ${lang} =====\n${lacking.text(lang)}\n${board.text(lang)}`);
  // A report of the dashboard joins here: one more output of `board` in each language.
}
console.log(`sha256 ${createHash('sha256').update(outputs.join('')).digest('hex')}`);
