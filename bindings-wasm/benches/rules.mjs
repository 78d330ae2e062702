// How fast Node decides one rule: this package beside rule engines that a user would take instead, on the same people in the same run.
//
// `cargo xtask bench --rules` runs it, as `node rules.mjs FOLDER [--quick]`; FOLDER holds the people, the pack and the outcomes that the bench
// `rules` of the core wrote. Every engine must give those outcomes; only then is anything timed. With `--quick` nothing is. An engine without
// unknown gets the complete cases alone; what it cannot say is worked out for it in JavaScript, inside the time (`asks` names it).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import jsonLogic from 'json-logic-js';
import Publicodes from 'publicodes';
import * as sam from '../js/node.mjs';

const require = createRequire(import.meta.url);
const cedar = require('@cedar-policy/cedar-wasm/nodejs');
const zen = require('@gorules/zen-engine');

const ON = '2026-06-01';
const ROUNDS = 5;
// A slow engine is compared and timed on so many cases.
const FEW = 1000;
const WANTED = ['fr_rsa', 'fr_ass', 'fr_aah'];

/** What the rule reads, flat; null where it is not given. */
function facts(line) {
  const { placement, participant } = JSON.parse(line);
  return {
    scheme: placement.scheme ?? null,
    start: placement.start ?? null,
    end: placement.end ?? null,
    hours: placement.weekly_hours ?? null,
    signed: placement.agreement?.signed_by?.legal_representative ?? null,
    birth: participant.birth_date ?? null,
    benefits: participant.benefits ?? null,
  };
}

const isComplete = (line) => Object.values(facts(line)).every((value) => value !== null);
const days = ({ start, end }) => (Date.parse(end) - Date.parse(start)) / 86_400_000;
const age = ({ start, birth }) => start.slice(0, 4) - birth.slice(0, 4) - (start.slice(5) < birth.slice(5) ? 1 : 0);
const hasBenefit = ({ benefits }) => benefits.some(({ benefit }) => WANTED.includes(benefit));

const ZEN = `scheme != 'fr_pmsmp' ? 'not_covered' :
  d(end).diff(d(start), 'day') <= 30 and d(start).diff(d(birth), 'year') >= 16 and hours <= 48
  and some(benefits, #.benefit in ['fr_rsa', 'fr_ass', 'fr_aah'])
  and (d(start).diff(d(birth), 'year') >= 18 or signed) ? 'accepted' : 'refused'`;

const LOGIC = {
  if: [
    { '!=': [{ var: 'scheme' }, 'fr_pmsmp'] }, 'not_covered',
    { and: [
      { '<=': [{ var: 'days' }, 30] }, { '>=': [{ var: 'age' }, 16] }, { '<=': [{ var: 'hours' }, 48] },
      { some: [{ var: 'benefits' }, { in: [{ var: 'benefit' }, WANTED] }] },
      { or: [{ '>=': [{ var: 'age' }, 18] }, { var: 'signed' }] },
    ] }, 'accepted', 'refused',
  ],
};

function logic(line) {
  const case_ = facts(line);
  return jsonLogic.apply(LOGIC, { ...case_, days: days(case_), age: age(case_) });
}

const CEDAR = `permit(principal, action, resource) when {
  context.scheme == "fr_pmsmp" && context.days <= 30 && context.age >= 16 && context.hours.lessThanOrEqual(decimal("48.0"))
  && context.benefits.containsAny(["fr_rsa", "fr_ass", "fr_aah"]) && (context.age >= 18 || context.signed)
};`;

function cedarAnswers() {
  assert.equal(cedar.preparsePolicySet('rule', { staticPolicies: CEDAR }).type, 'success');
  return (line) => {
    const case_ = facts(line);
    const context = {
      scheme: case_.scheme, days: days(case_), age: age(case_), signed: case_.signed,
      hours: { __extn: { fn: 'decimal', arg: case_.hours.toFixed(1) } },
      benefits: case_.benefits.map(({ benefit }) => benefit),
    };
    const answer = cedar.statefulIsAuthorized({
      principal: { type: 'User', id: 'p' }, action: { type: 'Action', id: 'begin' }, resource: { type: 'Placement', id: 'l' },
      context, preparsedPolicySetId: 'rule', entities: [],
    });
    assert.equal(answer.type, 'success', JSON.stringify(answer));
    return answer.response.decision === 'allow' ? 'accepted' : 'denied';
  };
}

const PUBLICODES = {
  scheme: { type: 'texte' },
  début: { type: 'date' },
  fin: { type: 'date' },
  heures: {},
  âge: {},
  signé: { type: 'booléen' },
  allocation: { type: 'booléen' },
  couvert: "scheme = 'fr_pmsmp'",
  durée: { durée: { depuis: 'début', "jusqu'à": 'fin' }, unité: 'jour' },
  accepté: {
    'toutes ces conditions': [
      'couvert', 'durée <= 30 jour', 'âge >= 16', 'heures <= 48', 'allocation', { 'une de ces conditions': ['âge >= 18', 'signé'] },
    ],
  },
};

function publicodes() {
  const engine = new Publicodes(PUBLICODES);
  const day = (text) => text.split('-').reverse().join('/');
  const yes = (flag) => (flag ? 'oui' : 'non');
  return (line) => {
    const case_ = facts(line);
    engine.setSituation({
      scheme: `'${case_.scheme}'`, début: day(case_.start), fin: day(case_.end), heures: case_.hours, âge: age(case_),
      signé: yes(case_.signed), allocation: yes(hasBenefit(case_)),
    });
    if (!engine.evaluate('couvert').nodeValue) return 'not_covered';
    return engine.evaluate('accepté').nodeValue ? 'accepted' : 'refused';
  };
}

const PEERS = [
  { name: 'zen-engine', make: () => (line) => zen.evaluateExpressionSync(ZEN, facts(line)), asks: 'nothing; the expression is read each time' },
  { name: 'cedar (cedar-wasm)', make: cedarAnswers, asks: 'days, age, benefits as codes; it only permits or denies' },
  { name: 'json-logic (json-logic-js)', make: () => logic, asks: 'days, age' },
  { name: 'publicodes', make: publicodes, asks: 'age (its years have fractions), whether a benefit is one of those wanted', few: true },
];

function speed(run, count) {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, user + system);
  }
  return Math.round((count * 1e6) / best).toLocaleString('en').padStart(12);
}

const folder = process.argv[2];
const text = readFileSync(join(folder, 'rules.ndjson'), 'utf8');
const outcomes = readFileSync(join(folder, 'rules.outcomes'), 'utf8').trim().split('\n');
const lines = text.split('\n');
const pack = readFileSync(join(folder, 'rules.json'), 'utf8');

await sam.init();
const book = sam.Rulebook.embedded().withoutPacks().withPackJson(pack);
const list = `[${lines.join(',')}]`;
const single = () => lines.map((line) => book.decideText(line, ON).outcome);
const all = () => JSON.parse(book.decideAllJson(list, ON)).map((decision) => decision.outcome);
assert.deepEqual(single(), outcomes);
assert.deepEqual(all(), outcomes);

const complete = lines.map((line, row) => ({ line, outcome: outcomes[row] })).filter(({ line }) => isComplete(line));
const runs = PEERS.map((peer) => ({ ...peer, answer: peer.make() }));
for (const { name, answer, few } of runs) {
  for (const { line, outcome } of few ? complete.slice(0, FEW) : complete) {
    const given = answer(line);
    const wanted = given === 'denied' && outcome !== 'accepted' ? 'denied' : outcome;
    assert.equal(given, wanted, `${name}: ${line}`);
  }
}
console.log(`rules in Node: ${lines.length} cases, the same outcomes here; ${complete.length} complete ones, the same from every peer`);
if (!process.argv.includes('--quick')) {
  const row = (name, rate, asks) => console.log(`  ${name.padEnd(44)}${rate}  ${asks}`);
  console.log(`  ${'cases a second, Node'.padEnd(44)}${''.padStart(12)}  worked out for it`);
  row('this package, decideText, one by one', speed(single, lines.length), 'nothing; all cases');
  row('this package, decideAllJson', speed(all, lines.length), 'nothing; all cases, whole decisions');
  row('only reading (JSON.parse)', speed(() => complete.map(({ line }) => facts(line)), complete.length), '');
  for (const { name, answer, asks, few } of runs) {
    const given = few ? complete.slice(0, FEW) : complete;
    row(name, speed(() => given.map(({ line }) => answer(line)), given.length), asks);
  }
}
