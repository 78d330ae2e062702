"""Tables: what a check and the decisions of many rows give, and how CSV and lines of JSON become a table.

Each row is judged as if it had come alone. What concerns a column or the file as a whole is said once, in ``table_findings``. Personal
values are left out unless asked for with ``values=True``.
"""

from __future__ import annotations

import json as _json
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from ._errors import wrong
from ._sam import Table

# From `values` and a form (`summary`, `all`, `lines` or a language) to the output.
Render = Callable[[bool, str], str]


def read_csv(
    data: bytes | str | os.PathLike[str],
    *,
    delimiter: str | None = None,
    decimal: str | None = None,
    days: str | None = None,
    money: str | None = None,
    columns: Mapping[str, str | None] | None = None,
) -> Table:
    """A table from CSV: the bytes, the text, or the path of a file (``pathlib.Path``).

    Separator, encoding, decimal mark and headings are found out, and what was read in another way than it was written is a finding of the
    table. Options say what only the partner knows.

    Args:
        delimiter: the separator of cells, one character.
        decimal: ``","`` or ``"."``; the other separates thousands.
        days: ``day_first`` or ``month_first``, for days such as 02/05/2024.
        money: ``euro`` or ``cents``.
        columns: headings and the paths of their fields; ``None`` for a column that is not to be read.

    Raises:
        SamError: ``misuse.csv_option``.
    """
    if isinstance(data, os.PathLike):
        data = Path(data).read_bytes()
    options = {"delimiter": delimiter, "decimal": decimal, "days": days, "money": money}
    given = _json.dumps({**options, "columns": None if columns is None else dict(columns)})
    return Table.csv(data.encode() if isinstance(data, str) else bytes(data), given)


def read_ndjson(data: str | os.PathLike[str]) -> Table:
    """A table from text with one record or case a line, or from the path of such a file. Blank lines are passed over."""
    return Table.ndjson(Path(data).read_text(encoding="utf-8") if isinstance(data, os.PathLike) else data)


def table_of(data: Any) -> Table:
    """A table of any library that speaks Arrow (polars, pyarrow, pandas, duckdb), or one of :func:`read_csv`."""
    if isinstance(data, Table):
        return data
    if not hasattr(data, "__arrow_c_stream__") and not hasattr(data, "__arrow_c_array__"):
        raise wrong("misuse.table", given=type(data).__name__)
    return Table.arrow(data)


class _Result:
    def __init__(self, render: Render) -> None:
        self._render = render

    @cached_property
    def data(self) -> dict[str, Any]:
        """The JSON of the whole as a ``dict``, without personal values."""
        parsed: dict[str, Any] = _json.loads(self._render(False, "summary"))
        return parsed

    @property
    def on(self) -> str:
        """The given day, ``YYYY-MM-DD``."""
        return str(self.data["on"])

    @property
    def table_findings(self) -> list[dict[str, Any]]:
        """What concerns columns or the file as a whole."""
        return list(self.data["table"])

    def __len__(self) -> int:
        return int(self.data["rows"])

    def json(self, *, values: bool = False) -> str:
        """The canonical JSON of the whole, with every row."""
        return self._render(values, "all")

    def json_lines(self, *, values: bool = False) -> str:
        """What each row would give alone, as canonical JSON, one a line."""
        return self._render(values, "lines")

    def to_dicts(self, *, values: bool = False) -> list[dict[str, Any]]:
        """What each row would give alone, as a ``dict``."""
        return [_json.loads(line) for line in self.json_lines(values=values).splitlines()]


class TableReport(_Result):
    """What is wrong in the rows of a table."""

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return int(self.counts["error"]) == 0

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each weight there are, those of the table among them."""
        return dict(self.data["counts"])

    @property
    def codes(self) -> dict[str, int]:
        """How often each code was found."""
        return dict(self.data["codes"])

    @cached_property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of all rows, each with its ``row`` (from 0) and, of a text, its ``line`` (from 1)."""
        return list(_json.loads(self.json())["findings"])

    def text(self, lang: str, *, values: bool = False) -> str:
        """The text for people in ``fr``, ``nl`` or ``en``."""
        if lang not in ("fr", "nl", "en"):
            raise wrong("misuse.language", given=lang)
        return self._render(values, lang)

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {severity}" for severity, count in self.counts.items())
        return f"<TableReport of {len(self)} rows on {self.on}: {counts}>"

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{escape(code)}</td><td>{count}</td></tr>" for code, count in self.codes.items())
        return f'<div class="sam-table"><p>{escape(repr(self))}</p><table>{rows}</table></div>'


class TableDecisions(_Result):
    """The decision of each row of a table."""

    @property
    def outcomes(self) -> dict[str, int]:
        """How often each outcome was found."""
        return dict(self.data["outcomes"])

    @property
    def decisions(self) -> list[dict[str, Any]]:
        """Each row in short: ``row``, ``outcome``, ``firmness``, ``ready``, ``deciding``, ``missing``, ``errors``."""
        return list(self.data["decisions"])

    def __repr__(self) -> str:
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in self.outcomes.items())
        return f"<TableDecisions of {len(self)} rows on {self.on}: {outcomes}>"
