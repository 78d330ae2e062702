// The reader of packs written in YAML, beside the engine: what it reads is the pack of the engine, and what it refuses is told with its place.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { Rulebook, init } from '../js/node.mjs';
import { PackError, SamError, loadYaml, packJson } from '../js/yaml-node.mjs';

const PACKS = new URL('../../core/data/packs/', import.meta.url);
const BAD = 'format: 1\npack: test.bad\nversion: "2026.1"\nsystem: project\non: 1\n';
const thrown = (work) => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test('nothing is read before it is loaded', () => {
  const error = thrown(() => packJson(BAD));
  assert.deepEqual([error.constructor, error.code], [SamError, 'misuse.init']);
});

test('problems have their place in the YAML, in the languages that were loaded', async () => {
  await loadYaml({ languages: ['nl'] });
  const error = thrown(() => packJson(BAD));
  assert.ok(error instanceof PackError && error instanceof SamError);
  assert.deepEqual(error.problems[0], { code: 'document.refused_key', at: { pointer: '/on', line: 5, column: 1 }, params: { name: 'on' } });
  assert.ok(error.problems.some(({ code, params }) => code === 'pack.missing_key' && params.name === 'rules'));
  assert.deepEqual(Object.keys(error.texts), ['nl']);
  await loadYaml();
  const { texts, problems } = thrown(() => packJson(BAD));
  assert.deepEqual(Object.keys(texts).sort(), ['en', 'fr', 'nl']);
  assert.ok(Object.values(texts).every((lines) => lines.length === problems.length));
  assert.match(texts.fr[0], /^ligne 5, colonne 1 /);
});

test('every pack of the package is the same one from YAML', async () => {
  await init();
  const book = Rulebook.embedded();
  const names = (await readdir(PACKS)).filter((name) => name.endsWith('.yaml'));
  assert.ok(names.length >= 30);
  for (const name of names) {
    const again = book.withPackJson(packJson(await readFile(new URL(name, PACKS), 'utf8')), { replace: true });
    assert.equal(again.hash, book.hash, name);
    again.free();
  }
  book.free();
});

test('a pack may name codes that were added', () => {
  const list = { format: 1, list: 'volunteer_task', codes: [{ code: 'own_task', label: { fr: 'a', nl: 'b', en: 'c' }, verified: false }] };
  const error = thrown(() => packJson(BAD, { codes: [JSON.stringify({ ...list, codes: [] }), '{}'] }));
  assert.equal(error.code, 'codes.problems');
});
