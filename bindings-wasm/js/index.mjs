// The package in a browser: the engine comes as a file beside the script, or from where the caller says.

import load from '../pkg/sam_eurometropole.js';

export * from './core.mjs';

const FILE = new URL('../pkg/sam_eurometropole_bg.wasm', import.meta.url);

/** Loads the engine once. `source` is a URL, a `Response`, bytes or a compiled module; not given: the file of the package. */
export async function init(source = FILE) {
  await load({ module_or_path: source });
}
