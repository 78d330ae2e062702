"""The rulebook: what checks and decides."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ._disclosure import Protection
from ._export import Export
from ._identifier import Identifier
from ._indicators import Comparison
from ._migrate import Migrated, stored_text
from ._national import File, MappingOf, NationalFile, read_national, sheet_rows
from ._packs import PackReport, cases_text
from ._results import (
    Changes,
    Completeness,
    Dashboard,
    Decision,
    EarliestStart,
    Harmonised,
    NeedsDifference,
    NeedsSummary,
    Purge,
    Report,
    SetReport,
)
from ._sam import Given
from ._sam import Rulebook as _Native
from ._sam import Table
from ._tables import TableDecisions, TableReport, table_of
from ._territory import Day, Territory

__all__ = ["Day", "Rulebook"]


class Rulebook:
    """Code lists, territory, texts and packs in one version. It never changes: adding a pack gives another rulebook.

    ``on`` is the day of the question, ``YYYY-MM-DD`` or a ``date``; nothing defaults to today. A ``record`` is ``participant``,
    ``professional``, ``organisation``, ``worksite``, ``placement``, ``observation``, ``needs_analysis``, ``event``,
    ``volunteering`` or ``project``. Data are Python objects (``dict``, ``list``, ``str``, numbers, ``date``, ``Decimal``,
    scalars and arrays of numpy and pandas), or JSON as text in the methods whose name ends in ``_text``.
    """

    def __init__(self, native: _Native) -> None:
        self._native = native

    @staticmethod
    def embedded() -> Rulebook:
        """The rulebook that comes with the package."""
        return _EMBEDDED

    def with_pack_yaml(self, text: str, *, replace: bool = False) -> Rulebook:
        """A copy with a pack added, written in YAML.

        Raises:
            PackError: the pack has problems; all of them are listed.
            SamError: ``pack.taken``, if a pack has this id and ``replace`` is not set.
        """
        return Rulebook(self._native.with_pack(text, True, replace))

    def with_pack_json(self, text: str, *, replace: bool = False) -> Rulebook:
        """A copy with a pack added, written in JSON. Raises as :meth:`with_pack_yaml`."""
        return Rulebook(self._native.with_pack(text, False, replace))

    def lint_pack_yaml(self, text: str) -> PackReport:
        """What is wrong or odd about a pack, written in YAML.

        The problems that keep it from being added (``loads`` is false), or else advice, with codes ``lint.…``.
        """
        native = self._native
        return PackReport(lambda lang: native.lint_pack(text, True, lang))

    def lint_pack_json(self, text: str) -> PackReport:
        """The same of a pack written in JSON."""
        native = self._native
        return PackReport(lambda lang: native.lint_pack(text, False, lang))

    def without_packs(self) -> Rulebook:
        """A copy without the packs that decide; those that give findings stay."""
        return Rulebook(self._native.without_packs())

    @property
    def version(self) -> str:
        """``YYYY.N``."""
        return self._native.version

    @property
    def hash(self) -> str:
        """The content hash, in hexadecimal."""
        return self._native.hash

    @property
    def parts(self) -> dict[str, str]:
        """The hash of each part."""
        return self._native.parts

    @property
    def territory(self) -> Territory:
        """The communes, what they lie in and what happened to them."""
        return Territory(self._native)

    def check(self, record: str, data: Any, *, on: Day) -> Report:
        """Checks a record given as Python objects."""
        return self._check(record, Given.value(data), on)

    def check_text(self, record: str, text: str, *, on: Day) -> Report:
        """Checks a record given as JSON text."""
        return self._check(record, Given.text(text), on)

    def view(self, record: str, data: Any, view: str = "minimal") -> str:
        """What is written of a record given as Python objects, as canonical JSON, with the reasons of absence beside its fields.

        ``minimal`` leaves out what is only judged in memory and is what a centre stores; ``host`` has what the host needs, and neither
        benefits nor anything about health; ``anonymous`` has nothing about a person; ``full`` has every field that could be read.

        Raises:
            SamError: ``misuse.record``, ``misuse.view``.
        """
        return self._native.view(record, Given.value(data), view)

    def view_text(self, record: str, text: str, view: str = "minimal") -> str:
        """What is written of a record given as JSON text. See :meth:`view`."""
        return self._native.view(record, Given.text(text), view)

    def decide(self, case: Any, *, on: Day) -> Decision:
        """Decides a case given as Python objects: ``{"participant": …, "placement": …}``.

        Beside them, where there are any: ``professional``, ``worksite``, ``host_organisation``, ``home_organisation``
        and the list ``earlier_placements``.
        """
        return self._decide(Given.value(case), on)

    def decide_text(self, text: str, *, on: Day) -> Decision:
        """Decides a case given as JSON text."""
        return self._decide(Given.text(text), on)

    def decide_all_json(self, text: str, on: Day, *, values: bool = False) -> str:
        """Decides each case of a list in JSON text: one list of decisions, as canonical JSON."""
        return self._native.decide_all(text, on, values)

    def explain_all(self, text: str, on: Day, lang: str, *, values: bool = False) -> list[str]:
        """Decides each case of a list in JSON text: the text of each decision."""
        return self._native.explain_all(text, on, values, lang)

    def check_table(self, record: str, data: Any, *, on: Day, companions: Mapping[str, Any] | None = None) -> TableReport:
        """Checks each row of a table: of any library that speaks Arrow, or of :func:`read_csv` or :func:`read_ndjson`.

        Columns are the fields of the record: ``weekly_hours``, ``home.partner``, lists as list columns. ``companions`` are lists as tables of
        their own, by their path (``{"benefits": frame}``); each of their rows names its record in ``participant.id``.

        Raises:
            SamError: ``misuse.table``, if the data are no table; ``misuse.companion``, if there is no such list.
        """
        native, table = self._native, table_of(data)
        native.check_table(record, Table.ndjson(""), on, False, "summary")  # a wrong record or day is told here
        table = self._joined(record, table, companions)
        return TableReport(lambda values, form: native.check_table(record, table, on, values, form))

    def decide_table(self, data: Any, *, on: Day, companions: Mapping[str, Any] | None = None) -> TableDecisions:
        """Decides each row of a table as a case: ``participant.birth_date``, ``placement.scheme``. Companions have the record in front as
        well, ``participant.benefits``. Raises as :meth:`check_table`.
        """
        native, table = self._native, table_of(data)
        native.decide_table(Table.ndjson(""), on, False, False)  # a wrong day is told here
        table = self._joined(None, table, companions)
        return TableDecisions(lambda values, form: native.decide_table(table, on, values, form == "lines"))

    def _joined(self, record: str | None, table: Table, companions: Mapping[str, Any] | None) -> Table:
        """The table with lists that lie in tables of their own."""
        if not companions:
            return table
        return self._native.with_companions(record, table, [(name, table_of(data)) for name, data in companions.items()])

    def read_national(
        self,
        file: File,
        mapping: MappingOf,
        *,
        on: Day,
        period: str | None = None,
        name: str | None = None,
        indicator: str | None = None,
        partner: str | None = None,
        released_on: Day | None = None,
    ) -> NationalFile:
        """Reads a file of a national producer into observations.

        Args:
            file: the bytes or the text of a CSV or JSON file, its path (``pathlib.Path``), or the rows of a sheet.
            mapping: the id of a mapping of the package (:func:`national_mappings`), a document of your own as a ``dict``, or its path.
            on: the day whose communes the figures are carried to.
            period: period of the figures, where the file does not say it.
            name: name of the file or sheet, in which a year may stand; known where a path is given.
            indicator: what the figures are of, where the mapping asks for it.
            partner: who hands in the figures.
            released_on: the day on which the source published them.

        Raises:
            MappingError: the mapping has problems; all of them are listed.
            SamError: ``misuse.mapping``, ``misuse.national_option``.
        """
        options = {"period": period, "name": name, "indicator": indicator, "partner": partner, "released_on": released_on}
        return read_national(self._native, file, mapping, on, options)

    def read_national_xlsx(
        self, path: str | os.PathLike[str], mapping: MappingOf, *, on: Day, sheet: str | None = None, **options: Any
    ) -> NationalFile:
        """Reads a sheet of an Excel workbook as :meth:`read_national` reads its rows; needs ``openpyxl``."""
        title, rows = sheet_rows(path, sheet)
        name = options.pop("name", None) or f"{Path(path).name} {title if sheet else ''}"
        return self.read_national(rows, mapping, on=on, name=name, **options)

    def check_set(self, lists: Mapping[str, Any], *, on: Day) -> SetReport:
        """Checks lists of records together: ``{"placement": […], "worksite": […]}``, each list as Python objects or as JSON text.

        Beside the findings of each record: keys that stand twice, references that lead nowhere, placements of one person at the same time,
        more placements than places. A kind that is not handed in is not judged against.
        """
        native, given = self._native, _given(lists)
        return SetReport(lambda values, lang: native.check_set(given, on, values, lang))

    def purge(self, lists: Mapping[str, Any], *, on: Day) -> Purge:
        """What has to be deleted or anonymised by ``on`` of lists of records, given as to :meth:`check_set`, and why.

        The days are those that the records state (``keep_until``). Nothing is deleted: whoever holds the records does it.
        """
        native, given = self._native, _given(lists)
        return Purge(lambda values, lang: native.purge(given, on, values, lang))

    def needs_summary(self, analysis: Any, *, on: Day) -> NeedsSummary:
        """An analysis of needs, as Python objects or JSON text, theme by theme: figures, findings, priorities, what the shared core lacks.

        It is read as far as it can be; whether it is right is said by :meth:`check`.
        """
        native, text = self._native, _text(analysis)
        return NeedsSummary(lambda values, lang: native.needs_summary(text, on, lang))

    def needs_difference(self, before: Any, after: Any, *, on: Day) -> NeedsDifference:
        """What changed from one submission of an analysis of needs to another, each given as to :meth:`needs_summary`."""
        native, old, new = self._native, _text(before), _text(after)
        return NeedsDifference(lambda values, lang: native.needs_difference(old, new, on, lang))

    def needs_template(self, territory: str, *, lang: str, period: str = "", partner: str = "") -> str:
        """The table of figures that a centre fills in: CSV with ``;``, a line for each indicator of the shared core, the codes filled in.

        Args:
            territory: The commune, ``FR-59512``.
            lang: The language of headings and names, ``fr``, ``nl`` or ``en``.
            period: The period of all lines, ``2024``; empty where each has its own.
            partner: The partner that hands in the figures, ``ccas_roubaix``.

        Raises:
            SamError: ``misuse.territory``, ``misuse.language``.
        """
        return self._native.needs_template(territory, period, partner, lang)
    def harmonise(self, observations: Any, request: Mapping[str, Any] | str) -> Harmonised:
        """Observations, as Python objects or JSON text, side by side as a request asks for. See ``docs/dashboard.md``.

        The request has ``indicators`` and ``territories``, ``areas`` or a ``zone``; ``periods``, ``breakdowns``, ``vintage``, ``mixed`` and
        ``sources`` where the defaults do not fit.
        """
        native, given, asked = self._native, _one(observations), _request(request)
        return Harmonised(lambda _, lang: native.harmonise(given, asked, lang))

    def dashboard(self, observations: Any, request: Mapping[str, Any] | str) -> Dashboard:
        """The dashboard of observations given as to :meth:`harmonise`; ``profiles`` names communes to be held against their neighbours across the
        border. With ``protect`` small numbers are hidden before anything is derived; without it the observations have to be fit to be
        published. See ``docs/dashboard.md``."""
        native, given, asked = self._native, _one(observations), _request(request)
        return Dashboard(
            lambda _, lang: native.dashboard(given, asked, lang, False),
            lambda: native.dashboard(given, asked, None, True),
            lambda: native.dashboard_record(given, asked),
        )

    def export_figures(self, observations: Any, request: Mapping[str, Any] | str) -> Export:
        """Observations that are fit to be published, in a format of others: ``sdmx_csv``, ``json_stat`` or ``data_package``.

        ``docs/exports.md`` lists the options of each format.
        """
        native, given, asked = self._native, _one(observations), _request(request)
        return Export(lambda lang: native.export_figures(given, asked, lang))

    def vocabulary(self, request: Mapping[str, Any] | str) -> Export:
        """The taxonomy and the code lists as SKOS, in ``turtle`` or ``json_ld``. See ``docs/exports.md``."""
        native, asked = self._native, _request(request)
        return Export(lambda lang: native.vocabulary(asked, lang))

    def criteria(self, request: Mapping[str, Any] | str) -> Export:
        """The rules of packs as criteria and the papers that prove them (CCCEV), in ``turtle`` or ``json_ld``. See ``docs/exports.md``."""
        native, asked = self._native, _request(request)
        return Export(lambda lang: native.criteria(asked, lang))

    def charts(
        self,
        observations: Any,
        request: Mapping[str, Any] | str,
        *,
        lang: str,
        kinds: Sequence[str] = (),
        boundaries: Mapping[str, Any] | None = None,
        property: str = "code",
        country: str | None = None,
    ) -> list[dict[str, Any]]:
        """The charts of :meth:`dashboard` in ``fr``, ``nl`` or ``en``: one ``dict`` each, with ``id``, ``kind``, ``indicator``, ``breakdown``, ``title``
        and ``spec``, a Vega-Lite 6 specification with its data: ``altair.Chart.from_dict(chart["spec"])``. See ``docs/charts.md``.

        Args:
            observations: As of :meth:`dashboard`.
            request: As of :meth:`dashboard`.
            lang: The language of titles, labels and numbers.
            kinds: ``bars``, ``trend``, ``multiples``, ``dots``, ``areas``; all if none is named.
            boundaries: GeoJSON with the shapes of communes, for ``areas``.
            property: The property of its features that holds the code of the commune.
            country: Where codes are written without it: ``FR``, ``BE``, or the property that says which.

        Raises:
            SamError: ``misuse.language``, ``misuse.chart_option``.
        """
        options: dict[str, Any] = {"kinds": list(kinds), "property": property}
        options |= {name: given for name, given in (("boundaries", boundaries), ("country", country)) if given is not None}
        asked = _request(request)
        told = self._native.charts(_one(observations), asked, lang, json.dumps(options))
        charts: list[dict[str, Any]] = json.loads(told)["charts"]
        return charts

    def report(
        self, observations: Any, request: Mapping[str, Any] | str, *, lang: str, place: str | None = None
    ) -> str:
        """The report of :meth:`dashboard` to print in ``fr``, ``nl`` or ``en``: one HTML document that loads nothing. See ``docs/charts.md``.

        Args:
            observations: As of :meth:`dashboard`.
            request: As of :meth:`dashboard`.
            lang: The language.
            place: The commune or area that it is about; all of them with the zone, if none is given.

        Raises:
            SamError: ``misuse.language``, ``misuse.report_place``.
        """
        return self._native.report(_one(observations), _request(request), lang, place)

    def completeness(self, observations: Any, request: Mapping[str, Any] | str) -> Completeness:
        """Which figures are there of those that are expected, given as to :meth:`harmonise`, which are not, and what to do.

        The request has ``periods`` and ``partners``, ``territories`` or a ``zone``; ``indicators``, or the shared core up to a ``tier``. See
        ``docs/needs.md``.
        """
        native, given, asked = self._native, _one(observations), _request(request)
        return Completeness(lambda _, lang: native.completeness(given, asked, lang))

    def timeline(self, case: Any, *, first: Day, last: Day) -> list[dict[str, Any]]:
        """The case on every day from ``first`` to ``last``, both included: ``from``, ``until``, ``outcome``, ``changed``.

        Raises:
            SamError: ``misuse.backwards``, ``limit.timeline`` (more than 50 years).
        """
        return list(json.loads(self._native.timeline(Given.value(case), first, last, False, None)))

    def timeline_text(self, text: str, *, first: Day, last: Day) -> list[dict[str, Any]]:
        """The case, given as JSON text, on every day of a span. See :meth:`timeline`."""
        return list(json.loads(self._native.timeline(Given.text(text), first, last, False, None)))

    def explain_timeline(self, case: Any, *, first: Day, last: Day, lang: str, values: bool = False) -> str:
        """The case on every day of a span as text: each interval, with the rules that stand otherwise than before. See :meth:`timeline`."""
        return self._native.timeline(Given.value(case), first, last, values, lang)

    def explain_timeline_text(self, text: str, *, first: Day, last: Day, lang: str, values: bool = False) -> str:
        """The same of a case given as JSON text. See :meth:`explain_timeline`."""
        return self._native.timeline(Given.text(text), first, last, values, lang)

    def earliest_start(self, case: Any, *, on: Day, first: Day, last: Day) -> EarliestStart:
        """From which day of ``first`` to ``last``, both included, the placement of a case could start.

        First and last day of the placement move together, so that its length is kept; ``on`` and every other day stay.

        Raises:
            SamError: ``misuse.on``, ``misuse.backwards``, ``limit.timeline`` (more than 50 years).
        """
        return self._earliest_start(Given.value(case), on, first, last)

    def earliest_start_text(self, text: str, *, on: Day, first: Day, last: Day) -> EarliestStart:
        """The same of a case given as JSON text. See :meth:`earliest_start`."""
        return self._earliest_start(Given.text(text), on, first, last)

    def _earliest_start(self, given: Given, on: Day, first: Day, last: Day) -> EarliestStart:
        native = self._native
        return EarliestStart(lambda values, lang: native.earliest_start(given, on, first, last, values, lang))

    def what_would_change(self, case: Any, *, on: Day) -> Changes:
        """What a centre or a host could arrange otherwise, so that no condition of a case fails: dates, hours, the host, documents, the scheme.

        A person's condition is never among it. The smallest sets of at most three fields are given, each with what it comes to.
        """
        return self._changes(Given.value(case), on)

    def what_would_change_text(self, text: str, *, on: Day) -> Changes:
        """What would change the decision of a case given as JSON text. See :meth:`what_would_change`."""
        return self._changes(Given.text(text), on)

    def protect(self, release: Any) -> Protection:
        """Hides what must stay hidden of a release of tables, and proves it: given as Python objects or as JSON text.

        The result has what may be published (``json``, ``published``) and, apart, the record of the producer (``record_json``,
        ``record``), which must not be. ``docs/disclosure.md`` describes both.
        """
        given = Given.text(release) if isinstance(release, str) else Given.value(release)
        native = self._native
        return Protection(lambda lang: native.protect(given, lang))

    def identifier(self, scheme: str, text: str, on: Day | None = None) -> Identifier:
        """Reads a number: what it says by itself, or what is wrong with it.

        ``scheme`` is ``siren``, ``siret``, ``fr_vat``, ``nir``, ``niss``, ``be_enterprise``, ``be_establishment``, ``iban``,
        ``fr_postcode``, ``be_postcode``, ``insee_commune``, ``nis_commune``, ``finess`` or ``pass_iae``. ``on`` is the day of the question:
        a ``niss`` of somebody born in a later year is refused; without it, no year is too late.

        Raises:
            SamError: ``misuse.scheme``, ``misuse.on``.
        """
        native = self._native
        return Identifier(lambda lang: native.identifier(scheme, text, on, lang))

    def label(self, record: str, path: str, lang: str) -> str:
        """The label of a field, by its path without indices; the path itself where there is none."""
        return self._native.label(record, path, lang)

    def help(self, record: str, path: str, lang: str) -> str | None:
        """The help of a field."""
        return self._native.help(record, path, lang)

    def schema(self, record: str) -> str:
        """The JSON Schema (2020-12) of a record, or of a pack (``pack``), as text."""
        return self._native.schema(record)

    def with_codes_yaml(self, text: str, *, replace: bool = False) -> Rulebook:
        """A copy with a code list added, written in YAML. Fields that name the list read its codes from now on.

        A list that takes the place of another (``replace``) keeps all of its codes; one that is out of use gets a last day.

        Raises:
            CodesError: the list has problems; all of them are listed.
            SamError: ``codes.taken``, if a list has this id and ``replace`` is not set.
        """
        return Rulebook(self._native.with_codes(text, True, replace))

    def with_codes_json(self, text: str, *, replace: bool = False) -> Rulebook:
        """A copy with a code list added, written in JSON. Raises as :meth:`with_codes_yaml`."""
        return Rulebook(self._native.with_codes(text, False, replace))

    def code_list(self, id: str) -> dict[str, Any] | None:
        """The document of a code list, to add codes to and give back to :meth:`with_codes_json`; ``None`` if there is none."""
        text = self._native.code_list(id)
        return None if text is None else dict(json.loads(text))

    def with_indicators_yaml(self, text: str, *, replace: bool = False) -> Rulebook:
        """A copy with a partner's own indicators added, written in YAML. Observations are checked by them from now on.

        Each code begins with the partner's. A document that takes the place of the one before (``replace``) keeps all codes, and no code changes
        what it means.

        Raises:
            IndicatorsError: the document has problems; all of them are listed.
            SamError: ``indicators.taken``, if the partner has indicators and ``replace`` is not set.
        """
        return Rulebook(self._native.with_indicators(text, True, replace))

    def with_indicators_json(self, text: str, *, replace: bool = False) -> Rulebook:
        """A copy with a partner's own indicators added, written in JSON. Raises as :meth:`with_indicators_yaml`."""
        return Rulebook(self._native.with_indicators(text, False, replace))

    def own_indicators(self, partner: str) -> dict[str, Any] | None:
        """The document of a partner's own indicators, to add some and give back; ``None`` if there is none."""
        text = self._native.own_indicators(partner)
        return None if text is None else dict(json.loads(text))

    def indicator(self, code: str, lang: str | None = None) -> dict[str, Any]:
        """An indicator in full: what it means, its unit, range, levels, series, grade and caveat.

        Texts are in ``lang``, or without one in all three languages.

        Raises:
            SamError: ``misuse.indicator``, ``misuse.language``.
        """
        return dict(json.loads(self._native.indicator(code, lang)))

    def compare(self, a: Mapping[str, Any], b: Mapping[str, Any]) -> Comparison:
        """Whether two figures can be compared, and if not, why, in one sentence.

        A figure is an observation, or ``{"indicator": …, "side": …}`` with a side ``FR``, ``BE-WAL`` or ``BE-VLG``.

        Raises:
            SamError: ``misuse.indicator``, ``misuse.place``, ``misuse.period``.
        """
        native, one, other = self._native, json.dumps(a), json.dumps(b)
        return Comparison(lambda lang: native.compare(one, other, lang))

    def integrity(self) -> PackReport:
        """What is wrong with the indicators of the rulebook; nothing, for those of the package."""
        return PackReport(self._native.integrity)

    def pack_tests(self, pack: str | None = None) -> PackReport:
        """Runs the tests of a pack, or of all: every expectation that does not hold.

        Raises:
            SamError: ``misuse.pack``, if there is no such pack.
        """
        native = self._native
        return PackReport(lambda lang: native.pack_tests(pack, lang))

    def pack_coverage(self, pack: str | None = None) -> PackReport:
        """What the tests of a pack, or of all, do not reach. Raises as :meth:`pack_tests`."""
        native = self._native
        return PackReport(lambda lang: native.pack_coverage(pack, lang))

    def packs_due(self, *, on: Day, within: int = 0, pack: str | None = None) -> PackReport:
        """What of a pack, or of all, is to be looked at again on a day, or ``within`` so many days after it. Raises as :meth:`pack_tests`."""
        native = self._native
        return PackReport(lambda lang: native.packs_due(on, within, pack, lang))

    def pack_diff(self, after: Rulebook, pack: str, *, cases: Any = None, on: Day | None = None) -> PackReport:
        """What differs in a pack of another rulebook, and for which cases.

        ``cases`` are text (a JSON list, or one case a line) or a list of ``dict``; ``on`` is the day on which they are decided.

        Raises:
            SamError: ``misuse.pack``, if one of the rulebooks does not have the pack; ``misuse.on``, if there are cases and no day.
        """
        native, other = self._native, after._native
        given = None if cases is None else (cases_text(cases), "" if on is None else on)
        return PackReport(lambda lang: native.pack_diff(other, pack, given, lang))

    def migrate(self, record: str, data: Any, *, format: int) -> Migrated:
        """A stored record, as JSON text or as what ``json.loads`` made of it, in today's format. ``format`` is that of its report.

        Raises:
            SamError: ``misuse.record``; ``misuse.format``, if the format is not known; ``misuse.stored``, if it is no JSON object.
        """
        return Migrated(**json.loads(self._native.migrate(record, stored_text(data), str(format))))

    def __repr__(self) -> str:
        return f"<Rulebook {self.version} {self.hash[:12]}>"

    def _check(self, record: str, given: Given, on: Day) -> Report:
        native = self._native
        return Report(lambda values, lang: native.check(record, given, on, values, lang))

    def _decide(self, given: Given, on: Day) -> Decision:
        native = self._native
        return Decision(
            lambda values, lang: native.decide(given, on, values, lang),
            lambda values, lang, form: native.explanation(given, on, values, lang, form),
            lambda values, lang, beside, reference: native.page(given, on, values, lang, beside, reference),
            lambda values, lang, reference: native.ics(given, on, values, lang, reference),
        )

    def _changes(self, given: Given, on: Day) -> Changes:
        native = self._native
        return Changes(lambda values, lang: native.what_would_change(given, on, values, lang))


def _text(data: Any) -> str:
    """JSON text as it is, or that of Python objects; days as they are written."""
    return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, default=str)
def _one(data: Any) -> Given:
    """A list as JSON text or as Python objects."""
    return Given.text(data) if isinstance(data, str) else Given.value(data)


def _request(request: Mapping[str, Any] | str) -> str:
    return request if isinstance(request, str) else json.dumps(request)


def _given(lists: Mapping[str, Any]) -> list[tuple[str, Given]]:
    """The lists of a set, each as JSON text or as Python objects."""
    return [(name, _one(data)) for name, data in lists.items()]


_EMBEDDED = Rulebook(_Native.embedded())
