"""What a check and a decision give: the canonical JSON for machines, and a text in three languages for people.

Personal values are left out of everything unless asked for with ``values=True``: of the JSON, the texts, the display in a notebook and
a pickle. An object that comes out of a pickle has no values to show.
"""

from __future__ import annotations

import json as _json
from collections.abc import Callable
from functools import cached_property
from html import escape
from typing import Any

from ._errors import wrong

LANGUAGES = ("fr", "nl", "en")

# From `values` and a language (or none, for JSON) to the output.
Render = Callable[[bool, "str | None"], str]

# From `values`, a language and a form (`deciding` or `all`; none, for JSON) to an explanation.
Explain = Callable[[bool, str, "str | None"], str]

# From `values`, a language, a second one and a reference to a page.
MakePage = Callable[[bool, str, "str | None", "str | None"], str]

# From `values`, a language and a reference to a calendar.
MakeCalendar = Callable[[bool, str, "str | None"], "str | None"]


class Output:
    """What the engine gives for one input, for machines and for people. It never changes."""

    def __init__(self, render: Render) -> None:
        self._render = render
        self._json = render(False, None)

    def json(self, *, values: bool = False) -> str:
        """The canonical JSON (RFC 8785): the same bytes in every language. ``values`` adds what tells something about a person."""
        return self._render(True, None) if values else self._json

    def text(self, lang: str, *, values: bool = False) -> str:
        """The text for people in ``fr``, ``nl`` or ``en``."""
        return self._render(values, lang)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The JSON as a ``dict``, without personal values."""
        parsed: dict[str, Any] = _json.loads(self._json)
        return parsed

    @property
    def on(self) -> str:
        """The given day, ``YYYY-MM-DD``."""
        return str(self.data["on"])

    def __eq__(self, other: object) -> bool:
        return self._json == other._json if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> tuple[Any, ...]:
        return _stored, (type(self), self._json, {lang: self._render(False, lang) for lang in LANGUAGES})

    def _repr_html_(self) -> str:
        texts = [(lang, self._render(False, lang)) for lang in LANGUAGES]
        shown = [f'<pre lang="{lang}">{escape(text)}</pre>' for lang, text in texts]
        rest = "".join(f"<details><summary>{lang}</summary>{pre}</details>" for (lang, _), pre in zip(texts, shown, strict=True))
        return f'<div class="sam-result">{rest.replace("<details>", "<details open>", 1)}</div>'


class Result(Output):
    """An output with findings."""

    @property
    def findings(self) -> list[dict[str, Any]]:
        """What is wrong or remarkable in the data: ``code``, ``severity``, ``paths``, ``params``."""
        return list(self.data["findings"])


class Report(Result):
    """What is wrong in a record."""

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return int(self.data["counts"]["error"]) == 0

    @property
    def record(self) -> str:
        """The kind of record: ``participant``, ``placement`` and so on."""
        return str(self.data["record"])

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {severity}" for severity, count in self.data["counts"].items())
        return f"<Report of a {self.record} on {self.on}: {counts}>"


class SetReport(Result):
    """What is wrong in the records of a set (``tables``), and between them (``findings``)."""

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return int(self.data["counts"]["error"]) == 0

    @property
    def tables(self) -> dict[str, Any]:
        """By kind of record: ``rows`` and the ``findings`` of all rows, each with its ``row``."""
        return dict(self.data["tables"])

    def __repr__(self) -> str:
        rows = ", ".join(f"{table['rows']} {record}" for record, table in self.tables.items())
        return f"<SetReport on {self.on}: {rows}; {len(self.findings)} findings between them>"


class Purge(Result):
    """What has to be deleted or anonymised by a day, and why."""

    @property
    def due(self) -> list[dict[str, Any]]:
        """One entry for each thing to do: ``record``, ``row`` (from 0), ``action``, ``code``, ``paths``, ``params``."""
        return list(self.data["due"])

    @property
    def findings(self) -> list[dict[str, Any]]:
        """As :attr:`due`."""
        return self.due

    @property
    def actions(self) -> dict[str, int]:
        """How often each action is due: ``delete``, ``anonymise``, ``destroy_list``, ``set_day``, ``check``."""
        return dict(self.data["actions"])

    def __repr__(self) -> str:
        actions = ", ".join(f"{count} {action}" for action, count in self.actions.items())
        return f"<Purge on {self.on}: {actions or 'nothing'}>"


class NeedsSummary(Output):
    """An analysis of needs theme by theme."""

    @property
    def themes(self) -> list[dict[str, Any]]:
        """``theme``, ``looked_at``, ``priority``, ``figures``, ``findings``, ``missing`` of each."""
        return list(self.data["themes"])

    @property
    def missing(self) -> list[str]:
        """The indicators of the shared core that are not there."""
        return [code for theme in self.themes for code in theme["missing"]]


class NeedsDifference(Output):
    """What changed from one submission of an analysis of needs to another."""


class Completeness(Result):
    """Which figures are there of those that are expected, and which are not."""

    @property
    def counts(self) -> dict[str, int]:
        """``expected``, ``there``, ``hidden``, ``not_collected``, ``not_applicable``, ``missing``, ``silent``."""
        return dict(self.data["counts"])

    @property
    def by(self) -> dict[str, list[dict[str, Any]]]:
        """The same by ``partner``, ``producer``, ``theme`` and ``territory``."""
        return dict(self.data["by"])

    @property
    def gaps(self) -> list[dict[str, Any]]:
        """What is not there: ``indicator``, ``theme``, ``period``, ``producer``, ``why``, ``do``, ``territories``."""
        return list(self.data["gaps"])

    @property
    def not_expected(self) -> list[dict[str, Any]]:
        """What cannot exist for communes of a side: ``indicator``, ``side``, ``why``."""
        return list(self.data["not_expected"])

    def __repr__(self) -> str:
        return f"<Completeness: {self.counts['there']} of {self.counts['expected']} figures>"


class Harmonised(Result):
    """Figures of three systems side by side, each with where it comes from."""

    @property
    def request(self) -> dict[str, Any] | None:
        """The request as it was understood; ``None`` if something in it is an error."""
        request: dict[str, Any] | None = self.data["request"]
        return request

    @property
    def series(self) -> list[dict[str, Any]]:
        """One entry for each indicator and part of the population: ``indicator``, ``grade``, ``show``, ``caveats``, ``cells``."""
        return list(self.data["series"])

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.series)} series, {len(self.findings)} findings>"


class Dashboard(Harmonised):
    """Figures side by side with gaps, ranks, courses, what needs attention, and communes beside their neighbours across the border."""

    def __init__(
        self, render: Render, rows: Callable[[], str] | None = None, record: Callable[[], str] | None = None
    ) -> None:
        super().__init__(render)
        self._rows = rows
        self._record = record

    def record_json(self) -> str:
        """The record of the producer, where the request asks to ``protect``, as canonical JSON: what was hidden and why. Not to be published.

        Raises:
            SamError: ``misuse.values``, if the dashboard comes out of a pickle: the observations are not stored with it.
        """
        if self._record is None:
            raise wrong("misuse.values")
        return self._record()

    @property
    def record(self) -> dict[str, Any] | None:
        """The record of the producer: ``passed``, ``release``, ``held``, ``not_judged``; ``None`` if nothing was to be protected."""
        record: dict[str, Any] | None = _json.loads(self.record_json())
        return record

    def rows(self) -> list[dict[str, Any]]:
        """One flat ``dict`` for each figure that is shown, all with the same keys: ``pandas.DataFrame(board.rows())``.

        Raises:
            SamError: ``misuse.values``, if the dashboard comes out of a pickle: the observations are not stored with it.
        """
        if self._rows is None:
            raise wrong("misuse.values")
        return list(_json.loads(self._rows()))

    @property
    def attention(self) -> list[dict[str, Any]]:
        """What needs attention: ``place``, ``theme``, ``reasons``."""
        return list(self.data["attention"])

    @property
    def profiles(self) -> list[dict[str, Any]]:
        """Communes beside their neighbours across the border: ``place``, ``neighbours``, ``series``."""
        return list(self.data["profiles"])


class EarliestStart(Result):
    """From which day a placement could start, and what stands in the way before it. The centre decides."""

    @property
    def earliest(self) -> str | None:
        """The first start day whose outcome is ``accepted``, ``YYYY-MM-DD``."""
        earliest: str | None = self.data["earliest"]
        return earliest

    @property
    def in_the_way(self) -> list[str]:
        """The ids of the rules that decide before it, or on all days."""
        return list(self.data["in_the_way"])

    @property
    def intervals(self) -> list[dict[str, Any]]:
        """Start days with one outcome: ``from``, ``until``, ``outcome``, ``changed``. None where something is missing."""
        return list(self.data["intervals"])

    @property
    def missing(self) -> list[dict[str, str]]:
        """The days of the placement that have to be given or corrected first: ``field``, ``action``."""
        return list(self.data["missing"])

    def __repr__(self) -> str:
        return f"<EarliestStart on {self.on}: {self.earliest or 'none'}>"


class Decision(Result):
    """Whether the conditions of a placement are met, why, and what is missing. The centre decides."""

    def __init__(
        self,
        render: Render,
        explain: Explain | None = None,
        page: MakePage | None = None,
        calendar: MakeCalendar | None = None,
    ) -> None:
        super().__init__(render)
        self._explain = explain
        self._page = page
        self._calendar = calendar

    def explanation(self, lang: str, *, values: bool = False) -> dict[str, Any]:
        """Why it is what it is: the tests of each rule that takes part, with sentences in ``fr``, ``nl`` or ``en``. See ``docs/wire.md``.

        Raises:
            SamError: ``misuse.explanation``, if the decision comes out of a pickle: the case is not stored with it.
        """
        parsed: dict[str, Any] = _json.loads(self.explanation_json(lang, values=values))
        return parsed

    def explanation_json(self, lang: str, *, values: bool = False) -> str:
        """The same as canonical JSON. Raises as :meth:`explanation`."""
        return self._explained(values, lang, None)

    def explanation_text(self, lang: str, *, values: bool = False, every_rule: bool = False) -> str:
        """The same as indented lines, of the rules that decide, or of all that take part. Raises as :meth:`explanation`."""
        return self._explained(values, lang, "all" if every_rule else "deciding")

    def page(self, lang: str, beside: str | None = None, *, reference: str | None = None, values: bool = False) -> str:
        """A page to print: one HTML document that loads nothing, in the centre's language, with the partner's ``beside`` it.

        ``reference`` is what the centre calls the case; without it, a line is left to fill in.

        Raises:
            SamError: ``misuse.language``; ``misuse.page``, if the decision comes out of a pickle: the case is not stored with it.
        """
        if self._page is None:
            raise wrong("misuse.page")
        return self._page(values, lang, beside, reference)

    def ics(self, lang: str, *, reference: str | None = None, values: bool = False) -> str | None:
        """The deadlines as the text of an ``.ics`` file (RFC 5545), for any calendar; ``None`` if no open obligation has a day.

        Write it as bytes, or with ``newline=""``: its lines end as the format wants. With a ``reference``, a later file of the same case moves
        the entries of an earlier one. Raises as :meth:`page`.
        """
        if self._calendar is None:
            raise wrong("misuse.page")
        return self._calendar(values, lang, reference)

    def _explained(self, values: bool, lang: str, form: str | None) -> str:
        if self._explain is None:
            raise wrong("misuse.explanation")
        return self._explain(values, lang, form)

    @property
    def outcome(self) -> str:
        """``accepted``, ``refused``, ``undetermined`` or ``not_covered``."""
        return str(self.data["outcome"])

    @property
    def firmness(self) -> str:
        """``firm``, ``to_check`` or ``discretionary``."""
        return str(self.data["firmness"])

    @property
    def ready(self) -> bool:
        """Accepted, and no obligation open."""
        return bool(self.data["ready"])

    @property
    def deciding(self) -> list[str]:
        """The ids of the rules that decide."""
        return list(self.data["deciding"])

    @property
    def rules(self) -> list[dict[str, Any]]:
        """Each rule with its status."""
        return list(self.data["rules"])

    @property
    def missing(self) -> dict[str, list[dict[str, Any]]]:
        """Fields to ask, in the order worth asking: ``outcome``, ``other`` and ``stated``."""
        return dict(self.data["missing"])

    @property
    def obligations(self) -> list[dict[str, Any]]:
        """Who has to do what by when."""
        return list(self.data["obligations"])

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """What to know, without weight for the outcome."""
        return list(self.data["warnings"])

    @property
    def gaps(self) -> list[dict[str, Any]]:
        """What the rulebook does not say."""
        return list(self.data["gaps"])

    def __repr__(self) -> str:
        return f"<Decision on {self.on}: {self.outcome}, {self.firmness}>"


class Changes(Output):
    """What could be arranged otherwise, so that no condition fails. The centre decides."""

    @property
    def outcome(self) -> str:
        """The outcome of the case as it is."""
        return str(self.data["outcome"])

    @property
    def failed(self) -> list[str]:
        """The ids of the conditions that failed; if there are none, nothing is looked for."""
        return list(self.data["failed"])

    @property
    def sets(self) -> list[dict[str, Any]]:
        """The smallest sets of ``changes``, each with the ``outcome``, ``firmness`` and ``missing`` fields that it leads to."""
        return list(self.data["sets"])

    @property
    def complete(self) -> bool:
        """Whether everything was tried. Otherwise there may be more sets."""
        return bool(self.data["complete"])

    def __repr__(self) -> str:
        return f"<Changes on {self.on}: {self.outcome}, {len(self.sets)} sets>"


def _stored(kind: type[Output], json: str, texts: dict[str, str]) -> Output:
    def render(values: bool, lang: str | None) -> str:
        if values:
            raise wrong("misuse.values")
        if lang is not None and lang not in texts:
            raise wrong("misuse.language", given=lang)
        return json if lang is None else texts[lang]

    return kind(render)
