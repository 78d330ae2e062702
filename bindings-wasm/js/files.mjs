// The files of the rulebook: which a page wants, that each is loaded once and belongs to the engine, and the rulebook of those that came.

import { engine } from './engine.mjs';
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

/**
 * The files that came for an engine, each loaded once, and the rulebook of them. `make` gives the engine's own store of files, `parts` are those that
 * it can use besides the base.
 */
export class Shelf {
  #make;
  #parts;
  #there = { names: new Set(), languages: new Set(), parts: new Set() };
  #files;
  #book;

  constructor(make, parts = PARTS) {
    this.#make = make;
    this.#parts = parts;
  }

  /** The rulebook of what came; none before. */
  get book() {
    return this.#book;
  }

  /**
   * Loads the engine, and the files that are wanted and not there yet. `read` gives the bytes of a file; the second time, because the
   * first ones were of another version, past every cache.
   */
  async load(open, read, { languages = LANGUAGES, parts = this.#parts } = {}) {
    const all = { languages: union(this.#there.languages, languages), parts: union(this.#there.parts, parts) };
    const names = named(all.parts, all.languages).filter((name) => !this.#there.names.has(name));
    const given = names.map((name) => (NAMES.includes(name) ? read(name, false) : []));
    const [, ...contents] = await Promise.all([open(), ...given]);
    if (names.length === 0) {
      return;
    }
    this.#files ??= this.#make();
    for (const [at, name] of names.entries()) {
      await add(this.#files, name, contents[at], read);
    }
    this.#book = call(() => this.#files.book());
    names.forEach((name) => this.#there.names.add(name));
    all.languages.forEach((lang) => this.#there.languages.add(lang));
    all.parts.forEach((part) => this.#there.parts.add(part));
    this.#release();
  }

  /** Nothing more can come: the rulebook has it all. */
  #release() {
    if (this.#there.names.size === named(this.#parts, LANGUAGES).length) {
      this.#files.free();
      this.#files = undefined;
    }
  }
}

const union = (one, other) => [...new Set([...one, ...other])];

async function add(files, name, bytes, read) {
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

const shelf = new Shelf(() => new (engine().Files)());

/** Loads the engine, and what is wanted of the rulebook. */
export const load = (open, read, wanted) => shelf.load(open, read, wanted);

/** The rulebook of what came. */
export function packaged() {
  if (shelf.book === undefined) {
    throw new SamError({ code: 'misuse.init', text: 'await init() before the first call' });
  }
  return shelf.book;
}
