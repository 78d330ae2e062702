"""How fast Python checks records: this package beside msgspec, pydantic and polars, on the same rows in the same run.

`cargo xtask bench` runs it. By hand: `cargo bench -p sam-eurometropole --features arrow --bench records -- --write FOLDER`
writes the rows and what the limit programs found; then `python records.py FOLDER [--quick]`. The engine must give those findings, and
each peer must refuse the rows of every finding that it can say; only then is anything timed. With `--quick` nothing is.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import polars as pl
import pydantic
import sam_eurometropole as sam

ON = date(2026, 6, 1)
ROUNDS = 5

GENDER = Literal["F", "M", "X"]
CEFR = Literal["pre_a1", "A1", "A2", "B1", "B2", "C1", "C2", "native"]
ISCED = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8"]
# First and last day of the benefits that have one.
BENEFITS = {
    "fr_rmi": (None, date(2009, 5, 31)), "fr_rsa": (date(2009, 6, 1), None), "fr_ass": (None, None), "fr_aah": (None, None),
    "fr_garantie_jeunes": (None, date(2022, 2, 28)), "fr_cej": (date(2022, 3, 1), None), "fr_are": (None, None),
    "be_minimex": (None, date(2002, 9, 30)), "be_ri": (date(2002, 10, 1), None), "be_equivalent_aid": (None, None),
    "be_arr": (None, None), "be_unemployment": (None, None), "other": (None, None),
}  # fmt: skip
STATUS = ["A", "B", "D", "E", "F", "P", "U", "left_censored", "L", "M", "O", "Q"]
NO_VALUE = ["L", "M", "O", "Q"]
SOURCES = {
    "FR": ["fr_insee", "fr_caf"], "BE-WAL": ["be_statbel", "be_wal_iweps"], "BE-VLG": ["be_statbel", "be_vlg_statistiek_vlaanderen"],
}  # fmt: skip
SYSTEMS = {
    "FR-59350": "FR", "FR-59512": "FR", "FR-59599": "FR", "BE-57096": "BE-WAL", "BE-57081": "BE-WAL", "BE-34022": "BE-VLG",
    "BE-34027": "BE-VLG",
}  # fmt: skip


# msgspec: types, codes, ranges, required fields. It stops at the first problem of a record.


class MBenefit(msgspec.Struct):
    benefit: Literal[tuple(BENEFITS)]  # type: ignore[valid-type]
    since: date | None = None
    until: date | None = None


class MJobseeker(msgspec.Struct):
    registered: bool | None = None
    register: str | None = None
    since: date | None = None


class MLanguage(msgspec.Struct):
    language: str
    level: CEFR | None = None


class MParticipant(msgspec.Struct):
    id: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    birth_date: date | None = None
    gender: GENDER | None = None
    residence: Annotated[str, msgspec.Meta(pattern="^(FR-[0-9AB]{5}|BE-[0-9]{5})$")] | None = None
    supported_by: str | None = None
    benefits: list[MBenefit] | None = None
    jobseeker: MJobseeker | None = None
    education_level: ISCED | None = None
    languages: list[MLanguage] | None = None
    level1_count: Annotated[int, msgspec.Meta(ge=0, le=18)] | None = None
    keep_until: date | None = None


class MBreakdown(msgspec.Struct):
    sex: Literal["F", "M", "_T", "_O", "_U"] | None = None


class MObservation(msgspec.Struct):
    indicator: str
    period: str
    unit: str
    source: str
    territory: str | None = None
    breakdown: MBreakdown | None = None
    value: float | None = None
    obs_status: Literal[tuple(STATUS)] | None = None  # type: ignore[valid-type]
    numerator: float | None = None
    denominator: Annotated[float, msgspec.Meta(ge=0)] | None = None
    vintage: Annotated[int, msgspec.Meta(ge=1900, le=2199)] | None = None
    released_on: date | None = None
    partner: str | None = None


# pydantic: the same, all problems of a record, and what spans fields by validators in Python.


class PBenefit(pydantic.BaseModel):
    benefit: Literal[tuple(BENEFITS)]  # type: ignore[valid-type]
    since: date | None = None
    until: date | None = None

    @pydantic.model_validator(mode="after")
    def whole(self) -> PBenefit:
        if self.since and self.until and self.until < self.since:
            raise ValueError("the right ends before it begins")
        first, last = BENEFITS[self.benefit]
        if self.since and ((first and self.since < first) or (last and last < self.since)):
            raise ValueError("not in force")
        return self


class PJobseeker(pydantic.BaseModel):
    registered: bool | None = None
    register_: str | None = pydantic.Field(None, alias="register")
    since: date | None = None


class PLanguage(pydantic.BaseModel):
    language: str
    level: CEFR | None = None


class PParticipant(pydantic.BaseModel):
    id: Annotated[str, pydantic.Field(max_length=64)] | None = None
    birth_date: Annotated[date, pydantic.Field(le=ON)] | None = None
    gender: GENDER | None = None
    residence: Annotated[str, pydantic.Field(pattern="^(FR-[0-9AB]{5}|BE-[0-9]{5})$")] | None = None
    supported_by: str | None = None
    benefits: list[PBenefit] | None = None
    jobseeker: PJobseeker | None = None
    education_level: ISCED | None = None
    languages: list[PLanguage] | None = None
    level1_count: Annotated[int, pydantic.Field(ge=0, le=18)] | None = None
    keep_until: Annotated[date, pydantic.Field(ge=ON)] | None = None


class PBreakdown(pydantic.BaseModel):
    sex: Literal["F", "M", "_T", "_O", "_U"] | None = None


class PObservation(pydantic.BaseModel):
    indicator: str
    period: str
    unit: str
    source: str
    territory: str | None = None
    breakdown: PBreakdown | None = None
    value: float | None = None
    obs_status: Literal[tuple(STATUS)] | None = None  # type: ignore[valid-type]
    numerator: float | None = None
    denominator: Annotated[float, pydantic.Field(ge=0)] | None = None
    vintage: Annotated[int, pydantic.Field(ge=1900, le=2199)] | None = None
    released_on: date | None = None
    partner: str | None = None

    @pydantic.model_validator(mode="after")
    def whole(self) -> PObservation:
        if self.value is not None and self.obs_status in NO_VALUE:
            raise ValueError("a value, and a status that says that there is none")
        if self.value is not None and self.denominator == 0:
            raise ValueError("zero denominator")
        system = SYSTEMS.get(self.territory or "")
        if system and self.source not in SOURCES[system]:
            raise ValueError("source of another system")
        return self


def refused_by(read: Callable[[str], object], error: type[Exception]) -> Callable[[list[str]], set[int]]:
    def run(lines: list[str]) -> set[int]:
        refused = set()
        for row, line in enumerate(lines):
            try:
                read(line)
            except error:
                refused.add(row)
        return refused

    return run


# polars: whole columns; what it finds is a column for each check.


def polars_participant(frame: pl.DataFrame) -> pl.DataFrame:
    element = pl.element()
    benefit, since, until = (element.struct.field(name) for name in ("benefit", "since", "until"))
    never = [(code, first, last) for code, (first, last) in BENEFITS.items() if first or last]
    outside = [
        (benefit == code) & ((since < str(first)) if first else (since > str(last))) for code, first, last in never
    ]
    born = pl.col("birth_date").str.to_date("%Y-%m-%d", strict=False)
    return frame.select(
        (born.is_null() & pl.col("birth_date").is_not_null()).alias("date.form"),
        (born > ON).alias("participant.born_after_today"),
        (~pl.col("gender").is_in(["F", "M", "X"])).alias("code.unknown"),
        pl.col("benefits").list.eval(pl.any_horizontal(outside)).list.any().alias("code.not_in_force"),
        pl.col("benefits").list.eval(until < since).list.any().alias("participant.benefit_ends_before_start"),
        pl.col("languages").list.eval(element.struct.field("language").is_null()).list.any().alias("field.required"),
        (~pl.col("level1_count").is_between(0, 18)).alias("value.out_of_range"),
    )


def polars_observation(frame: pl.DataFrame) -> pl.DataFrame:
    system = pl.col("territory").replace_strict(SYSTEMS, default=None)
    own = [(system == name) & pl.col("source").is_in(sources) for name, sources in SOURCES.items()]
    has_value = pl.col("value").is_not_null()
    return frame.select(
        (has_value & pl.col("obs_status").is_in(NO_VALUE)).alias("observation.status_without_value"),
        (has_value & (pl.col("denominator") == 0)).alias("observation.zero_denominator"),
        (system.is_not_null() & ~pl.any_horizontal(own)).alias("observation.national_source"),
        (pl.col("unit") != "PC").alias("observation.unit"),
        ((pl.col("unit") == "PC") & ~pl.col("value").is_between(0, 100)).alias("observation.range"),
        (pl.col("indicator") == "POV99").alias("code.unknown"),
    )


def rows_of(flags: pl.DataFrame) -> set[int]:
    hit = flags.select(pl.any_horizontal(pl.all().fill_null(False)).alias("hit"))["hit"]
    return set(hit.arg_true().to_list())


@dataclass
class Subject:
    record: str
    text: str
    lines: list[str]
    frame: pl.DataFrame
    found: list[tuple[int, str, str]]


@dataclass
class Peer:
    name: str
    run: Callable[[Subject], set[int]]
    says: set[str]


def read(folder: Path, record: str) -> Subject:
    text = (folder / f"{record}.ndjson").read_text(encoding="utf-8")
    rows = (folder / f"{record}.findings.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows]
    found = sorted((int(row), code, paths) for row, code, paths in cells)
    frame = pl.read_ndjson(text.encode(), infer_schema_length=None)
    return Subject(record, text, text.split("\n"), frame, found)


def keyed(findings: list[dict[str, Any]]) -> list[tuple[int, str, str]]:
    return sorted((f["row"], f["code"], ",".join(f["paths"])) for f in findings)


def engine_lines(subject: Subject) -> list[dict[str, Any]]:
    return sam.check_table(subject.record, sam.read_ndjson(subject.text), on=ON).findings


def engine_frame(subject: Subject) -> list[dict[str, Any]]:
    return sam.check_table(subject.record, subject.frame, on=ON).findings


def engine_single(subject: Subject) -> list[dict[str, Any]]:
    reports = enumerate(sam.check_text(subject.record, line, on=ON).findings for line in subject.lines)
    return [{**finding, "row": row} for row, findings in reports for finding in findings]


def peers(record: str) -> dict[str, list[Peer]]:
    participant = record == "participant"
    m, p = (MParticipant, PParticipant) if participant else (MObservation, PObservation)
    flags = polars_participant if participant else polars_observation
    ms = refused_by(msgspec.json.Decoder(m).decode, msgspec.ValidationError)
    pd = refused_by(p.model_validate_json, pydantic.ValidationError)
    if participant:
        types = {"date.form", "code.unknown", "field.required", "value.out_of_range"}
        orders = {"participant.born_after_today", "participant.benefit_ends_before_start", "code.not_in_force"}
    else:
        types = set()
        orders = {"observation.status_without_value", "observation.zero_denominator", "observation.national_source"}
    columns = types | orders | ({"observation.unit", "observation.range", "code.unknown"} if not participant else set())
    frame = Peer("polars", lambda s: rows_of(flags(s.frame)), columns)
    lines = Peer("polars", lambda s: rows_of(flags(pl.read_ndjson(s.text.encode(), infer_schema_length=None))), columns)
    text = [
        Peer("msgspec", lambda s: ms(s.lines), types),
        Peer("pydantic", lambda s: pd(s.lines), types | orders),
    ]
    return {"JSON lines": [*text, lines], "data frame": [frame]}


def compare(subject: Subject) -> None:
    for engine in (engine_lines, engine_frame, engine_single):
        given = keyed(engine(subject))
        assert given == subject.found, f"{engine.__name__} differs on {subject.record}"
    for door in peers(subject.record).values():
        for peer in door:
            wanted = {row for row, code, _ in subject.found if code in peer.says}
            given = peer.run(subject)
            assert given == wanted, f"{peer.name} on {subject.record}: {len(given ^ wanted)} rows differ"


def best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def tell(subject: Subject, quick: bool) -> None:
    rows, codes = len(subject.lines), {code for _, code, _ in subject.found}
    print(f"{subject.record}: {rows} rows, {len(subject.found)} findings, the same here; the peers refuse the rows that they can")
    for peer in peers(subject.record)["JSON lines"]:
        print(f"  {peer.name} does not say: {', '.join(sorted(codes - peer.says)) or 'nothing of these codes'}")
    if quick:
        return
    print(f"  {'door':<12}{'with':<40}{'rows/s':>12}")
    speed = lambda run: f"{rows / best(run):>12,.0f}"  # noqa: E731
    print(f"  {'one by one':<12}{'this package, check_text':<40}{speed(lambda: engine_single(subject))}")
    engines = {"JSON lines": engine_lines, "data frame": engine_frame}
    for door, others in peers(subject.record).items():
        print(f"  {door:<12}{'this package, check_table':<40}{speed(lambda: engines[door](subject))}")
        for peer in others:
            part = f"{peer.name} ({len(peer.says)} of {len(codes)} codes)"
            print(f"  {door:<12}{part:<40}{speed(lambda: peer.run(subject))}")


def main(words: list[str]) -> None:
    quick, folder = "--quick" in words, Path(next(word for word in words if not word.startswith("--")))
    for record in ("participant", "observation"):
        subject = read(folder, record)
        compare(subject)
        tell(subject, quick)


if __name__ == "__main__":
    main(sys.argv[1:])
