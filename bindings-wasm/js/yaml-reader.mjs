// Packs written in YAML, read into the JSON that the engine takes. The reader is a module of its own beside the engine, loaded by `loadYaml`
// (yaml.mjs, yaml-node.mjs), with the code lists and messages of the rulebook.

import { SamError, call } from './errors.mjs';
import { Shelf } from './files.mjs';

export { PackError, SamError } from './errors.mjs';

let glue;
const shelf = new Shelf(() => new glue.Files(), []);

async function start(open) {
  if (glue === undefined) {
    // Written out, so that bundlers find it.
    const found = await import('../pkg/yaml/sam_eurometropole.js');
    await found.default({ module_or_path: await open() });
    glue = found;
  }
}

/** Loads the reader, and the base of the rulebook in languages. */
export const load = (open, read, { languages } = {}) => shelf.load(() => start(open), read, { languages });

/** The JSON form of a pack written in YAML. See yaml.d.ts. */
export function packJson(text, { codes = [] } = {}) {
  if (shelf.book === undefined) {
    throw new SamError({ code: 'misuse.init', text: 'await loadYaml() before the first call' });
  }
  const made = [];
  try {
    let book = shelf.book;
    for (const list of codes) {
      made.push((book = call(() => book.with_codes(list))));
    }
    return call(() => book.pack_json(text));
  } finally {
    made.forEach((copy) => copy.free());
  }
}
