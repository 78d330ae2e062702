// The engine that was loaded: that of forms, or the full one. A page has one of them.

import { SamError } from './errors.mjs';

// Written out, so that bundlers find them.
const GLUE = {
  form: () => import('../pkg/sam_eurometropole.js'),
  full: () => import('../pkg/full/sam_eurometropole.js'),
};

let loaded;

/** Loads the engine of a build once; `open` gives the wasm of the build. */
export async function start(build, open) {
  if (!Object.hasOwn(GLUE, build)) {
    throw new SamError({ code: 'misuse.build', text: `no build '${build}': take 'form' or 'full'`, params: { given: build } });
  }
  if (loaded !== undefined && loaded.build !== build) {
    throw new SamError({ code: 'misuse.build', text: `the build '${loaded.build}' is loaded already`, params: { given: build } });
  }
  const glue = await GLUE[build]();
  await glue.default({ module_or_path: await open(build) });
  loaded = { build, Files: glue.Files, Book: glue.Book };
}

/** The classes of the engine; none before it was loaded. */
export const engine = () => loaded;

/** A function that only the full build has. */
export function ofFull(book, name) {
  if (typeof book[name] !== 'function') {
    throw new SamError({ code: 'misuse.build', text: "await init({ build: 'full' }) before this call", params: { given: loaded.build } });
  }
  return book[name].bind(book);
}
