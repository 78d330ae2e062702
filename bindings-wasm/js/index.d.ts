/** A day, `YYYY-MM-DD`. */
export type Day = string;
/** A language. */
export type Lang = 'fr' | 'nl' | 'en';
/** The name of a record. */
export type RecordName = 'participant' | 'placement' | 'observation' | 'needs_analysis';
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

/** A problem of a pack, with its place. */
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

/** Whether the conditions of a placement are met, why, and what is missing. The centre decides. */
export class Decision implements Result {
  private constructor();
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

/** A call that is wrong. Data never throw. */
export class SamError extends Error {
  protected constructor();
  readonly code: string;
  readonly params: { readonly [name: string]: string };
}

/** A pack was not added. */
export class PackError extends SamError {
  readonly problems: readonly PackProblem[];
  /** The problems as texts. */
  readonly texts: { readonly [lang in Lang]: readonly string[] };
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
  check(record: RecordName, data: unknown, on: Day): Report;
  checkText(record: RecordName, text: string, on: Day): Report;
  decide(data: unknown, on: Day): Decision;
  decideText(text: string, on: Day): Decision;
  decideAllJson(text: string, on: Day, options?: Values): string;
  explainAll(text: string, on: Day, lang: Lang, options?: Values): string[];
  timeline(data: unknown, first: Day, last: Day): Interval[];
  /** The label of a field, by its path without indices; the path itself where there is none. */
  label(record: RecordName, path: string, lang: Lang): string;
  /** The help of a field. */
  help(record: RecordName, path: string, lang: Lang): string | undefined;
  /** Gives the memory back. The rulebook and its results are of no use afterwards. */
  free(): void;
}

/**
 * Loads the engine once; everything else waits for it.
 * `source`: a URL, a `Response`, bytes or a compiled module; not given: the file of the package.
 */
export function init(source?: string | URL | Response | BufferSource | WebAssembly.Module): Promise<void>;
/** Checks a record given as an object. */
export function check(record: RecordName, data: unknown, on: Day): Report;
/** Checks a record given as JSON text. */
export function checkText(record: RecordName, text: string, on: Day): Report;
/** Decides a case given as an object: `{participant, placement}`. */
export function decide(data: unknown, on: Day): Decision;
/** Decides a case given as JSON text. */
export function decideText(text: string, on: Day): Decision;
/** Decides each case of a list in JSON text: one list of decisions, as canonical JSON. */
export function decideAllJson(text: string, on: Day, options?: Values): string;
/** Decides each case of a list in JSON text: the text of each decision. */
export function explainAll(text: string, on: Day, lang: Lang, options?: Values): string[];
/** The case on every day from `first` to `last`, both included. */
export function timeline(data: unknown, first: Day, last: Day): Interval[];
