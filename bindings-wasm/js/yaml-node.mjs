// The reader of packs written in YAML, in Node: it and the files of the rulebook are read from the disk.

import { readFile } from 'node:fs/promises';
import { load } from './yaml-reader.mjs';

export { PackError, SamError, packJson } from './yaml-reader.mjs';

const READER = new URL('../pkg/yaml/sam_eurometropole_bg.wasm', import.meta.url);
const DATA = new URL('../pkg/data/', import.meta.url);

/** Loads the reader once. See yaml.d.ts. */
export async function loadYaml({ reader, data = DATA, languages } = {}) {
  const read = typeof data === 'function' ? data : (name) => readFile(new URL(name, data));
  await load(async () => reader ?? readFile(READER), read, { languages });
}
