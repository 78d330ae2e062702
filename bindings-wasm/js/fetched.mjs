// The files of the rulebook in a browser: they lie beside the script, or in a folder that the caller names.

import { SamError } from './errors.mjs';

// Written out, so that bundlers find them.
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

/** What reads a file by its name, from a folder or beside the script. */
export function fetching(folder) {
  const place = (name) => (folder === undefined ? FILES[name] : new URL(name, new URL(folder, globalThis.location?.href)));
  return async (name, again) => {
    const response = await fetch(place(name), again ? { cache: 'reload' } : {});
    if (!response.ok) {
      throw new SamError({ code: 'file.unreachable', text: `${place(name)}: ${response.status}`, params: { name, status: response.status } });
    }
    return response.arrayBuffer();
  };
}
