// The classes and functions that people use, wherever they run. `init` (index.mjs, node.mjs) must have ended before the first call.
//
// A result holds its input as JSON text, so that what becomes of the object later changes nothing, and renders it anew when asked.

import { toJson } from './convert.mjs';
import { engine, ofFull } from './engine.mjs';
import { call } from './errors.mjs';
import { packaged } from './files.mjs';

export { CodesError, IndicatorsError, MappingError, PackError, SamError } from './errors.mjs';

/** What the engine gives for one input, for machines and for people. It never changes. */
class Output {
  #render;
  #json;
  #data;

  constructor(render) {
    this.#render = (values, lang) => call(() => render(values, lang));
    this.#json = this.#render(false, undefined);
  }

  /** The canonical JSON (RFC 8785). `values` adds what tells something about a person. */
  json({ values = false } = {}) {
    return values ? this.#render(true, undefined) : this.#json;
  }

  /** The text for people in `fr`, `nl` or `en`. */
  text(lang, { values = false } = {}) {
    return this.#render(values, word(lang));
  }

  /** The JSON as an object, without personal values. */
  get data() {
    this.#data ??= JSON.parse(this.#json);
    return this.#data;
  }

  get on() {
    return this.data.on;
  }

  toJSON() {
    return this.data;
  }
}

/** An output with findings. */
class Result extends Output {
  get findings() {
    return this.data.findings;
  }
}

/** What is wrong in a record. */
export class Report extends Result {
  get ok() {
    return this.data.counts.error === 0;
  }

  get record() {
    return this.data.record;
  }
}

/** What is wrong in the records of a set (`tables`), and between them (`findings`). */
export class SetReport extends Result {
  get ok() {
    return this.data.counts.error === 0;
  }

  get tables() {
    return this.data.tables;
  }
}

/** Canonical JSON for machines, and a text for people. It never changes. */
class Told {
  #render;
  #json;
  #data;

  constructor(render) {
    this.#render = (lang) => call(() => render(lang));
    this.#json = this.#render(undefined);
  }

  /** The canonical JSON (RFC 8785). */
  json() {
    return this.#json;
  }

  /** The text for people in `fr`, `nl` or `en`. */
  text(lang) {
    return this.#render(word(lang));
  }

  /** The JSON as an object. */
  get data() {
    this.#data ??= JSON.parse(this.#json);
    return this.#data;
  }

  toJSON() {
    return this.data;
  }
}

/** What was read of a file of a national producer: `observations`, `findings`, and `dropped`, each row or cell that gave no figure. */
export class NationalFile extends Told {
  get ok() {
    return this.data.counts.error === 0;
  }

  get observations() {
    return this.data.observations;
  }

  get findings() {
    return this.data.findings;
  }

  get dropped() {
    return this.data.dropped;
  }
}

/** The bytes of a file; the rows of a sheet go over as JSON text. */
function bytesOf(file) {
  if (ArrayBuffer.isView(file) || file instanceof ArrayBuffer) {
    return new Uint8Array(file.buffer ?? file, file.byteOffset ?? 0, file.byteLength);
  }
  return new TextEncoder().encode(typeof file === 'string' ? file : toJson(file));
}

/** What has to be deleted or anonymised by a day (`due`), and why. */
export class Purge extends Result {
  get due() {
    return this.data.due;
  }

  get findings() {
    return this.due;
  }

  get actions() {
    return this.data.actions;
  }
}

/** Figures of three systems side by side, each with where it comes from. */
export class Harmonised extends Result {
  get request() {
    return this.data.request;
  }

  get series() {
    return this.data.series;
  }
}

/** Which figures are there of those that are expected, and which are not. */
export class Completeness extends Result {
  get counts() {
    return this.data.counts;
  }

  get by() {
    return this.data.by;
  }

  get gaps() {
    return this.data.gaps;
  }

  get notExpected() {
    return this.data.not_expected;
  }
}

/** Figures side by side with gaps, ranks, courses, what needs attention, and communes beside their neighbours across the border. */
export class Dashboard extends Harmonised {
  #rows;
  #record;

  constructor(render, rows, record) {
    super(render);
    this.#rows = () => call(rows);
    this.#record = () => call(record);
  }

  /** The record of the producer, where the request asks to `protect`: what was hidden and why; null without it. Not to be published. */
  get record() {
    return JSON.parse(this.#record());
  }

  /** The same as canonical JSON (RFC 8785). */
  recordJson() {
    return this.#record();
  }

  /** One flat object for each figure that is shown, all with the same keys. */
  rows() {
    return JSON.parse(this.#rows());
  }

  get attention() {
    return this.data.attention;
  }

  get profiles() {
    return this.data.profiles;
  }
}

/** From which day a placement could start, and what stands in the way before it. The centre decides. */
export class EarliestStart extends Result {
  get earliest() {
    return this.data.earliest;
  }

  get inTheWay() {
    return this.data.in_the_way;
  }

  get intervals() {
    return this.data.intervals;
  }

  get missing() {
    return this.data.missing;
  }
}

/** Whether the conditions of a placement are met, why, and what is missing. The centre decides. */
export class Decision extends Result {
  #explain;
  #page;
  #ics;

  constructor(render, explain, page, ics) {
    super(render);
    this.#explain = (...given) => call(() => explain(...given));
    this.#page = (...given) => call(() => page(...given));
    this.#ics = (...given) => call(() => ics(...given));
  }

  /** A page to print: one HTML document that loads nothing, in the centre's language, with the partner's `beside` it. */
  page(lang, { beside, reference, values = false } = {}) {
    return this.#page(values, word(lang), optional(beside), optional(reference));
  }

  /** The deadlines as the text of an `.ics` file (RFC 5545); `undefined` if no open obligation has a day. */
  ics(lang, { reference, values = false } = {}) {
    return this.#ics(values, word(lang), optional(reference));
  }

  /** Why it is what it is: the tests of each rule that takes part, as canonical JSON with sentences in `fr`, `nl` or `en`. */
  explanationJson(lang, { values = false } = {}) {
    return this.#explain(values, word(lang), undefined);
  }

  /** The same as an object. */
  explanation(lang, options) {
    return JSON.parse(this.explanationJson(lang, options));
  }

  /** The same as indented lines, of the rules that decide, or with `everyRule` of all that take part. */
  explanationText(lang, { values = false, everyRule = false } = {}) {
    return this.#explain(values, word(lang), everyRule ? 'all' : 'deciding');
  }

  get outcome() {
    return this.data.outcome;
  }

  get firmness() {
    return this.data.firmness;
  }

  get ready() {
    return this.data.ready;
  }

  get deciding() {
    return this.data.deciding;
  }

  get rules() {
    return this.data.rules;
  }

  get missing() {
    return this.data.missing;
  }

  get obligations() {
    return this.data.obligations;
  }

  get warnings() {
    return this.data.warnings;
  }

  get gaps() {
    return this.data.gaps;
  }
}

/** What could be arranged otherwise, so that no condition fails. The centre decides. */
export class Changes extends Output {
  get outcome() {
    return this.data.outcome;
  }

  get failed() {
    return this.data.failed;
  }

  get sets() {
    return this.data.sets;
  }

  get complete() {
    return this.data.complete;
  }
}

/** What a number is, or what is wrong with it. It never changes. Its text never shows the number, which may be a person's. */
export class Identifier {
  #render;
  #json;
  #data;

  constructor(render) {
    this.#render = (lang) => call(() => render(lang));
    this.#json = this.#render(undefined);
    this.#data = JSON.parse(this.#json);
  }

  get scheme() {
    return this.#data.scheme;
  }

  get valid() {
    return this.#data.valid;
  }

  get normal() {
    return this.#data.normal;
  }

  get shown() {
    return this.#data.shown;
  }

  get parts() {
    return this.#data.parts ?? {};
  }

  get code() {
    return this.#data.wrong?.code;
  }

  get params() {
    return this.#data.wrong?.params ?? {};
  }

  /** The canonical JSON (RFC 8785), with the number. */
  json() {
    return this.#json;
  }

  /** One line for people in `fr`, `nl` or `en`, without the number. */
  text(lang) {
    return this.#render(word(lang));
  }
}

/** A release with what is hidden in it, and the proof of it. It never changes. */
export class Protection {
  #render;
  #published;
  #record;

  constructor(render) {
    this.#render = (lang) => call(() => render(lang));
    [this.#published, this.#record] = this.#render(undefined);
  }

  /** Whether it may be published. */
  get passed() {
    return this.published.passed;
  }

  /** What may be published. */
  get published() {
    return JSON.parse(this.#published);
  }

  /** The record of the producer, which must not be published. */
  get record() {
    return JSON.parse(this.#record);
  }

  /** What may be published, as canonical JSON (RFC 8785). */
  json() {
    return this.#published;
  }

  /** The record of the producer, as canonical JSON (RFC 8785). */
  recordJson() {
    return this.#record;
  }

  /** One line on the whole in `fr`, `nl` or `en`, then one for each problem. For the producer. */
  text(lang) {
    return this.#render(word(lang))[0];
  }
}

/** What a keeper asks of packs: tests, coverage, what is due, what differs. It never changes. */
export class PackReport extends Told {
  /** Whether there is nothing to do. */
  get ok() {
    return this.data.ok;
  }
}

/** Files of a format, and what could not be said in it. It never changes. */
export class Export extends Told {
  /** Whether no finding is an error; there are no files otherwise. */
  get ok() {
    return this.data.ok;
  }

  /** The text of each file by its name. */
  get files() {
    return Object.fromEntries(this.data.files.map((file) => [file.name, file.text]));
  }

  get findings() {
    return this.data.findings;
  }
}

/** Whether two figures can be compared, and if not, why, in one sentence. It never changes. */
export class Comparison extends Told {
  get comparable() {
    return this.data.comparable;
  }

  /** What stands against it (`comparable.proxy`, …). */
  get code() {
    return this.data.reason?.code;
  }

  /** How the figures may be shown. */
  get show() {
    return this.data.show;
  }
}

/** The territory of a rulebook. Each answer is an object; `docs/wire.md` lists its members. */
export class Territory {
  #book;

  constructor(book) {
    this.#book = book;
  }

  /** The communes that a query may mean: a name in French or Dutch, a postal code, a code with or without its country. */
  find(query, on) {
    return this.#read((book) => book.territory_find(String(query), word(on)));
  }

  /** What a code is on a day, and which communes cover its ground then. */
  at(code, on) {
    return this.#read((book) => book.territory_at(String(code), word(on)));
  }

  /** What a commune or an area lies in, from the nearest to the country, then its NUTS regions. */
  ancestors(code) {
    return this.#read((book) => book.territory_ancestors(String(code)));
  }

  /** The communes of an area or a zone that were in force on a day. */
  members(area, on) {
    return this.#read((book) => book.territory_members(String(area), word(on)));
  }

  /** The present communes across the border that a commune touches. */
  neighbours(code) {
    return this.#read((book) => book.territory_neighbours(String(code)));
  }

  /** Mergers, recodes and renames from a day to another, both included. */
  changes(first, last) {
    return this.#read((book) => book.territory_changes(word(first), word(last)));
  }

  #read(ask) {
    return JSON.parse(call(() => ask(this.#book())));
  }
}

/** Code lists, territory, texts and packs in one version. */
export class Rulebook {
  #book;

  constructor(book) {
    if (engine() === undefined || !(book instanceof engine().Book)) {
      throw new TypeError('take Rulebook.embedded() and add packs or code lists to it');
    }
    this.#book = book;
  }

  /** The rulebook that comes with the package: what `init` loaded of it until now. */
  static embedded() {
    return new Rulebook(packaged().copy());
  }

  /** A copy with a pack added, written in JSON. */
  withPackJson(text, { replace = false } = {}) {
    return new Rulebook(call(() => this.#book.with_pack(text, replace)));
  }

  /** A copy without the packs that decide; those that give findings stay. */
  withoutPacks() {
    return new Rulebook(this.#book.without_packs());
  }

  get version() {
    return this.#book.version();
  }

  get hash() {
    return this.#book.hash();
  }

  get parts() {
    return JSON.parse(this.#book.parts());
  }

  /** The communes, what they lie in and what happened to them. */
  get territory() {
    return new Territory(() => this.#book);
  }

  /** Checks a record given as an object. */
  check(record, data, on) {
    return this.checkText(record, toJson(data), on);
  }

  /** Checks a record given as JSON text. */
  checkText(record, text, on) {
    const [name, day] = [word(record), word(on)];
    return new Report((values, lang) => this.#book.check(name, text, day, values, lang));
  }

  /** What is written of a record given as an object, as canonical JSON: `minimal` is what is stored, `host` what a host needs. */
  view(record, data, view = 'minimal') {
    return this.viewText(record, toJson(data), view);
  }

  /** What is written of a record given as JSON text. */
  viewText(record, text, view = 'minimal') {
    return call(() => this.#book.view(word(record), text, word(view)));
  }

  /** Checks lists of records together, by their kind: `{ placement: […], worksite: […] }`, each an array or JSON text. */
  checkSet(lists, on) {
    const [names, texts, day] = [Object.keys(lists), Object.values(lists).map(listText), word(on)];
    return new SetReport((values, lang) => this.#book.check_set(names, texts, day, values, lang));
  }

  /**
   * Reads a file of a national producer, in the full build of the package: its text, its bytes, or the rows of a sheet. The mapping is an id or a
   * document.
   */
  readNational(file, mapping, on, options = {}) {
    const ask = ofFull(this.#book, 'read_national');
    const [day, given] = [word(on), toJson(options)];
    const isDocument = typeof mapping !== 'string';
    const named = isDocument ? toJson(mapping) : mapping;
    const bytes = bytesOf(file);
    return new NationalFile((lang) => ask(bytes, named, isDocument, given, day, lang));
  }

  /** What has to be deleted or anonymised by a day of lists of records, given as to `checkSet`. */
  purge(lists, on) {
    const [names, texts, day] = [Object.keys(lists), Object.values(lists).map(listText), word(on)];
    return new Purge((values, lang) => this.#book.purge(names, texts, day, values, lang));
  }

  /** An analysis of needs, as an object or JSON text, theme by theme. Full build. */
  needsSummary(analysis, on) {
    const [text, day, ask] = [listText(analysis), word(on), ofFull(this.#book, 'needs_summary')];
    return new Output((_, lang) => ask(text, day, lang));
  }

  /** What changed from one submission of an analysis to another. Full build. */
  needsDifference(before, after, on) {
    const [old, text, day] = [listText(before), listText(after), word(on)];
    const ask = ofFull(this.#book, 'needs_difference');
    return new Output((_, lang) => ask(old, text, day, lang));
  }

  /** The table of figures that a centre fills in, as CSV with the codes filled in. Full build. */
  needsTemplate(territory, { period = '', partner = '', lang }) {
    const ask = ofFull(this.#book, 'needs_template');
    return call(() => ask(word(territory), word(period), word(partner), word(lang)));
  }

  /** Observations, an array or JSON text, side by side as a request asks for. Full build. */
  harmonise(observations, request) {
    const [given, asked] = [listText(observations), listText(request)];
    const ask = ofFull(this.#book, 'harmonise');
    return new Harmonised((_, lang) => ask(given, asked, lang));
  }

  /** Which figures are there of those that are expected, which are not, and what to do. Full build. */
  completeness(observations, request) {
    const [given, asked] = [listText(observations), listText(request)];
    const ask = ofFull(this.#book, 'completeness');
    return new Completeness((_, lang) => ask(given, asked, lang));
  }

  /** The dashboard of observations; with `protect` in the request small numbers are hidden before anything is derived. Full build. */
  dashboard(observations, request) {
    const [given, asked] = [listText(observations), listText(request)];
    const [ask, record] = [ofFull(this.#book, 'dashboard'), ofFull(this.#book, 'dashboard_record')];
    return new Dashboard(
      (_, lang) => ask(given, asked, lang, false),
      () => ask(given, asked, undefined, true),
      () => record(given, asked),
    );
  }

  /** Observations that are fit to be published, in a format of others. Full build. */
  exportFigures(observations, request) {
    const [given, asked] = [listText(observations), listText(request)];
    const ask = ofFull(this.#book, 'export_figures');
    return new Export((lang) => ask(given, asked, lang));
  }

  /** The taxonomy and the code lists as SKOS. Full build. */
  vocabulary(request) {
    const [asked, ask] = [listText(request), ofFull(this.#book, 'vocabulary')];
    return new Export((lang) => ask(asked, lang));
  }

  /** The rules of packs as criteria (CCCEV). Full build. */
  criteria(request) {
    const [asked, ask] = [listText(request), ofFull(this.#book, 'criteria')];
    return new Export((lang) => ask(asked, lang));
  }

  /** The charts of a dashboard as Vega-Lite specifications. Full build. */
  charts(observations, request, lang, options = {}) {
    const [given, asked] = [listText(observations), listText(request)];
    const ask = ofFull(this.#book, 'charts');
    return JSON.parse(call(() => ask(given, asked, word(lang), toJson(options)))).charts;
  }

  /** The report of a dashboard to print, as HTML; of one place if it is given. Full build. */
  report(observations, request, lang, { place } = {}) {
    const [given, asked] = [listText(observations), listText(request)];
    const ask = ofFull(this.#book, 'report');
    return call(() => ask(given, asked, word(lang), place));
  }

  /** Decides a case given as an object. */
  decide(data, on) {
    return this.decideText(toJson(data), on);
  }

  /** Decides a case given as JSON text. */
  decideText(text, on) {
    const day = word(on);
    return new Decision(
      (values, lang) => this.#book.decide(text, day, values, lang),
      (values, lang, form) => this.#book.explanation(text, day, values, lang, form),
      (values, lang, beside, reference) => this.#book.page(text, day, values, lang, beside, reference),
      (values, lang, reference) => this.#book.ics(text, day, values, lang, reference),
    );
  }

  /** Decides each case of a list in JSON text: one list of decisions, as canonical JSON. */
  decideAllJson(text, on, { values = false } = {}) {
    return call(() => this.#book.decide_all(text, word(on), values));
  }

  /** Decides each case of a list in JSON text: the text of each decision. */
  explainAll(text, on, lang, { values = false } = {}) {
    return call(() => this.#book.explain_all(text, word(on), values, word(lang)));
  }

  /** The case on every day from `first` to `last`, both included. */
  timeline(data, first, last) {
    return this.timelineText(toJson(data), first, last);
  }

  /** The case, given as JSON text, on every day from `first` to `last`, both included. */
  timelineText(text, first, last) {
    return JSON.parse(call(() => this.#book.timeline(text, word(first), word(last), false)));
  }

  /** The case on every day from `first` to `last`, both included, as text. */
  explainTimeline(data, first, last, lang, options) {
    return this.explainTimelineText(toJson(data), first, last, lang, options);
  }

  /** The case, given as JSON text, on every day from `first` to `last`, both included, as text. */
  explainTimelineText(text, first, last, lang, { values = false } = {}) {
    return call(() => this.#book.timeline(text, word(first), word(last), values, word(lang)));
  }

  /** From which day of `first` to `last`, both included, the placement of a case could start. */
  earliestStart(data, on, first, last) {
    return this.earliestStartText(toJson(data), on, first, last);
  }

  /** The same of a case given as JSON text. */
  earliestStartText(text, on, first, last) {
    const days = [on, first, last].map(word);
    return new EarliestStart((values, lang) => this.#book.earliest_start(text, ...days, values, lang));
  }

  /** What a centre or a host could arrange otherwise, so that no condition of a case, given as an object, fails. */
  whatWouldChange(data, on) {
    return this.whatWouldChangeText(toJson(data), on);
  }

  /** What would change the decision of a case given as JSON text. */
  whatWouldChangeText(text, on) {
    const day = word(on);
    return new Changes((values, lang) => this.#book.what_would_change(text, day, values, lang));
  }

  /** Hides what must stay hidden of a release of tables, given as an object or as JSON text, and proves it. */
  protect(release) {
    const text = typeof release === 'string' ? release : toJson(release);
    const ask = ofFull(this.#book, 'protect');
    return new Protection((lang) => ask(text, lang));
  }

  /** Reads a number of a scheme. `on` is the day of the question, for `niss`. */
  identifier(scheme, text, on) {
    const [name, number, day] = [word(scheme), word(text), on === undefined ? undefined : word(on)];
    return new Identifier((lang) => this.#book.identifier(name, number, day, lang));
  }

  /** The label of a field, by its path without indices; the path itself where there is none. */
  label(record, path, lang) {
    return call(() => this.#book.label(word(record), path, word(lang)));
  }

  /** The help of a field. */
  help(record, path, lang) {
    return call(() => this.#book.help(word(record), path, word(lang)));
  }

  /** A copy with a code list added, written in JSON. Fields that name the list read its codes from now on. */
  withCodesJson(text, { replace = false } = {}) {
    return new Rulebook(call(() => this.#book.with_codes(text, replace)));
  }

  /** The document of a code list, to add codes to and give back to `withCodesJson`. */
  codeList(id) {
    const text = this.#book.code_list(word(id));
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** A copy with a partner's own indicators added, written in JSON. Observations are checked by them from now on. */
  withIndicatorsJson(text, { replace = false } = {}) {
    return new Rulebook(call(() => ofFull(this.#book, 'with_indicators')(text, replace)));
  }

  /** The document of a partner's own indicators, to add some and give back to `withIndicatorsJson`. */
  ownIndicators(partner) {
    const text = ofFull(this.#book, 'own_indicators')(word(partner));
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** An indicator in full, with its texts in a language, or without one in all three. */
  indicator(code, lang) {
    return JSON.parse(call(() => this.#book.indicator(word(code), named(lang))));
  }

  /** Whether two figures can be compared: observations, or an `indicator` and a `side`. */
  compare(a, b) {
    const [one, other] = [toJson(a), toJson(b)];
    const ask = ofFull(this.#book, 'compare');
    return new Comparison((lang) => ask(one, other, lang));
  }

  /** What is wrong with the indicators of the rulebook. */
  integrity() {
    const ask = ofFull(this.#book, 'integrity');
    return new PackReport((lang) => ask(lang));
  }

  /** A stored record, as JSON text or as an object, in today's format. `format` is that of its report. */
  migrate(record, data, format) {
    const text = typeof data === 'string' ? data : toJson(data);
    return JSON.parse(call(() => this.#book.migrate(word(record), text, String(format))));
  }

  /** What is wrong or odd about a pack, written in JSON. */
  lintPackJson(text) {
    return new PackReport((lang) => this.#book.lint_pack(String(text), lang));
  }

  /** Runs the tests of a pack, or of all. */
  packTests(pack) {
    return new PackReport((lang) => this.#book.pack_tests(optional(pack), lang));
  }

  /** What the tests of a pack, or of all, do not reach. */
  packCoverage(pack) {
    return new PackReport((lang) => this.#book.pack_coverage(optional(pack), lang));
  }

  /** What is to be looked at again on a day, or within so many days after it. */
  packsDue(on, { within = 0, pack } = {}) {
    const day = word(on);
    return new PackReport((lang) => this.#book.packs_due(day, within, optional(pack), lang));
  }

  /** What differs in a pack of another rulebook, and for which `cases`: a JSON list, or one case a line, with the day `on`. */
  packDiff(after, pack, { cases, on } = {}) {
    const [id, day] = [word(pack), on === undefined ? undefined : word(on)];
    return new PackReport((lang) => this.#book.pack_diff(after.#book, id, cases, day, lang));
  }

  /** Gives the memory back. The rulebook and its results are of no use afterwards. */
  free() {
    this.#book.free();
  }
}

// The rulebook of the package, anew when more of it came.
let embedded;
let made;
const book = () => {
  if (made !== packaged()) {
    made = packaged();
    embedded = new Rulebook(made);
  }
  return embedded;
};

/** The territory of the rulebook of the package. */
export const territory = new Territory(packaged);

/** Checks a record given as an object, by the rulebook of the package. */
export const check = (record, data, on) => book().check(record, data, on);
/** Checks a record given as JSON text, by the rulebook of the package. */
export const checkText = (record, text, on) => book().checkText(record, text, on);
/** What is written of a record given as an object, by the rulebook of the package. */
export const view = (record, data, view) => book().view(record, data, view);
/** Checks lists of records together, by the rulebook of the package. */
export const checkSet = (lists, on) => book().checkSet(lists, on);
/** Reads a file of a national producer, by the rulebook of the package. */
export const readNational = (file, mapping, on, options) => book().readNational(file, mapping, on, options);
/** What has to be deleted or anonymised by a day, by the rulebook of the package. */
export const purge = (lists, on) => book().purge(lists, on);
/** An analysis of needs theme by theme, by the rulebook of the package. Full build. */
export const needsSummary = (analysis, on) => book().needsSummary(analysis, on);
/** What changed between two submissions of an analysis, by the rulebook of the package. Full build. */
export const needsDifference = (before, after, on) => book().needsDifference(before, after, on);
/** The table of figures that a centre fills in, by the rulebook of the package. Full build. */
export const needsTemplate = (territory, options) => book().needsTemplate(territory, options);
/** Observations side by side, by the rulebook of the package. */
export const harmonise = (observations, request) => book().harmonise(observations, request);
/** Which figures are there of those that are expected, by the rulebook of the package. */
export const completeness = (observations, request) => book().completeness(observations, request);
/** The dashboard of observations, protected if the request says so, by the rulebook of the package. */
export const dashboard = (observations, request) => book().dashboard(observations, request);
/** Observations in a format of others, by the rulebook of the package. Full build. */
export const exportFigures = (observations, request) => book().exportFigures(observations, request);
/** The taxonomy and the code lists as SKOS, by the rulebook of the package. Full build. */
export const vocabulary = (request) => book().vocabulary(request);
/** The rules of packs as criteria (CCCEV), by the rulebook of the package. Full build. */
export const criteria = (request) => book().criteria(request);
/** The charts of a dashboard as Vega-Lite specifications, by the rulebook of the package. Full build. */
export const charts = (observations, request, lang, options) => book().charts(observations, request, lang, options);
/** The report of a dashboard to print, by the rulebook of the package. Full build. */
export const report = (observations, request, lang, options) => book().report(observations, request, lang, options);
/** Decides a case given as an object, by the rulebook of the package. */
export const decide = (data, on) => book().decide(data, on);
/** Decides a case given as JSON text, by the rulebook of the package. */
export const decideText = (text, on) => book().decideText(text, on);
/** Decides each case of a list in JSON text, by the rulebook of the package. */
export const decideAllJson = (text, on, options) => book().decideAllJson(text, on, options);
/** Explains each case of a list in JSON text, by the rulebook of the package. */
export const explainAll = (text, on, lang, options) => book().explainAll(text, on, lang, options);
/** Hides what must stay hidden of a release of tables, by the rulebook of the package. */
export const protect = (release) => book().protect(release);
/** Reads a number of a scheme, by the rulebook of the package. */
export const identifier = (scheme, text, on) => book().identifier(scheme, text, on);
/** An indicator in full, by the rulebook of the package. */
export const indicator = (code, lang) => book().indicator(code, lang);
/** Whether two figures can be compared, by the rulebook of the package. */
export const compare = (a, b) => book().compare(a, b);
/** The case on every day of a span, by the rulebook of the package. */
export const timeline = (data, first, last) => book().timeline(data, first, last);
/** The case, given as JSON text, on every day of a span, by the rulebook of the package. */
export const timelineText = (text, first, last) => book().timelineText(text, first, last);
/** The case on every day of a span as text, by the rulebook of the package. */
export const explainTimeline = (data, first, last, lang, options) => book().explainTimeline(data, first, last, lang, options);
/** From which day of a span the placement of a case could start, by the rulebook of the package. */
export const earliestStart = (data, on, first, last) => book().earliestStart(data, on, first, last);
/** The same of a case given as JSON text, by the rulebook of the package. */
export const earliestStartText = (text, on, first, last) => book().earliestStartText(text, on, first, last);
/** What would change the decision of a case given as an object, by the rulebook of the package. */
export const whatWouldChange = (data, on) => book().whatWouldChange(data, on);
/** What would change the decision of a case given as JSON text, by the rulebook of the package. */
export const whatWouldChangeText = (text, on) => book().whatWouldChangeText(text, on);
/** A stored record, as JSON text or as an object, in today's format. */
export const migrate = (record, data, format) => book().migrate(record, data, format);

/** Runs the tests of a pack of the package, or of all. */
export const packTests = (pack) => book().packTests(pack);
/** What the tests of a pack of the package, or of all, do not reach. */
export const packCoverage = (pack) => book().packCoverage(pack);
/** What of the rulebook of the package is to be looked at again. */
export const packsDue = (on, options) => book().packsDue(on, options);
/** What differs in a pack of another rulebook from that of the package. */
export const packDiff = (after, pack, options) => book().packDiff(after, pack, options);

/** A word, or none: a pack or all of them, a language or all of them. */
const named = (given) => (given === undefined ? undefined : word(given));
/** A word, or none. */
const optional = (given) => (given === undefined || given === null ? undefined : word(given));

/** A word is text; anything else is shown to the engine as text, which refuses it by its own code. */
function word(given) {
  return typeof given === 'string' ? given : `${String(given)} (${typeof given})`;
}

/** A list of records as JSON text. */
const listText = (list) => (typeof list === 'string' ? list : toJson(list));
