"""What is raised: a call that is wrong, or a pack, a code list or indicators with problems. Data never raise; they get findings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


class SamError(ValueError):
    """A call that is wrong.

    ``code`` says what (``misuse.record``, ``misuse.on``, …; they never change their meaning) and ``params`` with which values.
    """

    def __init__(self, code: str, text: str, params: Mapping[str, str]) -> None:
        super().__init__(code, text, dict(params))
        self.code = code
        self.params: dict[str, str] = dict(params)

    def __str__(self) -> str:
        return f"{self.args[1]} [{self.code}]"


def wrong(code: str, **params: str) -> SamError:
    """The exception for a call that is wrong, with the text of the rulebook."""
    from ._sam import misuse

    return misuse(code, params)


class _DocumentError(SamError):
    """A document was not added. ``problems`` lists all of them: ``{"code", "at": {"pointer", "line", "column"}, "params"}``."""

    _code: str

    def __init__(self, problems: str, texts: Mapping[str, Sequence[str]]) -> None:
        super().__init__(self._code, "\n".join(texts["en"]), {})
        self.args = (problems, {lang: list(lines) for lang, lines in texts.items()})
        self.problems: list[dict[str, Any]] = json.loads(problems)

    @property
    def texts(self) -> dict[str, list[str]]:
        """The problems as texts, in ``fr``, ``nl`` and ``en``."""
        return dict(self.args[1])

    def text(self, lang: str) -> str:
        """The problems as text, one a line, in ``fr``, ``nl`` or ``en``."""
        texts = self.texts
        if lang not in texts:
            raise wrong("misuse.language", given=lang)
        return "\n".join(texts[lang])

    def __str__(self) -> str:
        return f"{self.text('en')} [{self.code}]"


class PackError(_DocumentError):
    """A pack was not added. ``problems`` lists all of them: ``{"code", "at": {"pointer", "line", "column"}, "params"}``."""

    _code = "pack.problems"


class CodesError(_DocumentError):
    """A code list was not added. ``problems`` lists all of them, as those of a :class:`PackError`."""

    _code = "codes.problems"


class IndicatorsError(_DocumentError):
    """A partner's own indicators were not added. ``problems`` lists all of them, as those of a :class:`PackError`."""

    _code = "indicators.problems"


class MappingError(_DocumentError):
    """A mapping of a national file cannot be used. ``problems`` lists all of them, as those of a :class:`PackError`."""

    _code = "mapping.problems"
