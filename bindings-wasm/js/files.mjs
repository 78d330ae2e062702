// The files of the rulebook: which a page wants, that each is loaded once and belongs to the engine, and the rulebook of those that came.

import { Files } from '../pkg/sam_eurometropole.js';
import { SamError, call } from './errors.mjs';

const LANGUAGES = ['fr', 'nl', 'en'];
const PARTS = ['rules', 'tests', 'definitions'];
// Parts without texts of their own, which go with the rules.
const OF_RULES = ['tests'];

const named = (parts, languages) => {
  const texts = (part) => [`${part}.json`, ...languages.map((lang) => `${part}.${lang}.json`)];
  const bare = parts.filter((part) => OF_RULES.includes(part));
  const told = parts.filter((part) => !OF_RULES.includes(part) && part !== 'rules');
  const rules = bare.length > 0 || parts.includes('rules') ? texts('rules') : [];
  return [...texts('base'), ...rules, ...told.flatMap(texts), ...bare.map((part) => `${part}.json`)];
};

/** The name of every file. */
export const NAMES = named(PARTS, LANGUAGES);

// What came so far.
const there = { names: new Set(), languages: new Set(), parts: new Set() };
let files;
let book;

/** The rulebook of what came. */
export function packaged() {
  if (book === undefined) {
    throw new SamError({ code: 'misuse.init', text: 'await init() before the first call' });
  }
  return book;
}

/**
 * Loads the engine, and the files that are wanted and not there yet. `read` gives the bytes of a file; the second time, because the
 * first ones were of another version, past every cache.
 */
export async function load(engine, read, { languages = LANGUAGES, parts = PARTS } = {}) {
  const all = { languages: union(there.languages, languages), parts: union(there.parts, parts) };
  const names = named(all.parts, all.languages).filter((name) => !there.names.has(name));
  const given = names.map((name) => (NAMES.includes(name) ? read(name, false) : []));
  const [, ...contents] = await Promise.all([engine(), ...given]);
  if (names.length === 0) {
    return;
  }
  files ??= new Files();
  for (const [at, name] of names.entries()) {
    await add(name, contents[at], read);
  }
  book = call(() => files.book());
  names.forEach((name) => there.names.add(name));
  all.languages.forEach((lang) => there.languages.add(lang));
  all.parts.forEach((part) => there.parts.add(part));
  release();
}

const union = (one, other) => [...new Set([...one, ...other])];

async function add(name, bytes, read) {
  const take = (content) => call(() => files.add(name, new Uint8Array(content)));
  try {
    take(bytes);
  } catch (error) {
    if (error.code !== 'file.changed') {
      throw error;
    }
    take(await read(name, true));
  }
}

/** Nothing more can come: the rulebook has it all. */
function release() {
  if (there.names.size === NAMES.length) {
    files.free();
    files = undefined;
  }
}
