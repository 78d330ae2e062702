// The reader of packs written in YAML, in a browser: it lies beside the script, or where the caller says.

import { fetching } from './fetched.mjs';
import { load } from './yaml-reader.mjs';

export { PackError, SamError, packJson } from './yaml-reader.mjs';

// Written out, so that bundlers find it.
const READER = new URL('../pkg/yaml/sam_eurometropole_bg.wasm', import.meta.url);

/** Loads the reader once. See yaml.d.ts. */
export async function loadYaml({ reader, data, languages } = {}) {
  const read = typeof data === 'function' ? data : fetching(data);
  await load(async () => reader ?? READER, read, { languages });
}
