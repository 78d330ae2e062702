"""One shared rulebook and one engine for the public social-welfare centres on the French-Belgian border.

>>> import sam_eurometropole as sam
>>> case = {"placement": {"scheme": "fr_pmsmp", "start": "2024-05-02", "end": "2024-06-02"}}
>>> sam.decide(case, on="2024-04-22").deciding
['fr.pmsmp.max_duration']

The functions use the rulebook of the package. A :class:`Rulebook` with packs or code lists of your own has them as methods.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from ._disclosure import Protection
from ._errors import CodesError, IndicatorsError, MappingError, PackError, SamError
from ._export import Export
from ._identifier import Identifier
from ._indicators import Comparison
from ._migrate import Migrated
from ._national import File, MappingOf, NationalFile
from ._packs import PackReport
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
from ._rulebook import Day, Rulebook
from ._sam import Rulebook as _Native
from ._sam import Table
from ._tables import TableDecisions, TableReport, read_csv, read_ndjson
from ._territory import Territory

__all__ = [
    "Changes",
    "CodesError",
    "Comparison",
    "Completeness",
    "Dashboard",
    "Decision",
    "EarliestStart",
    "Export",
    "Harmonised",
    "Identifier",
    "IndicatorsError",
    "MappingError",
    "Migrated",
    "NationalFile",
    "NeedsDifference",
    "NeedsSummary",
    "PackError",
    "PackReport",
    "Protection",
    "Purge",
    "Report",
    "Rulebook",
    "SamError",
    "SetReport",
    "Table",
    "TableDecisions",
    "TableReport",
    "Territory",
    "charts",
    "check",
    "check_set",
    "check_table",
    "check_text",
    "compare",
    "criteria",
    "completeness",
    "dashboard",
    "decide",
    "decide_all_json",
    "decide_table",
    "decide_text",
    "earliest_start",
    "earliest_start_text",
    "explain_all",
    "explain_timeline",
    "explain_timeline_text",
    "export_figures",
    "harmonise",
    "identifier",
    "indicator",
    "migrate",
    "needs_difference",
    "needs_summary",
    "needs_template",
    "pack_coverage",
    "pack_diff",
    "pack_tests",
    "packs_due",
    "protect",
    "purge",
    "national_mappings",
    "read_csv",
    "read_national",
    "read_national_xlsx",
    "read_ndjson",
    "schema",
    "territory",
    "timeline",
    "timeline_text",
    "view",
    "vocabulary",
    "what_would_change",
    "what_would_change_text",
]

territory = Rulebook.embedded().territory
"""The territory of the package's rulebook. See :class:`Territory`."""


def check(record: str, data: Any, *, on: Day) -> Report:
    """Checks a record given as Python objects. See :meth:`Rulebook.check`."""
    return Rulebook.embedded().check(record, data, on=on)


def check_text(record: str, text: str, *, on: Day) -> Report:
    """Checks a record given as JSON text. See :meth:`Rulebook.check_text`."""
    return Rulebook.embedded().check_text(record, text, on=on)


def decide(case: Any, *, on: Day) -> Decision:
    """Decides a case given as Python objects. See :meth:`Rulebook.decide`."""
    return Rulebook.embedded().decide(case, on=on)


def decide_text(text: str, *, on: Day) -> Decision:
    """Decides a case given as JSON text. See :meth:`Rulebook.decide_text`."""
    return Rulebook.embedded().decide_text(text, on=on)


def decide_all_json(text: str, on: Day, *, values: bool = False) -> str:
    """Decides each case of a list in JSON text. See :meth:`Rulebook.decide_all_json`."""
    return Rulebook.embedded().decide_all_json(text, on, values=values)


def explain_all(text: str, on: Day, lang: str, *, values: bool = False) -> list[str]:
    """Explains each case of a list in JSON text. See :meth:`Rulebook.explain_all`."""
    return Rulebook.embedded().explain_all(text, on, lang, values=values)


def protect(release: Any) -> Protection:
    """Hides what must stay hidden of a release of tables, and proves it. See :meth:`Rulebook.protect`."""
    return Rulebook.embedded().protect(release)


def identifier(scheme: str, text: str, on: Day | None = None) -> Identifier:
    """Reads a number of a scheme (``siret``, ``niss``, …). See :meth:`Rulebook.identifier`."""
    return Rulebook.embedded().identifier(scheme, text, on)


def indicator(code: str, lang: str | None = None) -> dict[str, Any]:
    """An indicator in full. See :meth:`Rulebook.indicator`."""
    return Rulebook.embedded().indicator(code, lang)


def compare(a: Mapping[str, Any], b: Mapping[str, Any]) -> Comparison:
    """Whether two figures can be compared, and if not, why. See :meth:`Rulebook.compare`.

    >>> sam.compare({"indicator": "MIN01", "side": "FR"}, {"indicator": "MIN01", "side": "BE-WAL"}).code
    'comparable.proxy'
    """
    return Rulebook.embedded().compare(a, b)
def national_mappings() -> list[dict[str, Any]]:
    """The mappings of national files that come with the package, as documents.

    >>> [mapping["mapping"] for mapping in sam.national_mappings() if mapping["provider"] == "fr_caf"]
    ['fr_caf.iris']
    """
    return list(json.loads(_Native.national_mappings()))


def read_national(file: File, mapping: MappingOf, *, on: Day, **options: Any) -> NationalFile:
    """Reads a file of a national producer into observations. See :meth:`Rulebook.read_national`.

    >>> text = "CODGEO;MED21;TP6021\\n59350;20500;27,0\\n59512;17310;s\\n"
    >>> read = sam.read_national(text, "fr_insee.filosofi_commune", on="2026-01-01")
    >>> [(one["indicator"], one.get("value"), one.get("obs_status")) for one in read.observations]
    [('POV06', 20500, None), ('POV01', 27, None), ('POV06', 17310, None), ('POV01', None, 'Q')]
    """
    return Rulebook.embedded().read_national(file, mapping, on=on, **options)


def read_national_xlsx(
    path: str | os.PathLike[str], mapping: MappingOf, *, on: Day, sheet: str | None = None, **options: Any
) -> NationalFile:
    """Reads a sheet of an Excel workbook. See :meth:`Rulebook.read_national_xlsx`."""
    return Rulebook.embedded().read_national_xlsx(path, mapping, on=on, sheet=sheet, **options)


def check_set(lists: Mapping[str, Any], *, on: Day) -> SetReport:
    """Checks lists of records together. See :meth:`Rulebook.check_set`."""
    return Rulebook.embedded().check_set(lists, on=on)


def completeness(observations: Any, request: Mapping[str, Any] | str) -> Completeness:
    """Which figures are there of those that are expected. See :meth:`Rulebook.completeness`."""
    return Rulebook.embedded().completeness(observations, request)


def harmonise(observations: Any, request: Mapping[str, Any] | str) -> Harmonised:
    """Observations side by side. See :meth:`Rulebook.harmonise`."""
    return Rulebook.embedded().harmonise(observations, request)


def dashboard(observations: Any, request: Mapping[str, Any] | str) -> Dashboard:
    """The dashboard of observations, protected if the request says so. See :meth:`Rulebook.dashboard`."""
    return Rulebook.embedded().dashboard(observations, request)


def export_figures(observations: Any, request: Mapping[str, Any] | str) -> Export:
    """Observations that are fit to be published, in a format of others. See :meth:`Rulebook.export_figures`."""
    return Rulebook.embedded().export_figures(observations, request)


def vocabulary(request: Mapping[str, Any] | str) -> Export:
    """The taxonomy and the code lists as SKOS. See :meth:`Rulebook.vocabulary`."""
    return Rulebook.embedded().vocabulary(request)


def criteria(request: Mapping[str, Any] | str) -> Export:
    """The rules of packs as criteria (CCCEV). See :meth:`Rulebook.criteria`."""
    return Rulebook.embedded().criteria(request)


def charts(observations: Any, request: Mapping[str, Any] | str, **options: Any) -> list[dict[str, Any]]:
    """The charts of a dashboard as Vega-Lite specifications. See :meth:`Rulebook.charts`."""
    return Rulebook.embedded().charts(observations, request, **options)


def report(
    observations: Any, request: Mapping[str, Any] | str, *, lang: str, place: str | None = None
) -> str:
    """The report of a dashboard to print, as HTML. See :meth:`Rulebook.report`."""
    return Rulebook.embedded().report(observations, request, lang=lang, place=place)


def purge(lists: Mapping[str, Any], *, on: Day) -> Purge:
    """What has to be deleted or anonymised by a day. See :meth:`Rulebook.purge`.

    >>> import sam_eurometropole as sam
    >>> sam.purge({"participant": [{"id": "p-1", "keep_until": "2023-12-31"}]}, on="2024-01-01").actions
    {'delete': 1}
    """
    return Rulebook.embedded().purge(lists, on=on)


def needs_summary(analysis: Any, *, on: Day) -> NeedsSummary:
    """An analysis of needs theme by theme. See :meth:`Rulebook.needs_summary`.

    >>> import sam_eurometropole as sam
    >>> analysis = {"partner": "ccas_roubaix", "territory": "FR-59512", "system": "FR", "year": 2025, "priorities": ["HOU"]}
    >>> [theme["theme"] for theme in sam.needs_summary(analysis, on="2026-01-15").themes if theme["priority"] == 1]
    ['HOU']
    """
    return Rulebook.embedded().needs_summary(analysis, on=on)


def needs_difference(before: Any, after: Any, *, on: Day) -> NeedsDifference:
    """What changed from one submission of an analysis of needs to another. See :meth:`Rulebook.needs_difference`."""
    return Rulebook.embedded().needs_difference(before, after, on=on)


def needs_template(territory: str, *, lang: str, period: str = "", partner: str = "") -> str:
    """The table of figures that a centre fills in, as CSV. See :meth:`Rulebook.needs_template`."""
    return Rulebook.embedded().needs_template(territory, lang=lang, period=period, partner=partner)


def check_table(record: str, data: Any, *, on: Day, companions: Mapping[str, Any] | None = None) -> TableReport:
    """Checks each row of a table. See :meth:`Rulebook.check_table`.

    >>> import sam_eurometropole as sam
    >>> table = sam.read_csv("Heures par semaine;Premier jour\\n37,5;21/05/2024\\n")
    >>> sam.check_table("placement", table, on="2024-04-22").codes["table.number_read"]
    1
    """
    return Rulebook.embedded().check_table(record, data, on=on, companions=companions)


def decide_table(data: Any, *, on: Day, companions: Mapping[str, Any] | None = None) -> TableDecisions:
    """Decides each row of a table as a case. See :meth:`Rulebook.decide_table`."""
    return Rulebook.embedded().decide_table(data, on=on, companions=companions)


def timeline(case: Any, *, first: Day, last: Day) -> list[dict[str, Any]]:
    """The case on every day of a span. See :meth:`Rulebook.timeline`."""
    return Rulebook.embedded().timeline(case, first=first, last=last)


def timeline_text(text: str, *, first: Day, last: Day) -> list[dict[str, Any]]:
    """The case, given as JSON text, on every day of a span. See :meth:`Rulebook.timeline_text`."""
    return Rulebook.embedded().timeline_text(text, first=first, last=last)


def explain_timeline(case: Any, *, first: Day, last: Day, lang: str, values: bool = False) -> str:
    """The case on every day of a span, as text. See :meth:`Rulebook.explain_timeline`."""
    return Rulebook.embedded().explain_timeline(case, first=first, last=last, lang=lang, values=values)


def explain_timeline_text(text: str, *, first: Day, last: Day, lang: str, values: bool = False) -> str:
    """The case, given as JSON text, on every day of a span, as text. See :meth:`Rulebook.explain_timeline`."""
    return Rulebook.embedded().explain_timeline_text(text, first=first, last=last, lang=lang, values=values)


def earliest_start(case: Any, *, on: Day, first: Day, last: Day) -> EarliestStart:
    """From which day of a span the placement of a case could start. See :meth:`Rulebook.earliest_start`.

    >>> import sam_eurometropole as sam
    >>> case = {"participant": {"birth_date": "2009-07-08"}, "placement": {"scheme": "fr_pmsmp", "start": "2025-07-07", "end": "2025-07-18"}}
    >>> found = sam.earliest_start(case, on="2025-06-20", first="2025-07-01", last="2025-07-31")
    >>> [(days["from"], days["outcome"]) for days in found.intervals]
    [('2025-07-01', 'refused'), ('2025-07-08', 'undetermined')]
    """
    return Rulebook.embedded().earliest_start(case, on=on, first=first, last=last)


def earliest_start_text(text: str, *, on: Day, first: Day, last: Day) -> EarliestStart:
    """The same of a case given as JSON text. See :meth:`Rulebook.earliest_start_text`."""
    return Rulebook.embedded().earliest_start_text(text, on=on, first=first, last=last)


def what_would_change(case: Any, *, on: Day) -> Changes:
    """What a centre or a host could arrange otherwise, so that no condition fails. See :meth:`Rulebook.what_would_change`.

    >>> import sam_eurometropole as sam
    >>> case = {"placement": {"scheme": "fr_pmsmp", "start": "2024-05-02", "end": "2024-06-02"}}
    >>> changes = [one["changes"] for one in sam.what_would_change(case, on="2024-04-22").sets]
    >>> [{"field": "placement.end", "value": "2024-06-01", "was": "2024-06-02"}] in changes
    True
    """
    return Rulebook.embedded().what_would_change(case, on=on)


def what_would_change_text(text: str, *, on: Day) -> Changes:
    """What would change the decision of a case given as JSON text. See :meth:`Rulebook.what_would_change`."""
    return Rulebook.embedded().what_would_change_text(text, on=on)


def view(record: str, data: Any, view: str = "minimal") -> str:
    """What is written of a record, and for whom. See :meth:`Rulebook.view`."""
    return Rulebook.embedded().view(record, data, view)


def schema(record: str) -> str:
    """The JSON Schema of a record, or of a pack (``pack``). See :meth:`Rulebook.schema`."""
    return Rulebook.embedded().schema(record)


def pack_tests(pack: str | None = None) -> PackReport:
    """Runs the tests of a pack of the package, or of all. See :meth:`Rulebook.pack_tests`.

    >>> import sam_eurometropole as sam
    >>> sam.pack_tests("fr.pmsmp").ok
    True
    """
    return Rulebook.embedded().pack_tests(pack)


def pack_coverage(pack: str | None = None) -> PackReport:
    """What the tests of a pack of the package, or of all, do not reach. See :meth:`Rulebook.pack_coverage`."""
    return Rulebook.embedded().pack_coverage(pack)


def packs_due(*, on: Day, within: int = 0, pack: str | None = None) -> PackReport:
    """What of the package's rulebook is to be looked at again. See :meth:`Rulebook.packs_due`."""
    return Rulebook.embedded().packs_due(on=on, within=within, pack=pack)


def pack_diff(after: Rulebook, pack: str, *, cases: Any = None, on: Day | None = None) -> PackReport:
    """What differs in a pack of another rulebook from that of the package. See :meth:`Rulebook.pack_diff`."""
    return Rulebook.embedded().pack_diff(after, pack, cases=cases, on=on)


def migrate(record: str, data: Any, *, format: int) -> Migrated:
    """A stored record in today's format. See :meth:`Rulebook.migrate`.

    >>> import sam_eurometropole as sam
    >>> sam.migrate("placement", '{"weekly_hours": 35.0}', format=1).json
    '{"weekly_hours":35}'
    """
    return Rulebook.embedded().migrate(record, data, format=format)
