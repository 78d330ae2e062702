// The package in Node: the engine is read from the disk.

import { readFile } from 'node:fs/promises';
import load from '../pkg/sam_eurometropole.js';

export * from './core.mjs';

const FILE = new URL('../pkg/sam_eurometropole_bg.wasm', import.meta.url);

/** Loads the engine once. `source` is its bytes or a compiled module; not given: the file of the package. */
export async function init(source) {
  await load({ module_or_path: source ?? (await readFile(FILE)) });
}
