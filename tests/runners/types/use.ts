// The hand-written types, used as a partner's developer would. `tsc` reads this; nothing runs it.

import { CodesError, Decision, IndicatorsError, PackError, Rulebook, SamError, check, compare, decide, earliestStart, identifier, indicator, init, migrate, packTests, packsDue, protect, purge, territory, timeline, whatWouldChange } from 'sam-eurometropole';
import type { Day, Finding, Identifier, Interval } from 'sam-eurometropole';
import { PackError as YamlError, loadYaml, packJson } from 'sam-eurometropole/yaml';

const on: Day = '2024-04-22';

async function use(): Promise<string[]> {
  await init({ languages: ['nl'], parts: ['rules'] });
  await init({ engine: new URL('https://example.org/engine.wasm'), data: 'https://example.org/data/' });
  await init({ data: async (name: string) => new TextEncoder().encode(name), parts: [] });
  const report = check('placement', { kind: 'immersion' }, on);
  const codes: string[] = report.findings.map((finding: Finding) => finding.code);
  const decision: Decision = decide({ participant: {}, placement: {} }, on);
  if (decision.outcome === 'refused') {
    codes.push(...decision.deciding, decision.text('nl', { values: true }));
  }
  codes.push(decision.page('nl', { beside: 'fr', reference: 'A' }), decision.ics('fr') ?? 'no day');
  const first: Interval | undefined = timeline({}, on, on)[0];
  codes.push(first?.until ?? '', ...decision.missing.outcome.map((one) => one.field));
  const start = earliestStart({}, on, on, on);
  codes.push(start.earliest ?? '', ...start.inTheWay, ...start.missing.map((one) => one.action), start.text('fr'));
  const changes = whatWouldChange({}, on);
  codes.push(...changes.sets.flatMap((set) => set.changes.map((change) => `${change.field} ${String(change.value)}`)));
  const number: Identifier = identifier('niss', '85.07.30-033 28', on);
  const release = protect({ format: 1, release: 'r', tables: [] });
  codes.push(...release.published.failures, release.text('nl'), String(release.published.tables?.[0]?.cells[0]?.value));
  codes.push(number.normal ?? number.code ?? '', number.text('nl'), String(number.parts['birth_year'] ?? 'not known'));
  const found = territory.find('Moeskroen', on);
  codes.push(...found.hits.flatMap((hit) => [hit.code, hit.match.by, ...hit.at, hit.names.nl ?? '']));
  codes.push(String(territory.members('mel', on).official?.communes), territory.at('BE-54007', on).status);
  try {
    Rulebook.embedded().withPackJson('{}', { replace: true }).free();
  } catch (error) {
    if (error instanceof PackError) codes.push(...error.texts.fr);
    else if (error instanceof SamError) codes.push(error.code);
  }
  await loadYaml({ languages: ['fr'], reader: new URL('https://example.org/yaml.wasm'), data: 'https://example.org/data/' });
  try {
    const json: string = packJson('format: 1', { codes: ['{}'] });
    codes.push(json);
  } catch (error) {
    if (error instanceof YamlError) codes.push(...error.problems.map((one) => `${one.at.line ?? 0} ${one.code}`));
  }
  const list = Rulebook.embedded().codeList('volunteer_task');
  list?.codes.push({ code: 'own_task', label: { fr: 'a', nl: 'b', en: 'c' }, verified: false });
  try {
    Rulebook.embedded().withCodesJson(JSON.stringify(list), { replace: true }).free();
  } catch (error) {
    if (error instanceof CodesError) codes.push(...error.texts.nl, error.problems[0]?.at.pointer ?? '');
  }
  await init({ languages: ['nl'], parts: ['definitions'] });
  const rate = indicator('POV01', 'nl');
  codes.push(rate.definition, rate.caveat ?? '', rate.series['BE-VLG']?.provider ?? '', indicator('POV01').name.fr);
  const compared = compare({ indicator: 'POV01', side: 'FR' }, { indicator: 'POV01', territory: 'BE-57096', period: '2022' });
  codes.push(compared.code ?? '', compared.text('nl'), compared.show, ...rate.breaks.map((found) => found.what));
  try {
    Rulebook.embedded().withIndicatorsJson('{}', { replace: true }).free();
  } catch (error) {
    if (error instanceof IndicatorsError) codes.push(...error.texts.nl, ...Rulebook.embedded().integrity().data.problems.map((one) => one.code));
  }
  codes.push(...purge({ participant: [] }, on).due.map((due) => `${due.record} ${due.row} ${due.action}`));
  codes.push(migrate('event', '{}', 1).json);
  codes.push(...packTests().data.packs.flatMap((pack) => pack.failures.map((failure) => failure.expectation)));
  codes.push(...packsDue(on, { within: 30, pack: 'fr.pmsmp' }).data.due.map((item) => item.rule ?? item.parameter ?? item.pack));
  const embedded = Rulebook.embedded();
  const differences = embedded.packDiff(embedded, 'fr.pmsmp', { cases: '[]', on });
  codes.push(differences.text('nl'), ...differences.data.rules.map((rule) => rule.change));
  return codes;
}

// @ts-expect-error: there is no such part
init({ parts: ['forms'] });
// @ts-expect-error: there is no such record
check('person', {}, on);
// @ts-expect-error: the day is mandatory
decide({});
// @ts-expect-error: there is no such scheme
identifier('vat', '');
// @ts-expect-error: there is no such language
decide({}, on).text('de');
// @ts-expect-error: an outcome is one of four words
export const wrong: boolean = decide({}, on).outcome === 'perhaps';
// @ts-expect-error: the day is mandatory
territory.find('Tournai');

export { use };
