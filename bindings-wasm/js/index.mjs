// The package in a browser: the engine and the files of the rulebook lie beside the script, or where the caller says.

import start from '../pkg/sam_eurometropole.js';
import { SamError } from './errors.mjs';
import { load } from './files.mjs';

export * from './core.mjs';

// Written out, so that bundlers find them.
const ENGINE = new URL('../pkg/sam_eurometropole_bg.wasm', import.meta.url);
const FILES = {
  'base.json': new URL('../pkg/data/base.json', import.meta.url),
  'base.fr.json': new URL('../pkg/data/base.fr.json', import.meta.url),
  'base.nl.json': new URL('../pkg/data/base.nl.json', import.meta.url),
  'base.en.json': new URL('../pkg/data/base.en.json', import.meta.url),
  'rules.json': new URL('../pkg/data/rules.json', import.meta.url),
  'rules.fr.json': new URL('../pkg/data/rules.fr.json', import.meta.url),
  'rules.nl.json': new URL('../pkg/data/rules.nl.json', import.meta.url),
  'rules.en.json': new URL('../pkg/data/rules.en.json', import.meta.url),
  'definitions.json': new URL('../pkg/data/definitions.json', import.meta.url),
  'definitions.fr.json': new URL('../pkg/data/definitions.fr.json', import.meta.url),
  'definitions.nl.json': new URL('../pkg/data/definitions.nl.json', import.meta.url),
  'definitions.en.json': new URL('../pkg/data/definitions.en.json', import.meta.url),
  'tests.json': new URL('../pkg/data/tests.json', import.meta.url),
};

/** Loads the engine and what is wanted of the rulebook, each once. See index.d.ts. */
export async function init({ engine = ENGINE, data, ...wanted } = {}) {
  await load(() => start({ module_or_path: engine }), typeof data === 'function' ? data : fetching(data), wanted);
}

function fetching(folder) {
  const place = (name) => (folder === undefined ? FILES[name] : new URL(name, new URL(folder, globalThis.location?.href)));
  return async (name, again) => {
    const response = await fetch(place(name), again ? { cache: 'reload' } : {});
    if (!response.ok) {
      throw new SamError({ code: 'file.unreachable', text: `${place(name)}: ${response.status}`, params: { name, status: response.status } });
    }
    return response.arrayBuffer();
  };
}
