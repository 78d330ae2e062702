/** A day, `YYYY-MM-DD`. */
export type Day = string;
/** A language. */
export type Lang = 'fr' | 'nl' | 'en';
/** The name of a record. */
export type RecordName =
  | 'participant'
  | 'professional'
  | 'organisation'
  | 'worksite'
  | 'placement'
  | 'observation'
  | 'needs_analysis'
  | 'event'
  | 'volunteering'
  | 'project';
/** What of a record is written, and for whom. */
export type View = 'full' | 'minimal' | 'host' | 'anonymous';
/** Whether personal values are shown; they are not unless asked for. */
export interface Values {
  values?: boolean;
}
/** A value for a text: a number, a text, or a list of them. */
export type Param = string | number | boolean | Param[];

/** What is wrong or remarkable in the data. */
export interface Finding {
  code: string;
  severity: 'error' | 'warning' | 'info';
  paths: string[];
  params: { [name: string]: Param };
  /** Params that were left out because they tell something about a person. */
  masked?: string[];
  /** The rule of a `checks` pack, if one said so. */
  rule?: string;
}

/** A field to ask for. */
export interface MissingField {
  field: string;
  action: 'give' | 'correct';
  rules: string[];
}

/** A rule with its status. */
export interface RuleResult {
  id: string;
  effect: 'require' | 'oblige' | 'warn';
  nature: 'binding' | 'discretionary' | 'practice';
  status: string;
  verified: boolean;
  as_of?: Day;
  exception?: string;
  counts?: string;
  who_decides?: string;
  /** What the party that decides has to be sent. */
  send?: { fr: string; nl: string; en: string };
  params: { [name: string]: Param };
  masked?: string[];
}

/** Who has to do what by when. */
export interface Obligation {
  rule: string;
  status: 'due' | 'overdue' | 'possible' | 'met' | 'void';
  who?: string;
  by?: Day;
  params: { [name: string]: Param };
}

/** Days with one outcome: from the first on, until before the last. */
export interface Interval {
  from: Day;
  until: Day;
  outcome: Decision['outcome'];
  changed: string[];
}

/** A field with another value. What tells something about a person is left out, and named in `masked`. */
export interface Change {
  field: string;
  value?: string | number | boolean;
  /** The other codes that do it too, where a code is all that is changed. */
  or?: string[];
  /** What the field holds now; else `absent` says why it holds nothing. */
  was?: string | number | boolean;
  absent?: 'not_given' | 'invalid' | 'not_known' | 'not_collected';
  masked?: string[];
}

/** Changes that belong together, and what they come to. */
export interface ChangeSet {
  changes: Change[];
  outcome: 'accepted' | 'undetermined';
  firmness: Decision['firmness'];
  missing: string[];
}

/** A problem of a pack or a code list, with its place. */
export interface PackProblem {
  code: string;
  at: { pointer: string; line?: number; column?: number };
  params: { [name: string]: string };
}

interface Result {
  /** The canonical JSON (RFC 8785): the same bytes in every language. */
  json(options?: Values): string;
  /** The text for people. */
  text(lang: Lang, options?: Values): string;
  /** The JSON as an object, without personal values. */
  readonly data: { readonly [member: string]: unknown };
  readonly on: Day;
  readonly findings: readonly Finding[];
  toJSON(): unknown;
}

/** What the engine gives for one input, for machines and for people. */
interface Told {
  json(options?: Values): string;
  text(lang: Lang, options?: Values): string;
  readonly on: Day;
  toJSON(): unknown;
}

/** What is wrong in a record. */
export class Report implements Result {
  private constructor();
  json(options?: Values): string;
  text(lang: Lang, options?: Values): string;
  readonly data: { readonly [member: string]: unknown };
  readonly on: Day;
  readonly findings: readonly Finding[];
  toJSON(): unknown;
  /** Whether no finding is an error. */
  readonly ok: boolean;
  readonly record: RecordName;
}

/** What is wrong in the records of a set, and between them. */
export class SetReport {
  readonly ok: boolean;
  readonly on: Day;
  /** Between records; paths begin with the kind and the row, `placement[3].start`. */
  readonly findings: readonly Finding[];
  readonly tables: Partial<Record<RecordName, { rows: number; findings: readonly (Finding & { row: number })[] }>>;
  json(options?: Values): string;
  text(lang: Lang, options?: Values): string;
}

export type ChartKind = 'bars' | 'trend' | 'multiples' | 'dots' | 'areas';
/** Which charts are made; `docs/charts.md` says what each option does. */
export interface ChartOptions {
  kinds?: readonly ChartKind[];
  /** A GeoJSON `FeatureCollection` with the shapes of communes. */
  boundaries?: object;
  property?: string;
  country?: string;
}
/** A chart, and its Vega-Lite 6 specification. */
export interface Chart {
  readonly id: string;
  readonly kind: ChartKind;
  readonly indicator: string;
  readonly breakdown: Readonly<Record<string, string>>;
  readonly title: string;
  readonly spec: object;
}

/** A request of figures; `docs/dashboard.md` says what each member does. */
export interface FiguresRequest {
  indicators: readonly string[];
  territories?: readonly string[];
  areas?: readonly string[];
  zone?: string;
  periods?: 'latest_common' | 'latest' | 'all' | readonly string[];
  breakdowns?: 'all' | readonly Readonly<Record<string, string>>[];
  vintage?: number;
  mixed?: boolean;
  sources?: readonly string[];
  profiles?: readonly string[];
  /** Hides small numbers before anything is derived; `true` for the defaults. */
  protect?: boolean | FiguresProtection;
}

/** How figures are protected; `docs/dashboard.md` says what each member does. */
export interface FiguresProtection {
  rules?: Readonly<Record<string, readonly string[]>>;
  rule?: Readonly<Record<string, unknown>>;
  public?: readonly string[];
  /** Dashboards that were published before, as their JSON. */
  earlier?: readonly unknown[];
}

/** The record of the producer of a protected dashboard: what was hidden and why. Not to be published. */
export interface ProtectionRecord {
  made_by: unknown;
  passed: boolean;
  release: Readonly<Record<string, unknown>>;
  held: readonly {
    indicator: string;
    breakdown: Readonly<Record<string, string>>;
    period: string;
    place: string;
    why:
      | 'producer' | 'few' | 'not_counted' | 'everybody' | 'mixed' | 'not_additive' | 'holds' | 'same_number' | 'beside_counts';
  }[];
  not_judged: readonly { indicator: string; figures: number }[];
}

/** Why there is no value. */
export type FigureAbsent =
  | 'missing' | 'hidden' | 'not_collected' | 'not_applicable' | 'not_available' | 'not_at_level' | 'several' | 'part_hidden'
  | 'part_missing' | 'part_censored' | 'no_counts' | 'no_weights' | 'not_additive' | 'not_comparable' | 'mixed_vintage' | 'split'
  | 'outside_coverage';

/** A figure of a place in a period: a value, or why there is none. */
export interface FigureCell {
  place: string;
  side?: string;
  period: string;
  vintage?: number;
  value?: number;
  absent?: FigureAbsent;
  status?: string;
  source?: string;
  caveats?: readonly string[];
}

export interface FigureGap {
  to: string;
  reference: number;
  difference: number;
  percent?: number;
}

export interface FigureTrend {
  first: { period: string; value: number };
  last: { period: string; value: number };
  points: number;
  change?: number;
  percent?: number;
  course?: 'rising' | 'falling' | 'stable';
  breaks?: readonly { period: string; break: string | null }[];
}

/** A figure of a dashboard, with what follows from it. */
export interface DashboardCell extends FigureCell {
  computed?: true;
  gaps?: readonly FigureGap[];
  rank?: { place: number; of: number; tied: boolean; among: string };
  unranked?: 'count' | 'uncertain' | 'censored' | 'definition_differs' | 'alone';
  trend?: FigureTrend;
}

/** One indicator and one part of the population. */
export interface FigureSeries<Cell> {
  indicator: string;
  unit: string;
  grade: 'A' | 'B' | 'C' | 'N';
  breakdown: Readonly<Record<string, string>>;
  show: 'one_side' | 'ranked' | 'with_caveat' | 'beside' | 'apart';
  caveats: readonly string[];
  cells: readonly Cell[];
}

/** Figures of three systems side by side, each with where it comes from. */
export class Harmonised {
  readonly findings: readonly Finding[];
  readonly request: FiguresRequest | null;
  readonly series: readonly FigureSeries<FigureCell & { from: { operations: readonly string[]; rows: readonly number[] } }>[];
  json(): string;
  text(lang: Lang): string;
}

/** What is expected of some communes; `docs/needs.md` says what each member does. */
export interface ExpectedFigures {
  partners?: readonly string[];
  territories?: readonly string[];
  zone?: string;
  periods: readonly string[];
  indicators?: readonly string[];
  tier?: 1 | 2 | 3;
}

/** How many figures are expected, and in each state. */
export interface FigureCounts {
  expected: number;
  there: number;
  hidden: number;
  not_collected: number;
  not_applicable: number;
  missing: number;
  silent: number;
}

/** Which figures are there of those that are expected, and which are not. */
export class Completeness {
  private constructor();
  readonly findings: readonly Finding[];
  readonly counts: FigureCounts;
  readonly by: Readonly<Record<'partner' | 'producer' | 'theme' | 'territory', readonly (FigureCounts & Record<string, unknown>)[]>>;
  readonly gaps: readonly {
    indicator: string;
    theme: string;
    period: string;
    producer: string;
    why: 'hidden' | 'not_collected' | 'not_applicable' | 'missing' | 'silent';
    do: 'leave' | 'decide' | 'ask' | 'count' | 'fetch';
    territories: readonly string[];
  }[];
  readonly notExpected: readonly { indicator: string; side: string; why: 'not_available' | 'not_at_level' }[];
  json(): string;
  text(lang: Lang): string;
}

/** What was read of a file of a national producer. */
export class NationalFile {
  private constructor();
  readonly ok: boolean;
  /** Records `observation`, for `checkSet`. */
  readonly observations: readonly { readonly [field: string]: unknown }[];
  /** What is wrong or was read in another way than it was written: each thing once, with how often and on which lines first. */
  readonly findings: readonly Finding[];
  /** Each row or cell that gave no figure: its `line` and the `code` of why. */
  readonly dropped: readonly { readonly code: string; readonly line: number; readonly [param: string]: unknown }[];
  readonly data: { readonly [member: string]: unknown };
  json(): string;
  text(lang: Lang): string;
}

/** Figures side by side with gaps, ranks, courses, what needs attention, and communes beside their neighbours across the border. */
export class Dashboard {
  /** The record of the producer; null if nothing was to be protected. Not to be published. */
  readonly record: ProtectionRecord | null;
  recordJson(): string;
  readonly findings: readonly Finding[];
  readonly request: FiguresRequest | null;
  readonly series: readonly FigureSeries<DashboardCell>[];
  readonly attention: readonly {
    place: string;
    theme: string;
    reasons: readonly {
      why: 'worse' | 'worsening' | 'missing' | 'hidden' | 'unverified';
      about: 'need' | 'data';
      indicator: string;
      breakdown: Readonly<Record<string, string>>;
      period: string;
      gap?: FigureGap;
      trend?: FigureTrend;
    }[];
  }[];
  readonly profiles: readonly {
    place: string;
    neighbours: readonly { place: string; confidence: 'high' | 'low' }[];
    series: readonly {
      indicator: string;
      breakdown: Readonly<Record<string, string>>;
      show: string;
      own: FigureCell;
      others: readonly (FigureCell & { gap?: FigureGap })[];
    }[];
  }[];
  json(): string;
  text(lang: Lang): string;
  /** One flat object for each figure that is shown, all with the same keys. */
  rows(): Record<string, string | number | boolean | null | readonly string[]>[];
}

/** What only who reads knows of a national file. */
export interface NationalOptions {
  /** Period of the figures, where the file does not say it. */
  period?: string;
  /** Name of the file or sheet, in which a year may stand. */
  name?: string;
  /** What the figures are of, where the mapping asks for it. */
  indicator?: string;
  partner?: string;
  released_on?: Day;
}

/** A file of a national producer: its text, its bytes, or the rows of a sheet. */
export type NationalInput = string | Uint8Array | ArrayBuffer | readonly (readonly unknown[])[];

/** What could be arranged otherwise, so that no condition fails. The centre decides. */
export class Changes {
  private constructor();
  json(options?: Values): string;
  text(lang: Lang, options?: Values): string;
  readonly data: { readonly [member: string]: unknown };
  readonly on: Day;
  toJSON(): unknown;
  /** The outcome of the case as it is. */
  readonly outcome: Decision['outcome'];
  /** The conditions that failed; if there are none, nothing is looked for. */
  readonly failed: readonly string[];
  readonly sets: readonly ChangeSet[];
  /** Whether everything was tried; otherwise there may be more sets. */
  readonly complete: boolean;
}

/** A test of a rule. Its `truth` is `masked` where it would tell something about a person. */
export interface ExplainedTest {
  operator: string;
  truth: 'true' | 'false' | 'unknown' | 'masked';
  /** What it asks for, and what was found. */
  text: string;
  /** Each field that was read, with one of the other members. */
  reads: { field: string; value?: Param; absence?: string; applies?: false; masked?: true }[];
  /** Each parameter that was looked up; without a value where it has none on the day. */
  params: { name: string; unit?: string; value?: Param | { [code: string]: number }; from?: Day; to?: Day; source?: string; verified?: boolean }[];
  /** The tests inside; those on elements of a list once for each. */
  children: ExplainedTest[];
}

/** A rule that takes part. */
export interface ExplainedRule {
  id: string;
  effect: 'require' | 'oblige' | 'warn';
  nature: 'binding' | 'discretionary' | 'practice';
  status: 'satisfied' | 'excepted' | 'failed' | 'unknown';
  /** Whether it is among the rules that decide. */
  decides: boolean;
  say: string;
  source: string;
  verified: boolean;
  counts?: 'fails' | 'to_check' | 'discretionary';
  exception?: string;
  as_of?: Day;
  who_decides?: string;
  send?: string;
  /** What leaves open whether it is asked. */
  notes?: string[];
  parts: { part: 'applies_when' | 'when' | 'that' | 'unless'; id?: string; tree: ExplainedTest }[];
}

/** Why a decision is what it is, with sentences in a language. */
export interface Explanation {
  readonly made_by: { readonly [member: string]: unknown };
  readonly on: Day;
  readonly lang: Lang;
  readonly outcome: Decision['outcome'];
  /** That the centre decides. */
  readonly note: string;
  readonly rules: readonly ExplainedRule[];
}

/** Something that has to be done with a record, and why. */
export interface Due extends Omit<Finding, 'severity' | 'rule'> {
  record: RecordName;
  row: number;
  action: 'delete' | 'anonymise' | 'destroy_list' | 'set_day' | 'check';
}

/** What has to be deleted or anonymised by a day. */
export class Purge {
  private constructor();
  readonly on: Day;
  readonly due: readonly Due[];
  readonly actions: Partial<Record<Due['action'], number>>;
  json(options?: Values): string;
  text(lang: Lang, options?: Values): string;
}

/** From which day a placement could start, and what stands in the way before it. The centre decides. */
export class EarliestStart implements Result {
  private constructor();
  json(options?: Values): string;
  text(lang: Lang, options?: Values): string;
  readonly data: { readonly [member: string]: unknown };
  readonly on: Day;
  readonly findings: readonly Finding[];
  toJSON(): unknown;
  /** The first start day whose outcome is `accepted`. */
  readonly earliest: Day | null;
  /** The ids of the rules that decide before it, or on all days. */
  readonly inTheWay: readonly string[];
  /** Start days with one outcome. Empty where something is missing. */
  readonly intervals: readonly Interval[];
  /** The days of the placement that have to be given or corrected first. */
  readonly missing: readonly { field: string; action: 'give' | 'correct' }[];
}

/** Whether the conditions of a placement are met, why, and what is missing. The centre decides. */
export class Decision implements Result {
  private constructor();
  /** Why it is what it is: the tests of each rule that takes part. `values` adds what tells something about a person. */
  explanation(lang: Lang, options?: Values): Explanation;
  /** The same as canonical JSON. */
  explanationJson(lang: Lang, options?: Values): string;
  /** The same as indented lines, of the rules that decide, or with `everyRule` of all that take part. */
  explanationText(lang: Lang, options?: Values & { everyRule?: boolean }): string;
  /** A page to print: one HTML document that loads nothing, in the centre's language, with the partner's `beside` it. `reference` is what the centre calls the case. */
  page(lang: Lang, options?: Values & { beside?: Lang; reference?: string }): string;
  /** The deadlines as the text of an `.ics` file (RFC 5545); `undefined` if no open obligation has a day. */
  ics(lang: Lang, options?: Values & { reference?: string }): string | undefined;
  json(options?: Values): string;
  text(lang: Lang, options?: Values): string;
  readonly data: { readonly [member: string]: unknown };
  readonly on: Day;
  readonly findings: readonly Finding[];
  toJSON(): unknown;
  readonly outcome: 'accepted' | 'refused' | 'undetermined' | 'not_covered';
  readonly firmness: 'firm' | 'to_check' | 'discretionary';
  /** Accepted, and no obligation open. */
  readonly ready: boolean;
  /** The ids of the rules that decide. */
  readonly deciding: readonly string[];
  readonly rules: readonly RuleResult[];
  /** Fields to ask, in the order worth asking. */
  readonly missing: { outcome: MissingField[]; other: MissingField[]; stated: unknown[] };
  readonly obligations: readonly Obligation[];
  readonly warnings: readonly { rule: string; params: { [name: string]: Param } }[];
  /** What the rulebook does not say. */
  readonly gaps: readonly { [member: string]: unknown }[];
}

/** What a keeper asks of packs. `docs/packs.md` lists the members of `data`. */
export class PackReport<Data = { readonly [member: string]: unknown }> {
  private constructor();
  /** Whether there is nothing to do. */
  readonly ok: boolean;
  /** The canonical JSON (RFC 8785): the same bytes in every language. */
  json(): string;
  /** The text for people. */
  text(lang: Lang): string;
  readonly data: Data;
  toJSON(): Data;
}

/** What is wrong or odd about a pack. Where it loads, the problems are advice. */
export interface PackAdvice {
  ok: boolean;
  loads: boolean;
  problems: PackProblem[];
}

/** The tests of packs, and every expectation that did not hold. */
export interface PackTests {
  ok: boolean;
  packs: { pack: string; tests: number; failures: { test: string; expectation: string; expected: unknown; got: unknown }[] }[];
}

/** What the tests of packs do not reach. */
export interface PackCoverage {
  ok: boolean;
  packs: {
    pack: string;
    tests: number;
    rules: string[];
    exceptions: { rule: string; exception: string }[];
    statuses: { rule: string; status: 'satisfied' | 'failed' }[];
    values: { parameter: string; from?: Day; to?: Day }[];
    /** Days on which something turns, without a test on one of their sides. With neither `rule` nor `parameter`: of the pack. */
    days: { rule?: string; parameter?: string; from?: Day; to?: Day; compared?: Day; untested: Day[] }[];
  }[];
}

/** What is to be looked at again: the earliest day first. */
export interface PacksDue {
  ok: boolean;
  on: Day;
  due: {
    pack: string;
    rule?: string;
    parameter?: string;
    from?: Day;
    to?: Day;
    reasons: { reason: 'review_by' | 'checked_until' | 'not_verified'; day?: Day; passed?: boolean }[];
    source?: { readonly [key: string]: unknown };
  }[];
}

/** A key before and after; absent where it was not there. */
export interface KeyChange {
  key: string;
  before?: unknown;
  after?: unknown;
}

/** What happened to a part of a pack. */
export interface PartChange {
  change: 'added' | 'removed' | 'changed';
  keys: KeyChange[];
}

/** The differences of a pack between two rulebooks. */
export interface PackDifferences {
  ok: boolean;
  pack: string;
  before: { version: string; hash: string };
  after: { version: string; hash: string };
  head: KeyChange[];
  parameters: (PartChange & { parameter: string; values?: (PartChange & { from?: Day })[] })[];
  rules: (PartChange & { rule: string })[];
  tests: (PartChange & { test: string })[];
  decisions?: {
    on: Day;
    cases: number;
    unread: number[];
    changed: {
      case: number;
      outcome: { before: Decision['outcome']; after: Decision['outcome'] };
      firmness: { before: Decision['firmness']; after: Decision['firmness'] };
      ready: { before: boolean; after: boolean };
      rules: { rule: string; before?: string; after?: string }[];
    }[];
  };
}

/** A kind of number that identifies a firm, a place, an account or a person. */
export type Scheme =
  | 'siren'
  | 'siret'
  | 'fr_vat'
  | 'nir'
  | 'niss'
  | 'be_enterprise'
  | 'be_establishment'
  | 'iban'
  | 'fr_postcode'
  | 'be_postcode'
  | 'insee_commune'
  | 'nis_commune'
  | 'finess'
  | 'pass_iae';

/** What a number is, or what is wrong with it. */
export class Identifier {
  private constructor();
  readonly scheme: Scheme;
  /** Whether the number is well formed. That does not prove that it has been given out. */
  readonly valid: boolean;
  /** The form to store: without separators, in upper case. */
  readonly normal: string | undefined;
  /** The form that people read. */
  readonly shown: string | undefined;
  /** What the number itself says; `null` is what it leaves open. */
  readonly parts: { readonly [part: string]: string | number | null };
  /** What is wrong (`identifier.length`, …). */
  readonly code: string | undefined;
  readonly params: { readonly [name: string]: Param };
  /** The canonical JSON (RFC 8785), with the number. */
  json(): string;
  /** One line for people, without the number. */
  text(lang: Lang): string;
}

/** A cell as it is published: a value, or `conf_status` C (confidential) and nothing else. */
export interface PublishedCell {
  readonly at: readonly string[];
  readonly value?: number;
  readonly conf_status?: 'C';
  readonly denominator?: number;
}

/** What may be published of a release. One that did not pass has no tables. */
export interface Published {
  readonly release: string;
  readonly passed: boolean;
  readonly failures: readonly string[];
  readonly problems: readonly PackProblem[];
  readonly tables?: readonly {
    readonly table: string;
    readonly variable: string;
    readonly dimensions: readonly string[];
    readonly cells: readonly PublishedCell[];
  }[];
  readonly cells?: number;
  readonly hidden?: number;
}

/** Options of an export of figures; `docs/exports.md` says what each does. */
export interface ExportRequest {
  format: 'sdmx_csv' | 'json_stat' | 'data_package';
  /** The day of the export; SDMX needs it. */
  on?: Day;
  lang?: Lang;
  agency?: string;
  complete?: boolean;
  title?: string;
  name?: string;
  licenses?: readonly { name?: string; path?: string; title?: string }[];
  /** Exports the cells of figures side by side in place of the observations. */
  harmonise?: FiguresRequest;
}

/** Options of the vocabulary. */
export interface VocabularyRequest {
  format: 'turtle' | 'json_ld';
  /** The beginning of IRIs, https, ending in `/` or `#`. */
  base?: string;
  themes?: readonly string[];
  lists?: readonly string[];
}

/** Options of the criteria. */
export interface CriteriaRequest {
  format: 'turtle' | 'json_ld';
  base?: string;
  packs?: readonly string[];
}

/** Files of a format, and what could not be said in it. */
export class Export {
  private constructor();
  /** Whether no finding is an error; there are no files otherwise. */
  readonly ok: boolean;
  /** The text of each file by its name. */
  readonly files: { readonly [name: string]: string };
  readonly findings: readonly Finding[];
  readonly data: { readonly [member: string]: unknown };
  json(): string;
  text(lang: Lang): string;
}

/** A release with what is hidden in it, and the proof of it. */
export class Protection {
  private constructor();
  /** Whether it may be published. */
  readonly passed: boolean;
  readonly published: Published;
  /** The record of the producer: what is hidden and why, and what an outsider can find out. It must not be published. */
  readonly record: { readonly [member: string]: unknown };
  /** What may be published, as canonical JSON (RFC 8785). */
  json(): string;
  /** The record of the producer, as canonical JSON. */
  recordJson(): string;
  /** One line on the whole, then one for each problem. For the producer. */
  text(lang: Lang): string;
}

/** A call that is wrong. Data never throw. */
export class SamError extends Error {
  protected constructor();
  readonly code: string;
  readonly params: { readonly [name: string]: string };
}

declare class DocumentError extends SamError {
  readonly problems: readonly PackProblem[];
  /** The problems as texts, in the languages that were loaded. */
  readonly texts: { readonly [lang in Lang]: readonly string[] };
}

/** A pack was not added. */
export class PackError extends DocumentError {
  readonly name: 'PackError';
}

/** A code list was not added. */
export class CodesError extends DocumentError {
  readonly name: 'CodesError';
}

/** A partner's own indicators were not added. */
export class IndicatorsError extends DocumentError {
  readonly name: 'IndicatorsError';
}

/** A mapping of a national file cannot be used. */
export class MappingError extends DocumentError {
  readonly name: 'MappingError';
}

/** Where a commune stands on a day, and what covers its ground then. */
export interface Standing {
  status: 'in_force' | 'ended' | 'not_yet' | 'outside_coverage' | 'malformed';
  /** The communes in force on the day that cover its ground. */
  at: string[];
  /** Codes that belong to its ground and are not held. */
  at_outside_coverage: string[];
}

/** Names in three languages; `substitutes` are the languages of which the name is none. */
export interface Named {
  names: { [lang in Lang]?: string };
  substitutes: Lang[];
}

/** A commune that a query may mean, and how it matched. */
export interface TerritoryHit extends Standing, Named {
  code: string;
  system: string;
  match: {
    by: 'code' | 'name' | 'former_name' | 'postal_code' | 'prefix' | 'word' | 'near';
    text: string;
    lang?: 'fr' | 'nl';
    slips?: number;
  };
}

/** Versions and hashes of what made an answer. */
export interface MadeBy {
  format: number;
  engine: string;
  rulebook: { version: string; hash: string };
  packs: unknown[];
  /** The code lists that were added, if any. */
  codes?: { id: string; hash: string; origin: 'added' }[];
  /** The partners whose own indicators were added, if any. */
  indicators?: { id: string; hash: string; origin: 'added' }[];
}

/** A code list, as its document writes it. */
export interface CodeList {
  list: string;
  title: { [lang in Lang]: string };
  source: string;
  codes: ListedCode[];
}

/** A code with its labels, and when it was in force. */
export interface ListedCode {
  code: string;
  label: { [lang in Lang]: string };
  from?: Day;
  to?: Day;
  system?: 'FR' | 'BE' | 'BE-WAL' | 'BE-VLG';
  concept?: string;
  replaced_by?: string[];
  verified: boolean;
  source?: string;
}

/** A side of the border. */
export type Side = 'FR' | 'BE-WAL' | 'BE-VLG';

/** A value for the sides that have one. */
export type BySide<T> = { [side in Side]?: T };

/** An indicator in full; `Text` is a text of one language, or of all three. */
export interface Indicator<Text = string> extends Answer {
  /** The edition of the taxonomy. */
  taxonomy: string;
  code: string;
  theme: string;
  /** Whose it is, if it was added. */
  partner?: string;
  name: Text;
  definition: Text;
  numerator?: Text;
  denominator?: Text;
  /** What has to be shown beside a comparison. */
  caveat?: Text;
  tier: 1 | 2 | 3;
  unit: string;
  /** What numerator ÷ denominator is multiplied by. */
  per?: number;
  min: number;
  max?: number;
  lowest: BySide<string>;
  partial?: BySide<string>;
  censored_at?: BySide<number>;
  breakdowns: string[];
  category?: string;
  grade: 'A' | 'B' | 'C' | 'N';
  aggregation: 'sum' | 'ratio_of_sums' | 'population_weighted_mean' | 'non_additive_distinct' | 'none';
  direction: 'higher_is_worse' | 'higher_is_better' | 'context';
  frequency: string;
  evidence: 'own' | 'partly_verified' | 'to_verify';
  series: BySide<{ provider: string; name: string }>;
  anchor: { dataset: string; seen: boolean }[];
  breaks: { id: string; when: { sides: Side[]; from: Day; to?: Day }[]; what: Text; verified: boolean }[];
}

/** A figure that is to be compared: an observation, or an indicator and a side. */
export type Figure =
  | { indicator: string; side: Side }
  | {
      indicator: string;
      territory?: string;
      area?: string;
      level?: string;
      period?: string;
      vintage?: number;
      unit?: string;
      breakdown?: { [part: string]: string };
    };

/** Whether two figures can be compared, and if not, why, in one sentence. */
export class Comparison {
  private constructor();
  readonly comparable: boolean;
  /** What stands against it (`comparable.proxy`, …). */
  readonly code: string | undefined;
  /** How the figures may be shown. */
  readonly show: 'ranked' | 'with_caveat' | 'beside' | 'apart';
  /** The canonical JSON (RFC 8785). */
  json(): string;
  /** The sentence in `fr`, `nl` or `en`. */
  text(lang: Lang): string;
  readonly data: Answer & {
    comparable: boolean;
    show: 'ranked' | 'with_caveat' | 'beside' | 'apart';
    reason?: { code: string; params: { [name: string]: string | number } };
  };
  toJSON(): unknown;
}

/** A record of today's format. */
export interface Migrated {
  format: number;
  /** The record as canonical JSON. */
  json: string;
  /** Ids of what was changed; empty for a record of today. */
  notes: string[];
}

interface Answer {
  made_by: MadeBy;
}

/** What a query may mean. */
export interface TerritoryFound extends Answer {
  query: string;
  on: Day;
  hits: TerritoryHit[];
  /** Whether these are all. */
  complete: boolean;
  /** The form of a code or postal code that no commune has. */
  outside_coverage: boolean;
}

/** A code on a day. What follows `system` is there for a commune that is held. */
export interface TerritoryAt extends Answer, Standing, Partial<Named> {
  code: string;
  on: Day;
  system?: string;
  arrondissement?: string;
  nuts3?: string;
  postal_codes?: string[];
  from?: Day;
  to?: Day;
  zones?: { zone: string; dated: boolean }[];
  former_names?: { name: string; until: Day }[];
  predecessors?: string[];
  successors?: string[];
}

/** What communes lie in. */
export interface Area extends Named {
  code: string;
  kind: 'country' | 'region' | 'departement' | 'province' | 'arrondissement' | 'epci' | 'zone' | 'nuts1' | 'nuts2' | 'nuts3';
  /** Whether members are known for every day; otherwise the present ones stand for all days. */
  dated: boolean;
  from?: Day;
  to?: Day;
}

/** Whether the rulebook holds a code. */
export type Coverage = 'known' | 'outside_coverage' | 'malformed';

/** The members of an area. What follows `members` is there for an area that is held. */
export interface TerritoryMembers extends Answer, Partial<Omit<Area, 'code'>> {
  area: string;
  on: Day;
  /** How many of its communes the rulebook holds. */
  held: 'all' | 'part' | 'none';
  members: string[];
  official?: { communes: number; on: Day };
}

/** A commune across the border. */
export interface TerritoryNeighbour extends Named {
  code: string;
  system: string;
  cross_border: boolean;
  confidence: 'high' | 'low';
}

/** What happened to a code. */
export interface TerritoryChange {
  date: Day;
  kind: 'merge' | 'absorbs' | 'recode' | 'rename' | 'reestablish' | 'create';
  from?: string;
  to: string;
  former_name?: string;
  source: string;
}

/** The communes on both sides of the border. A code that is not held is answered with `outside_coverage`. */
export class Territory {
  private constructor();
  /** The communes that a query may mean: a name in French or Dutch, a postal code, a code with or without its country. */
  find(query: string, on: Day): TerritoryFound;
  /** What a code is on a day, and which communes cover its ground then. */
  at(code: string, on: Day): TerritoryAt;
  /** What a commune or an area lies in, from the nearest to the country, then its NUTS regions. */
  ancestors(code: string): Answer & { code: string; coverage: Coverage; ancestors: Area[] };
  /** The communes of an area or a zone that were in force on a day. */
  members(area: string, on: Day): TerritoryMembers;
  /** The present communes across the border that a commune touches. */
  neighbours(code: string): Answer & { code: string; coverage: Coverage; dated: boolean; neighbours: TerritoryNeighbour[] };
  /** Mergers, recodes and renames from a day to another, both included. */
  changes(first: Day, last: Day): Answer & { first: Day; last: Day; changes: TerritoryChange[] };
}

/** Code lists, territory, texts and packs in one version. It never changes: adding a pack gives another rulebook. */
export class Rulebook {
  private constructor();
  /** The rulebook that comes with the package. */
  static embedded(): Rulebook;
  /**
   * A copy with a pack added, written in JSON.
   * @throws PackError with all problems; SamError `pack.taken` if a pack has this id and `replace` is not set.
   */
  withPackJson(text: string, options?: { replace?: boolean }): Rulebook;
  /** A copy without the packs that decide; those that give findings stay. */
  withoutPacks(): Rulebook;
  /** `YYYY.N`. */
  readonly version: string;
  /** The content hash, in hexadecimal. */
  readonly hash: string;
  /** The hash of each part. */
  readonly parts: { readonly [part: string]: string };
  /** The communes, what they lie in and what happened to them. */
  readonly territory: Territory;
  check(record: RecordName, data: unknown, on: Day): Report;
  checkText(record: RecordName, text: string, on: Day): Report;
  checkSet(lists: Partial<Record<RecordName, unknown[] | string>>, on: Day): SetReport;
  /**
   * Reads a file of a national producer into observations, by a mapping of the package (its id) or a document. Only in the full build.
   * @throws MappingError with all problems; SamError `misuse.mapping`, `misuse.national_option`, `misuse.build`.
   */
  readNational(file: NationalInput, mapping: string | object, on: Day, options?: NationalOptions): NationalFile;
  /** What has to be deleted or anonymised by a day of lists of records, and why. Nothing is deleted. */
  purge(lists: Partial<Record<RecordName, unknown[] | string>>, on: Day): Purge;
  /** An analysis of needs, as an object or JSON text, theme by theme: figures, findings, priorities, what the shared core lacks. Full build. */
  needsSummary(analysis: unknown, on: Day): NeedsSummary;
  /** What changed from one submission of an analysis to another. Full build. */
  needsDifference(before: unknown, after: unknown, on: Day): NeedsDifference;
  /** The table of figures that a centre fills in, as CSV with the codes filled in. Full build. */
  needsTemplate(territory: string, options: NeedsTemplate): string;
  /** Observations side by side as a request asks for. Full build. */
  harmonise(observations: readonly unknown[] | string, request: FiguresRequest | string): Harmonised;
  /** Which figures are there of those that are expected, which are not, and what to do. Full build. */
  completeness(observations: readonly unknown[] | string, request: ExpectedFigures | string): Completeness;
  /** The dashboard of observations; with `protect` in the request small numbers are hidden before anything is derived. Full build. */
  dashboard(observations: readonly unknown[] | string, request: FiguresRequest | string): Dashboard;
  /** Observations that are fit to be published, in a format of others. Full build. */
  exportFigures(observations: readonly unknown[] | string, request: ExportRequest | string): Export;
  /** The taxonomy and the code lists as SKOS. Full build. */
  vocabulary(request: VocabularyRequest | string): Export;
  /** The rules of packs as criteria and the papers that prove them (CCCEV). Full build. */
  criteria(request: CriteriaRequest | string): Export;
  /** The charts of a dashboard as Vega-Lite 6 specifications, titles, labels and numbers in a language. Full build. */
  charts(observations: readonly unknown[] | string, request: FiguresRequest | string, lang: Lang, options?: ChartOptions): Chart[];
  /** The report of a dashboard to print: an HTML document that loads nothing; of one place if it is given. Full build. */
  report(observations: readonly unknown[] | string, request: FiguresRequest | string, lang: Lang, options?: { place?: string }): string;
  decide(data: unknown, on: Day): Decision;
  decideText(text: string, on: Day): Decision;
  decideAllJson(text: string, on: Day, options?: Values): string;
  explainAll(text: string, on: Day, lang: Lang, options?: Values): string[];
  /** What is written of a record, as canonical JSON: `minimal` is what is stored, `host` what a host needs. */
  view(record: RecordName, data: unknown, view?: View): string;
  viewText(record: RecordName, text: string, view?: View): string;
  timeline(data: unknown, first: Day, last: Day): Interval[];
  timelineText(text: string, first: Day, last: Day): Interval[];
  /** The same as text: each interval, with the rules that stand otherwise than before. */
  explainTimeline(data: unknown, first: Day, last: Day, lang: Lang, options?: Values): string;
  explainTimelineText(text: string, first: Day, last: Day, lang: Lang, options?: Values): string;
  /**
   * From which day of `first` to `last` the placement could start: first and last day move together, `on` stays.
   * @throws SamError `misuse.on`, `misuse.backwards`, `limit.timeline` (more than 50 years).
   */
  earliestStart(data: unknown, on: Day, first: Day, last: Day): EarliestStart;
  earliestStartText(text: string, on: Day, first: Day, last: Day): EarliestStart;
  /** What a centre or a host could arrange otherwise, so that no condition fails. */
  whatWouldChange(data: unknown, on: Day): Changes;
  whatWouldChangeText(text: string, on: Day): Changes;
  /** Hides what must stay hidden of a release of tables, given as an object or as JSON text, and proves it. */
  protect(release: unknown): Protection;
  /** Reads a number of a scheme. `on` is the day of the question: a `niss` of a later year is refused. */
  identifier(scheme: Scheme, text: string, on?: Day): Identifier;
  /** The label of a field, by its path without indices; the path itself where there is none. */
  label(record: RecordName, path: string, lang: Lang): string;
  /** The help of a field. */
  help(record: RecordName, path: string, lang: Lang): string | undefined;
  /**
   * A copy with a code list added, written in JSON. Fields that name the list read its codes from now on. A list that takes the place of
   * another (`replace`) keeps all of its codes; one that is out of use gets a last day.
   * @throws CodesError with all problems; SamError `codes.taken` if a list has this id and `replace` is not set.
   */
  withCodesJson(text: string, options?: { replace?: boolean }): Rulebook;
  /** The document of a code list, to add codes to and give back to `withCodesJson`. */
  codeList(id: string): CodeList | undefined;
  /**
   * A copy with a partner's own indicators added, written in JSON: observations are checked by them from now on. Each code begins with the
   * partner's. A document that takes the place of the one before (`replace`) keeps all codes, and no code changes what it means.
   * @throws IndicatorsError with all problems; SamError `indicators.taken` if the partner has indicators and `replace` is not set.
   */
  withIndicatorsJson(text: string, options?: { replace?: boolean }): Rulebook;
  /** The document of a partner's own indicators, to add some and give back to `withIndicatorsJson`. */
  ownIndicators(partner: string): unknown;
  /** An indicator in full, with its texts in a language, or in all three. @throws SamError `misuse.indicator`. */
  indicator(code: string, lang: Lang): Indicator;
  indicator(code: string): Indicator<{ [lang in Lang]: string }>;
  /** Whether two figures can be compared. @throws SamError `misuse.indicator`, `misuse.place`, `misuse.period`. */
  compare(a: Figure, b: Figure): Comparison;
  /** What is wrong with the indicators of the rulebook; nothing, for those of the package. */
  integrity(): PackReport<Answer & { ok: boolean; problems: PackProblem[] }>;
  /**
   * A stored record, as JSON text or as an object, in today's format. `format` is that of its report.
   * @throws SamError `misuse.record`, `misuse.format`, `misuse.stored`.
   */
  migrate(record: RecordName, data: unknown, format: number): Migrated;
  /** What is wrong or odd about a pack, written in JSON: what keeps it from being added, or else advice (codes `lint.…`). */
  lintPackJson(text: string): PackReport<PackAdvice>;
  /** Runs the tests of a pack, or of all. @throws SamError `misuse.pack`. */
  packTests(pack?: string): PackReport<PackTests>;
  /** What the tests of a pack, or of all, do not reach. */
  packCoverage(pack?: string): PackReport<PackCoverage>;
  /** What is to be looked at again on a day, or within so many days after it. */
  packsDue(on: Day, options?: { within?: number; pack?: string }): PackReport<PacksDue>;
  /** What differs in a pack of another rulebook, and for which `cases`: a JSON list, or one case a line, with the day `on`. */
  packDiff(after: Rulebook, pack: string, options?: { cases?: string; on?: Day }): PackReport<PackDifferences>;
  /** Gives the memory back. The rulebook and its results are of no use afterwards. */
  free(): void;
}

/**
 * What of the rulebook a page may leave out: the packs that decide, what their keepers ask for, and what the indicators mean (`indicator`, `compare`,
 * `integrity`, `withIndicatorsJson`). `tests` brings `rules`.
 */
export type Part = 'rules' | 'tests' | 'definitions';

/** A table to fill in: language of headings and names; period and partner of all lines, where they have one. */
export interface NeedsTemplate {
  readonly lang: Lang;
  readonly period?: string;
  readonly partner?: string;
}

/** A theme of an analysis: figures, findings, rank among the priorities, indicators of the shared core that are missing. */
export interface NeedsTheme {
  readonly theme: string;
  readonly looked_at: boolean;
  readonly priority: number | null;
  readonly figures: readonly Readonly<Record<string, unknown>>[];
  readonly findings: readonly Readonly<Record<string, unknown>>[];
  readonly missing: readonly string[];
}

export interface NeedsSummary extends Told {
  readonly data: {
    readonly counts: Readonly<Record<'error' | 'warning' | 'info', number>>;
    readonly core: { readonly expected: number; readonly given: number };
    readonly themes: readonly NeedsTheme[];
    readonly publics_missing: readonly string[];
    readonly [member: string]: unknown;
  };
}

/** What came, what went, and what has another content. */
export interface NeedsEntries {
  readonly added: readonly Readonly<Record<string, unknown>>[];
  readonly removed: readonly Readonly<Record<string, unknown>>[];
  readonly changed: readonly { readonly before: unknown; readonly after: unknown }[];
}

export interface NeedsDifference extends Told {
  readonly data: {
    readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
    readonly lists: readonly { readonly field: string; readonly added: readonly string[]; readonly removed: readonly string[] }[];
    readonly figures: NeedsEntries;
    readonly findings: NeedsEntries;
    readonly needs: NeedsEntries;
    readonly [member: string]: unknown;
  };
}

/** What is loaded, and from where. */
export interface Init {
  /** `form` (not given): records, checks, decisions. `full`: analyses and dashboards too. A page loads one of them. */
  readonly build?: 'form' | 'full';
  /** The engine: a URL, a `Response`, bytes or a compiled module; not given: the file of the package. */
  readonly engine?: string | URL | Response | BufferSource | WebAssembly.Module;
  /**
   * The files of the rulebook: their folder, or a function that gives the bytes of a file by its name. It is asked `again` if the first
   * bytes were of another version than the engine. Not given: the files of the package.
   */
  readonly data?: string | URL | ((name: string, again: boolean) => Bytes | Promise<Bytes>);
  /** The languages in which texts are wanted; not given: all. */
  readonly languages?: readonly Lang[];
  /** The parts that are wanted; not given: all. Records are checked without any. */
  readonly parts?: readonly Part[];
}

type Bytes = ArrayBuffer | Uint8Array;

/**
 * Loads the engine and what is wanted of the rulebook; everything else waits for it. Called again, it adds what is not there yet, for
 * every later call and every later `Rulebook.embedded()`. What was not loaded is asked for in vain: a SamError `misuse.not_loaded`.
 * @throws SamError `file.changed` (a file is of another version than the engine), `file.unknown` (no such language or part),
 *   `file.unreachable` (the server gave no file).
 */
export function init(options?: Init): Promise<void>;
/** Checks a record given as an object. */
export function check(record: RecordName, data: unknown, on: Day): Report;
/** Checks a record given as JSON text. */
export function checkText(record: RecordName, text: string, on: Day): Report;
/** Checks lists of records together. */
export function checkSet(lists: Partial<Record<RecordName, unknown[] | string>>, on: Day): SetReport;
/** Reads a file of a national producer into observations. Only in the full build. */
export function readNational(file: NationalInput, mapping: string | object, on: Day, options?: NationalOptions): NationalFile;
/** What has to be deleted or anonymised by a day of lists of records, and why. */
export function purge(lists: Partial<Record<RecordName, unknown[] | string>>, on: Day): Purge;
/** An analysis of needs theme by theme. Full build. */
export function needsSummary(analysis: unknown, on: Day): NeedsSummary;
/** What changed from one submission of an analysis to another. Full build. */
export function needsDifference(before: unknown, after: unknown, on: Day): NeedsDifference;
/** The table of figures that a centre fills in, as CSV with the codes filled in. Full build. */
export function needsTemplate(territory: string, options: NeedsTemplate): string;
/** Observations side by side as a request asks for. Full build. */
export function harmonise(observations: readonly unknown[] | string, request: FiguresRequest | string): Harmonised;
/** Which figures are there of those that are expected, which are not, and what to do. Full build. */
export function completeness(observations: readonly unknown[] | string, request: ExpectedFigures | string): Completeness;
/** The dashboard of observations; with `protect` in the request small numbers are hidden before anything is derived. Full build. */
export function dashboard(observations: readonly unknown[] | string, request: FiguresRequest | string): Dashboard;
/** Observations that are fit to be published, in a format of others. Full build. */
export function exportFigures(observations: readonly unknown[] | string, request: ExportRequest | string): Export;
/** The taxonomy and the code lists as SKOS. Full build. */
export function vocabulary(request: VocabularyRequest | string): Export;
/** The rules of packs as criteria and the papers that prove them (CCCEV). Full build. */
export function criteria(request: CriteriaRequest | string): Export;
/** The charts of a dashboard as Vega-Lite 6 specifications. Full build. */
export function charts(observations: readonly unknown[] | string, request: FiguresRequest | string, lang: Lang, options?: ChartOptions): Chart[];
/** The report of a dashboard to print, as HTML. Full build. */
export function report(observations: readonly unknown[] | string, request: FiguresRequest | string, lang: Lang, options?: { place?: string }): string;
/**
 * Decides a case given as an object: `{participant, placement}`, and beside them, where there are any, `professional`, `worksite`, `host_organisation`,
 * `home_organisation` and the list `earlier_placements`.
 */
export function decide(data: unknown, on: Day): Decision;
/** Decides a case given as JSON text. */
export function decideText(text: string, on: Day): Decision;
/** Decides each case of a list in JSON text: one list of decisions, as canonical JSON. */
export function decideAllJson(text: string, on: Day, options?: Values): string;
/** Decides each case of a list in JSON text: the text of each decision. */
export function explainAll(text: string, on: Day, lang: Lang, options?: Values): string[];
/** What is written of a record, as canonical JSON: `minimal` is what is stored, `host` what a host needs. */
export function view(record: RecordName, data: unknown, view?: View): string;
/** Hides what must stay hidden of a release of tables, given as an object or as JSON text, and proves it. */
export function protect(release: unknown): Protection;
/** Reads a number of a scheme. `on` is the day of the question: a `niss` of a later year is refused. */
export function identifier(scheme: Scheme, text: string, on?: Day): Identifier;
/** What a centre or a host could arrange otherwise, so that no condition of a case, given as an object, fails. */
export function whatWouldChange(data: unknown, on: Day): Changes;
/** What would change the decision of a case given as JSON text. */
export function whatWouldChangeText(text: string, on: Day): Changes;
/** An indicator in full, with its texts in a language, or in all three. */
export function indicator(code: string, lang: Lang): Indicator;
export function indicator(code: string): Indicator<{ [lang in Lang]: string }>;
/** Whether two figures can be compared, and if not, why, in one sentence. */
export function compare(a: Figure, b: Figure): Comparison;
/** The case on every day from `first` to `last`, both included. */
export function timeline(data: unknown, first: Day, last: Day): Interval[];
/** The case, given as JSON text, on every day from `first` to `last`, both included. */
export function timelineText(text: string, first: Day, last: Day): Interval[];
/** The case on every day of a span, as text. */
export function explainTimeline(data: unknown, first: Day, last: Day, lang: Lang, options?: Values): string;
/** From which day of a span the placement of a case could start: its first and last day move together, `on` stays. */
export function earliestStart(data: unknown, on: Day, first: Day, last: Day): EarliestStart;
/** The same of a case given as JSON text. */
export function earliestStartText(text: string, on: Day, first: Day, last: Day): EarliestStart;
/** A stored record, as JSON text or as an object, in today's format. `format` is that of its report. */
export function migrate(record: RecordName, data: unknown, format: number): Migrated;
/** Runs the tests of a pack, or of all. */
export function packTests(pack?: string): PackReport<PackTests>;
/** What the tests of a pack, or of all, do not reach. */
export function packCoverage(pack?: string): PackReport<PackCoverage>;
/** What is to be looked at again on a day, or within so many days after it. */
export function packsDue(on: Day, options?: { within?: number; pack?: string }): PackReport<PacksDue>;
/** What differs in a pack of another rulebook from that of the package, and for which cases. */
export function packDiff(after: Rulebook, pack: string, options?: { cases?: string; on?: Day }): PackReport<PackDifferences>;
/** The territory of the rulebook of the package. */
export const territory: Territory;
