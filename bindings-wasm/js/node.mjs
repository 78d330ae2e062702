// The package in Node: the engine and the files of the rulebook are read from the disk.

import { readFile } from 'node:fs/promises';
import start from '../pkg/sam_eurometropole.js';
import { load } from './files.mjs';

export * from './core.mjs';

const ENGINE = new URL('../pkg/sam_eurometropole_bg.wasm', import.meta.url);
const DATA = new URL('../pkg/data/', import.meta.url);

/** Loads the engine and what is wanted of the rulebook, each once. See index.d.ts. */
export async function init({ engine, data = DATA, ...wanted } = {}) {
  const read = typeof data === 'function' ? data : (name) => readFile(new URL(name, data));
  await load(async () => start({ module_or_path: engine ?? (await readFile(ENGINE)) }), read, wanted);
}
