// What a page loads of the rulebook: a language, with or without rules, more of it later; and files that do not belong to the engine.
// The tests go on from one to the next, as a page does.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Rulebook, SamError, check, compare, decide, indicator, init, packTests } from '../js/node.mjs';
import { NAMES } from '../js/files.mjs';

const ON = '2024-04-22';
const CASE = {
  participant: { birth_date: '1990-03-14' },
  placement: { scheme: 'fr_pmsmp', start: '2024-05-02', end: '2024-06-02' },
};
const PLACEMENT = { start: '2024-06-02', end: '2024-05-02', weekly_huors: 35 };

const disk = (name) => readFile(new URL(`../pkg/data/${name}`, import.meta.url));
const changed = async (name) => (await disk(name)).toString().replace('a', 'b');
const refused = (work, code, params) => {
  const matches = (error) => error instanceof SamError && error.code === code && assert.deepEqual({ ...error.params }, params) === undefined;
  return work.constructor.name === 'AsyncFunction' ? assert.rejects(work, matches) : assert.throws(work, matches);
};
const kept = {};

test('nothing is answered before it is loaded', () => {
  refused(() => check('placement', PLACEMENT, ON), 'misuse.init', {});
});

test('a file of another version is refused, once it was asked for again', async () => {
  const asked = [];
  const data = async (name, again) => {
    asked.push(`${name} ${again}`);
    return new TextEncoder().encode(name === 'base.fr.json' ? await changed(name) : await disk(name));
  };
  await assert.rejects(async () => init({ build: 'full', data, languages: ['fr'], parts: [] }), (error) => {
    assert.deepEqual([error.name, error.code, error.params.name], ['SamError', 'file.changed', 'base.fr.json']);
    assert.notEqual(error.params.expected, error.params.given);
    return error.message.includes('another version');
  });
  assert.deepEqual(asked, ['base.json false', 'base.fr.json false', 'base.fr.json true']);
  refused(() => check('placement', PLACEMENT, ON), 'misuse.init', {});
  await refused(async () => init({ build: 'full', languages: ['de'], parts: [] }), 'file.unknown', { name: 'base.de.json' });
});

test('a stale file is mended by asking again', async () => {
  const data = async (name, again) => (again ? disk(name) : new TextEncoder().encode(await changed(name)));
  await init({ build: 'full', data, languages: ['fr'], parts: [] });
});

test('records are checked in one language, without rules', async () => {
  kept.report = check('placement', PLACEMENT, ON);
  kept.text = kept.report.text('fr');
  assert.equal(kept.report.ok, false);
  refused(() => kept.report.text('nl'), 'misuse.not_loaded', { given: 'nl' });
  refused(() => decide(CASE, ON), 'misuse.not_loaded', { given: 'rules' });
  refused(() => Rulebook.embedded().label('placement', 'start', 'en'), 'misuse.not_loaded', { given: 'en' });
  refused(() => packTests(), 'misuse.not_loaded', { given: 'rules' });
});

test('rules come later', async () => {
  const asked = [];
  await init({ build: 'full', data: async (name) => (asked.push(name), disk(name)), languages: [], parts: ['rules'] });
  assert.deepEqual(asked, ['rules.json', 'rules.fr.json']);
  kept.decision = decide(CASE, ON);
  assert.equal(kept.decision.outcome, 'refused');
  kept.explained = kept.decision.text('fr');
  refused(() => packTests(), 'misuse.not_loaded', { given: 'tests' });
  const wrong = (error) => assert.deepEqual(Object.keys(error.texts), ['fr']) === undefined && error.message.includes(error.texts.fr[0]);
  assert.throws(() => Rulebook.embedded().withPackJson('{}'), wrong);
});

test('what the indicators mean comes when it is asked for', async () => {
  refused(() => indicator('POV01', 'fr'), 'misuse.not_loaded', { given: 'definitions' });
  const asked = [];
  await init({ build: 'full', data: async (name) => (asked.push(name), disk(name)), languages: [], parts: ['definitions'] });
  assert.deepEqual(asked, ['definitions.json', 'definitions.fr.json']);
  kept.indicator = indicator('POV01', 'fr');
  assert.equal(kept.indicator.grade, 'B');
  refused(() => indicator('POV01'), 'misuse.not_loaded', { given: 'nl' });
  refused(() => indicator('POV99', 'fr'), 'misuse.indicator', { given: 'POV99' });
  kept.compared = compare({ indicator: 'MIN01', side: 'FR' }, { indicator: 'MIN01', side: 'BE-VLG' });
  assert.deepEqual([kept.compared.comparable, kept.compared.code, kept.compared.show], [false, 'comparable.proxy', 'beside']);
});

test('the whole rulebook answers in the same bytes', async () => {
  await init({ build: 'full' });
  assert.equal(check('placement', PLACEMENT, ON).json(), kept.report.json());
  assert.equal(check('placement', PLACEMENT, ON).text('fr'), kept.text);
  assert.equal(decide(CASE, ON).json(), kept.decision.json());
  assert.equal(decide(CASE, ON).text('fr'), kept.explained);
  assert.notEqual(decide(CASE, ON).text('nl'), kept.explained);
  assert.ok(packTests().ok);
  assert.deepEqual(indicator('POV01', 'fr'), kept.indicator);
  assert.ok(Rulebook.embedded().integrity().ok);
  await init({ build: 'full', data: () => assert.fail('everything is there'), languages: ['fr'] });
  assert.equal(NAMES.length, 13);
});
