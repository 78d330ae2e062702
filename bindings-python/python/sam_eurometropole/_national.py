"""Files of national producers, read into observations by their mappings."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ._sam import Given
from ._sam import Rulebook as _Native
from ._told import Told

#: Bytes or text of a file, its path, or the rows of a sheet.
File = bytes | str | os.PathLike[str] | Sequence[Sequence[Any]]
#: The id of a mapping of the package, its document as a ``dict``, or the path of one in YAML or JSON.
MappingOf = str | Mapping[str, Any] | os.PathLike[str]


class NationalFile(Told):
    """What was read of a file: ``observations``, ``findings``, and ``dropped``, each row or cell that gave no figure."""

    @property
    def observations(self) -> list[dict[str, Any]]:
        """Records ``observation``, for :meth:`Rulebook.check_set` or a DataFrame."""
        return list(self.data["observations"])

    @property
    def findings(self) -> list[dict[str, Any]]:
        """What is wrong, or was read in another way than it was written: each thing once, with how often and on which lines first."""
        return list(self.data["findings"])

    @property
    def dropped(self) -> list[dict[str, Any]]:
        """Each row or cell that gave no figure: its ``line`` and the ``code`` of why."""
        return list(self.data["dropped"])

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return int(self.data["counts"]["error"]) == 0

    def __repr__(self) -> str:
        mapping = self.data["made_by"]["mapping"]["id"]
        return f"<NationalFile {mapping}: {len(self.data['observations'])} observations, {len(self.data['findings'])} findings>"


def read_national(native: _Native, file: File, mapping: MappingOf, on: Any, options: Mapping[str, Any]) -> NationalFile:
    """Reads a file by a mapping of the package or of the caller."""
    given = {name: value if value is None else str(value) for name, value in options.items()}
    if isinstance(file, os.PathLike):
        given["name"] = given.get("name") or Path(file).name
        file = Path(file).read_bytes()
    rows = None if isinstance(file, (bytes, str)) else Given.value([list(row) for row in file])
    data = file.encode() if isinstance(file, str) else file if isinstance(file, bytes) else None
    text, form = _document(mapping)
    return NationalFile(lambda lang: native.read_national(data, rows, text, form, json.dumps(given), on, lang))


def sheet_rows(path: str | os.PathLike[str], sheet: str | None) -> tuple[str, list[list[Any]]]:
    """The name of a sheet of an Excel workbook and its rows, by ``openpyxl``; the first sheet where none is named."""
    from openpyxl import load_workbook  # type: ignore[import-untyped, import-not-found, unused-ignore]

    book = load_workbook(path, read_only=True, data_only=True)
    try:
        found = book[sheet] if sheet is not None else book.worksheets[0]
        # A time of day says nothing about a figure; a cell with one is a day.
        rows = [[getattr(cell, "date", lambda cell=cell: cell)() for cell in row] for row in found.iter_rows(values_only=True)]
        return str(found.title), rows
    finally:
        book.close()


def _document(mapping: MappingOf) -> tuple[str, str]:
    """The text of a mapping, and whether it is an ``id``, ``json`` or ``yaml``."""
    if isinstance(mapping, str):
        return mapping, "id"
    if isinstance(mapping, Mapping):
        return json.dumps(dict(mapping), ensure_ascii=False, separators=(",", ":")), "json"
    path = Path(mapping)
    return path.read_text(encoding="utf-8"), "json" if path.suffix == ".json" else "yaml"
