// The package in Node: results, errors, and what becomes of JavaScript values on their way to the reader.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CodesError, PackError, Rulebook, SamError, check, checkText, decide, decideAllJson, earliestStart, earliestStartText, explainAll, explainTimeline, identifier, init, migrate, packCoverage, packTests, packsDue, territory, timeline } from '../js/node.mjs';

const ON = '2024-04-22';
const CASE = {
  participant: { birth_date: '1990-03-14' },
  placement: { scheme: 'fr_pmsmp', start: '2024-05-02', end: '2024-06-02' },
};

before(async () => {
  await init();
  await init();
});

const codes = (fields) => check('placement', fields, ON).findings.map((finding) => finding.code);
const read = (fields) => JSON.parse(check('placement', fields, ON).json({ values: true })).read;
const throwing = (work) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
};

test('a decision has its members', () => {
  const decision = decide(CASE, ON);
  assert.deepEqual([decision.outcome, decision.firmness, decision.ready], ['refused', 'firm', false]);
  assert.deepEqual(decision.deciding, ['fr.pmsmp.max_duration']);
  assert.equal(decision.on, ON);
  assert.equal(decision.json(), JSON.stringify(JSON.parse(decision.json())));
  assert.notEqual(decision.text('fr'), decision.text('nl'));
  assert.deepEqual(JSON.parse(JSON.stringify(decision)), decision.data);
});

test('a decision is printed, and its days go into a calendar', () => {
  const decision = decide(CASE, ON);
  const page = decision.page('nl', { beside: 'fr', reference: 'A & B' });
  assert.ok(page.startsWith('<!DOCTYPE html>\n<html lang="nl">') && page.includes('A &amp; B') && !page.includes('maart 1990'));
  assert.ok(decision.ics('fr', { reference: null }).startsWith('BEGIN:VCALENDAR\r\n'));
  assert.equal(decide({}, ON).ics('fr'), undefined);
  assert.equal(throwing(() => decision.page('fr', { beside: 'de' })).code, 'misuse.language');
  assert.equal(throwing(() => decision.ics('FR')).code, 'misuse.language');
});

test('an identifier has its members', () => {
  const found = identifier('niss', '85.07.30-033 28', '2026-11-23');
  assert.deepEqual([found.scheme, found.valid, found.normal, found.shown], ['niss', true, '85073003328', '85.07.30-033.28']);
  assert.deepEqual(found.parts, { kind: 'national', sex: 'male', birth_year: 1985, birth_month: 7, birth_day: 30 });
  assert.deepEqual([found.code, found.params], [undefined, {}]);
  assert.ok(!found.text('fr').includes('850730'));
  const wrong = identifier('siren', '21590350');
  assert.deepEqual([wrong.valid, wrong.normal, wrong.code], [false, undefined, 'identifier.length']);
  assert.deepEqual(wrong.params, { expected: 9, given: 8 });
  assert.equal(throwing(() => identifier('vat', '1')).code, 'misuse.scheme');
  assert.equal(throwing(() => identifier('niss', '1', 'tomorrow')).code, 'misuse.on');
  assert.equal(identifier('siren', 215903501).code, 'identifier.characters');
});

test('personal values show only when asked for', () => {
  const decision = decide(CASE, ON);
  assert.ok(![decision.json(), decision.text('fr'), JSON.stringify(decision)].some((text) => text.includes('1990')));
  assert.ok(check('participant', CASE.participant, ON).json({ values: true }).includes('1990'));
});

test('missing values of every kind are not given', () => {
  for (const value of [undefined, null, Number.NaN, new Date('no day'), '', '  ']) {
    assert.deepEqual(codes({ weekly_hours: value }), codes({}), String(value));
  }
});

test('numbers of every kind', () => {
  assert.equal(read({ weekly_hours: 35.5 }).weekly_hours, 35.5);
  assert.equal(read({ presence_days: 9n }).presence_days, 9);
  assert.equal(read({ weekly_hours: new Number(35) }).weekly_hours, 35);
  assert.ok(codes({ presence_days: 2n ** 64n }).includes('number.too_large'));
  assert.ok(codes({ presence_days: 2 ** 53 }).includes('number.too_large'));
  assert.ok(codes({ weekly_hours: Infinity }).some((code) => code.startsWith('number.')));
  assert.ok(codes({ weekly_hours: -Infinity }).some((code) => code.startsWith('number.')));
});

test('a moment is no day', () => {
  assert.ok(codes({ start: new Date('2024-05-02T00:00:00Z') }).includes('date.time_given'));
});

test('maps are objects; sets and typed arrays are lists', () => {
  assert.deepEqual(read(new Map([['host', new Map([['country', 'BE']])]])), { host: { country: 'BE' } });
  assert.ok(codes({ weekly_hours: new Set([1]) }).includes('type.mismatch'));
  assert.ok(codes({ weekly_hours: new Float64Array(2) }).includes('type.mismatch'));
  assert.deepEqual(read({ toJSON: () => ({ kind: 'immersion' }) }), { kind: 'immersion' });
});

test('what is no data throws', () => {
  assert.ok(throwing(() => check('placement', { kind: () => 'immersion' }, ON)) instanceof TypeError);
  assert.ok(throwing(() => check('placement', { kind: Symbol('immersion') }, ON)) instanceof TypeError);
});

test('cycles and depth end in a finding, as in text', () => {
  const cycle = {};
  cycle.host = cycle;
  assert.ok(codes(cycle).includes('limit.depth'));
  for (const depth of [1, 14, 15, 16, 17, 18, 39]) {
    let value = 1;
    for (let i = 0; i < depth; i += 1) value = [value];
    const text = JSON.stringify({ schedule: value });
    assert.equal(check('placement', { schedule: value }, ON).json(), checkText('placement', text, ON).json());
  }
});

test('lone surrogates are findings', () => {
  assert.ok(codes({ id: 'a\ud800' }).includes('text.not_unicode'));
});

test('a call that is wrong throws with a code', () => {
  const wrong = {
    'misuse.on': [() => decide(CASE, '22/04/2024'), () => decide(CASE), () => decide(CASE, new Date())],
    'misuse.record': [() => check('person', {}, ON), () => check(undefined, {}, ON)],
    'misuse.language': [() => decide(CASE, ON).text('de'), () => decide(CASE, ON).text()],
    'misuse.backwards': [() => timeline(CASE, '2024-05-01', '2024-04-01'), () => earliestStart(CASE, ON, '2024-05-01', '2024-04-01')],
    'limit.timeline': [() => timeline(CASE, '2024-05-01', '2199-04-01')],
  };
  for (const [code, works] of Object.entries(wrong)) {
    for (const work of works) {
      const error = throwing(work);
      assert.ok(error instanceof SamError && error instanceof Error, String(error));
      assert.equal(error.code, code);
    }
  }
});

test('a pack with problems lists them all', () => {
  const error = throwing(() => Rulebook.embedded().withPackJson('{"format": 1, "pack": "A", "rules": 3}'));
  assert.ok(error instanceof PackError);
  assert.ok(error.problems.length > 2);
  assert.ok(error.problems.every((problem) => problem.code && problem.at.line === 1));
  assert.equal(error.texts.nl.length, error.problems.length);
});

test('a rulebook is a value', () => {
  const book = Rulebook.embedded();
  const none = book.withoutPacks();
  assert.equal(none.decide(CASE, ON).outcome, 'not_covered');
  assert.notEqual(none.hash, book.hash);
  assert.ok(Object.keys(none.parts).length < Object.keys(book.parts).length);
  assert.equal(new Set(['fr', 'nl', 'en'].map((lang) => book.label('placement', 'weekly_hours', lang))).size, 3);
  assert.ok(book.help('placement', 'weekly_hours', 'nl'));
  assert.equal(book.help('placement', 'no_such_field', 'nl'), undefined);
  none.free();
  book.free();
  assert.ok(throwing(() => new Rulebook()) instanceof TypeError);
});

test('a list of cases, and a timeline', () => {
  const text = JSON.stringify([CASE, {}]);
  assert.deepEqual(JSON.parse(decideAllJson(text, ON)).map((d) => d.outcome), ['refused', 'undetermined']);
  assert.equal(explainAll(text, ON, 'fr')[0], decide(CASE, ON).text('fr'));
  const line = timeline(CASE, '2024-04-01', '2024-12-31');
  assert.equal(line[0].from, '2024-04-01');
  assert.equal(line.at(-1).until, '2025-01-01');
});

test('an earliest start', () => {
  const found = earliestStart(CASE, ON, '2024-05-01', '2024-05-31');
  assert.equal(found.intervals[0].from, '2024-05-01');
  assert.equal(found.intervals.at(-1).until, '2024-06-01');
  assert.equal(found.earliest, null);
  assert.ok(found.inTheWay.length > 0);
  assert.deepEqual(found.missing, []);
  assert.equal(found.json(), earliestStartText(JSON.stringify(CASE), ON, '2024-05-01', '2024-05-31').json());
  assert.equal(new Set(['fr', 'nl', 'en'].map((lang) => found.text(lang))).size, 3);
  assert.ok(explainTimeline(CASE, '2024-05-01', '2024-05-31', 'fr').includes('du 1er mai 2024'));
  assert.deepEqual(earliestStart({}, ON, '2024-05-01', '2024-05-31').missing.map((one) => one.field), ['placement.start', 'placement.end']);
});

test('the territory answers with objects', () => {
  const found = territory.find('Doornik', '2026-01-01');
  assert.deepEqual(found.hits.map((hit) => hit.code), ['BE-57081']);
  assert.equal(found.made_by.rulebook.hash, Rulebook.embedded().hash);
  assert.equal(territory.at('FR-69123', '2026-01-01').status, 'outside_coverage');
  assert.equal(Rulebook.embedded().territory.members('mel', '2026-01-01').members.length, 95);
  assert.equal(throwing(() => territory.find('Tournai', 'yesterday')).code, 'misuse.on');
});

test('an own code list is read at once', () => {
  const book = Rulebook.embedded();
  const list = book.codeList('event_format');
  list.codes.push({ code: 'on_the_road', label: { fr: 'En itinérance', nl: 'Rondtrekkend', en: 'Travelling' }, verified: true });
  const text = JSON.stringify(list);
  const own = book.withCodesJson(text, { replace: true });
  const forum = { kind: 'forum', start: '2026-04-18', end: '2026-04-18', format: 'on_the_road' };
  assert.deepEqual(own.check('event', forum, ON).findings, []);
  assert.equal(book.check('event', forum, ON).findings[0].code, 'code.unknown');
  const { codes, rulebook } = own.check('event', forum, ON).data.made_by;
  assert.deepEqual(codes, [{ hash: own.parts['codes/event_format'], id: 'event_format', origin: 'added' }]);
  assert.equal(rulebook.hash, own.hash);
  assert.deepEqual(own.codeList('event_format'), list);
  assert.equal(book.codeList('no_such_list'), undefined);
  const taken = throwing(() => book.withCodesJson(text));
  assert.deepEqual([taken.name, taken.code, taken.params], ['SamError', 'codes.taken', { id: 'event_format' }]);
  own.free();
  book.free();
});

test('a code list with problems lists them all', () => {
  const error = throwing(() => Rulebook.embedded().withCodesJson('{"list": "own list", "codes": 3}'));
  assert.ok(error instanceof CodesError && error instanceof SamError && !(error instanceof PackError));
  assert.deepEqual([error.name, error.code, error.problems.length], ['CodesError', 'codes.problems', 4]);
  assert.ok(error.problems.every((problem) => problem.code && problem.at.line === 1));
  assert.equal(new Set(['fr', 'nl', 'en'].map((lang) => error.texts[lang].join())).size, 3);
});

test('a stored record of a known format is read', () => {
  const today = { format: 1, json: '{"scheme":"fr_pmsmp","weekly_hours":35}', notes: [] };
  assert.deepEqual(migrate('placement', '{"weekly_hours": 35.0, "scheme": "fr_pmsmp"}', 1), today);
  assert.deepEqual(migrate('placement', { scheme: 'fr_pmsmp', weekly_hours: 35 }, 1), today);
  for (const format of [2, 0, 1.5, undefined, null, 'one', true]) {
    const error = throwing(() => migrate('placement', {}, format));
    assert.deepEqual([error.code, error.params], ['misuse.format', { given: String(format), known: '1' }]);
  }
  assert.equal(throwing(() => migrate('placement', [], 1)).code, 'misuse.stored');
  assert.equal(throwing(() => migrate('person', {}, 1)).code, 'misuse.record');
});

test('what a keeper asks of packs', () => {
  assert.ok(packTests().ok && packCoverage().ok);
  assert.deepEqual(packTests('fr.pmsmp').data.packs.map(({ pack, failures }) => [pack, failures]), [['fr.pmsmp', []]]);
  const book = Rulebook.embedded();
  const found = book.packDiff(book, 'fr.pmsmp', { cases: JSON.stringify([CASE, {}]), on: ON });
  assert.deepEqual([found.ok, found.data.decisions.cases, found.data.decisions.changed], [true, 2, []]);
  const wrong = [
    [() => packTests('no.pack'), 'misuse.pack'],
    [() => packCoverage(7), 'misuse.pack'],
    [() => packsDue('soon'), 'misuse.on'],
    [() => book.packDiff(book, 'fr.pmsmp', { cases: '[]' }), 'misuse.on'],
    [() => packTests().text('de'), 'misuse.language'],
  ];
  for (const [work, code] of wrong) {
    assert.equal(throwing(work).code, code);
  }
  book.free();
});
