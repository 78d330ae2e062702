// The package in Node: the engine and the files of the rulebook are read from the disk.

import { readFile } from 'node:fs/promises';
import { start } from './engine.mjs';
import { load } from './files.mjs';

export * from './core.mjs';

const ENGINES = {
  form: new URL('../pkg/sam_eurometropole_bg.wasm', import.meta.url),
  full: new URL('../pkg/full/sam_eurometropole_bg.wasm', import.meta.url),
};
const DATA = new URL('../pkg/data/', import.meta.url);

/** Loads the engine and what is wanted of the rulebook, each once. See index.d.ts. */
export async function init({ build = 'form', engine, data = DATA, ...wanted } = {}) {
  const read = typeof data === 'function' ? data : (name) => readFile(new URL(name, data));
  await load(() => start(build, async () => engine ?? readFile(ENGINES[build])), read, wanted);
}
