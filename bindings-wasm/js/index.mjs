// The package in a browser: the engine and the files of the rulebook lie beside the script, or where the caller says.

import { start } from './engine.mjs';
import { fetching } from './fetched.mjs';
import { load } from './files.mjs';

export * from './core.mjs';

// Written out, so that bundlers find them.
const ENGINES = {
  form: new URL('../pkg/sam_eurometropole_bg.wasm', import.meta.url),
  full: new URL('../pkg/full/sam_eurometropole_bg.wasm', import.meta.url),
};

/** Loads the engine and what is wanted of the rulebook, each once. See index.d.ts. */
export async function init({ build = 'form', engine, data, ...wanted } = {}) {
  const read = typeof data === 'function' ? data : fetching(data);
  await load(() => start(build, () => engine ?? ENGINES[build]), read, wanted);
}
