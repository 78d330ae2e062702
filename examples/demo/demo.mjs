// The main job in Node: three partners' placements, checked and decided. Run it from the root of the repository.
// The last line is the hash of all decisions as JSON; the same job in Rust and in Python prints the same one.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { decideAllJson, explainAll, init } from '../../bindings-wasm/js/node.mjs';

const PARTNERS = [
  ['CCAS de Roubaix', 'fr', 'ccas_roubaix'],
  ['CPAS de Mouscron', 'fr', 'cpas_mouscron'],
  ['OCMW Menen', 'nl', 'ocmw_menen'],
];

await init();
const on = '2024-04-22';
const everything = createHash('sha256');
for (const [partner, lang, file] of PARTNERS) {
  const text = readFileSync(`examples/data/${file}.json`, 'utf8');
  console.log(`\n===== ${partner} =====`);
  explainAll(text, on, lang).forEach((told, index) => console.log(`\n--- ${index + 1} ---\n${told}`));
  everything.update(decideAllJson(text, on));
}
console.log(`sha256 ${everything.digest('hex')}`);
