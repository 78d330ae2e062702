"""Tables of the data libraries, CSV and lines of JSON: each row as if it had come alone."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import sam_eurometropole as sam

ON = "2024-04-22"
ROWS: list[dict[str, Any]] = [
    {
        "kind": "insertion",
        "start": date(2024, 5, 2),
        "home": {"partner": "ccas_roubaix", "commune": None},
        "weekly_hours": 35.5,
        "schedule": [{"weekday": "monday", "from": "08:00", "to": "12:00"}, {"weekday": "xx", "from": None, "to": "12"}],
    },
    {"kind": "insertoin", "start": None, "home": None, "weekly_hours": 300.0, "schedule": []},
    {"kind": None, "start": date(1850, 1, 1), "home": {"partner": "x", "commune": "59512"}, "weekly_hours": None, "schedule": None},
]


def alone(rows: list[dict[str, Any]], record: str = "placement") -> list[str]:
    return [sam.check(record, row, on=ON).json(values=True) for row in rows]


def lines(data: Any, record: str = "placement") -> list[str]:
    return sam.check_table(record, data, on=ON).json_lines(values=True).splitlines()


def test_pyarrow_and_polars_rows_are_judged_as_if_alone() -> None:
    table = pa.Table.from_pylist(ROWS)
    assert lines(table) == alone(ROWS)
    assert lines(pl.DataFrame(ROWS)) == alone(ROWS)
    assert lines(table.to_batches()[0]) == alone(ROWS)
    chunked = pa.concat_tables([table.slice(0, 1), table.slice(1, 0), table.slice(1)])
    assert lines(chunked) == alone(ROWS)
    assert lines(table.slice(1)) == alone(ROWS[1:])


def test_columns_with_dots_and_dictionaries() -> None:
    kind = pa.array(["insertion", "x", None]).dictionary_encode()
    table = pa.table({"kind": kind, "home.partner": ["ccas_roubaix", None, "y"], "start.absent": [None, "not_known", "maybe"]})
    rows = [
        {"kind": "insertion", "home": {"partner": "ccas_roubaix"}},
        {"kind": "x", "absent": {"start": "not_known"}},
        {"home": {"partner": "y"}, "absent": {"start": "maybe"}},
    ]
    assert lines(table) == alone(rows)
    assert lines(pl.from_arrow(table)) == alone(rows)


def test_pandas_rows_are_judged_as_if_alone() -> None:
    frame = pd.DataFrame({
        "kind": pd.Categorical(["insertion", None]),
        "start": pd.Series([datetime(2024, 5, 2), datetime(2024, 5, 2, 8, 30)]),
        "presence_days": [3.0, float("nan")],
        "tutor_named": pd.array([True, None], dtype="boolean"),
    })
    rows = [
        {"kind": "insertion", "start": datetime(2024, 5, 2), "presence_days": 3.0, "tutor_named": True},
        {"start": datetime(2024, 5, 2, 8, 30)},
    ]
    assert lines(frame) == alone(rows)


@pytest.mark.parametrize(
    "column",
    [
        pa.array([1, 2**40, None], pa.int64()),
        pa.array([1, 2**64 - 1, None], pa.uint64()),
        pa.array([1.5, 2.0, None], pa.float32()),
        pa.array([Decimal("1.50"), Decimal("-2.25"), None]),
        pa.array([True, False, None]),
        pa.array([date(2024, 5, 2), None, date(1000, 1, 1)], pa.date64()),
        pa.array([datetime(2024, 5, 2), datetime(2024, 5, 2, 1), None], pa.timestamp("s", tz="UTC")),
        pa.array([b"x", None, b""]),
        pa.array([[1], [], None]),
        pa.array([{"a": [{"b": 1}]}, None, {"a": None}]),
        pa.array([None, None, None]),
    ],
    ids=lambda column: str(column.type),
)
def test_every_type_in_every_field(column: pa.Array) -> None:
    fields = ["id", "kind", "start", "weekly_hours", "presence_days", "tutor_named", "schedule"]
    # A struct in the place of an object has columns that nobody knows: they are said once.
    for name in fields if pa.types.is_struct(column.type) else [*fields, "home"]:
        table = pa.table({name: column})
        assert lines(table) == alone(table.to_pylist()), name


def test_unknown_columns_are_said_once() -> None:
    report = sam.check_table("placement", pa.table({"weekly_huors": [1, 2], "niss": ["a", "b"]}), on=ON)
    assert [(f["code"], f["params"].get("hint")) for f in report.table_findings] == [
        ("privacy.national_number", None),
        ("field.unknown", "weekly_hours"),
    ]
    assert "field.unknown" not in {finding["code"] for finding in report.findings}


def test_decisions_of_a_table() -> None:
    case = {"placement": {"scheme": "fr_pmsmp", "start": "2024-05-02", "end": "2024-06-02"}, "participant": {"birth_date": "1990-01-01"}}
    table = pl.DataFrame({
        "participant.birth_date": ["1990-01-01"],
        "placement.scheme": ["fr_pmsmp"],
        "placement.start": [date(2024, 5, 2)],
        "placement.end": [date(2024, 6, 2)],
    })
    decisions = sam.decide_table(table, on=ON)
    assert decisions.json_lines(values=True) == sam.decide(case, on=ON).json(values=True) + "\n"
    assert decisions.outcomes == {"refused": 1}
    assert decisions.decisions[0]["deciding"] == ["fr.pmsmp.max_duration"]
    assert len(decisions) == 1


def test_csv_from_bytes_text_and_path(tmp_path: Path) -> None:
    text = "Premier jour;Réf\n02/05/2024;é\n"
    options: dict[str, Any] = {"days": "day_first", "columns": {"Réf": "id"}}
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("cp1252"))
    read = [sam.read_csv(data, **options) for data in (text, text.encode(), path)]
    reports = [sam.check_table("placement", table, on=ON) for table in read]
    assert [report.to_dicts(values=True)[0]["read"] for report in reports] == [{"id": "é", "start": "2024-05-02"}] * 3
    assert "table.encoding" in reports[2].codes
    assert reports[0].findings[0]["line"] == 2
    for lang in ("fr", "nl", "en"):
        assert "Réf" in reports[0].text(lang)


def test_lines_of_json() -> None:
    report = sam.check_table("placement", sam.read_ndjson('{"weekly_hours": 35}\n\n{\n'), on=ON)
    assert [row["counts"]["error"] > 0 for row in report.to_dicts()] == [True, True]
    assert {finding["line"] for finding in report.findings} == {1, 3}


def test_misuses_have_codes() -> None:
    for data in [[1], {"a": 1}, "a;b", None]:
        with pytest.raises(sam.SamError) as raised:
            sam.check_table("placement", data, on=ON)
        assert raised.value.code == "misuse.table"
    with pytest.raises(sam.SamError) as raised:
        sam.read_csv("a", delimiter=";;")
    assert raised.value.code == "misuse.csv_option"
    with pytest.raises(sam.SamError) as raised:
        sam.check_table("placement", sam.read_csv("a"), on="today")
    assert raised.value.code == "misuse.on"
    with pytest.raises(sam.SamError) as raised:
        sam.check_table("placement", sam.read_csv("a"), on=ON).text("de")
    assert raised.value.code == "misuse.language"


def test_a_report_shows_itself() -> None:
    report = sam.check_table("placement", pa.table({"kind": ["insertion"]}), on=ON)
    assert repr(report).startswith("<TableReport of 1 rows on 2024-04-22: ")
    assert "field.required" in report._repr_html_()
    assert not report.ok


def test_lists_may_lie_in_tables_of_their_own() -> None:
    people = pa.table({"id": ["p-1", "p-2"]})
    benefits = pa.table({"participant.id": ["p-2", "p-3"], "benefit": ["fr_rsa", "fr_rsa"]})
    report = sam.check_table("participant", people, on=ON, companions={"benefits": benefits})
    assert [row["read"] for row in report.to_dicts(values=True)] == [
        {"benefits": [], "id": "p-1"},
        {"benefits": [{"benefit": "fr_rsa"}], "id": "p-2"},
    ]
    assert report.codes == {"companion.orphan": 1}
    cases = pa.table({"participant.id": ["p-1"], "placement.scheme": ["fr_pmsmp"]})
    decisions = sam.decide_table(cases, on=ON, companions={"participant.benefits": benefits})
    assert len(decisions) == 1
    assert [f["code"] for f in decisions.table_findings] == ["companion.orphan"]


@pytest.mark.parametrize(("name", "data"), [("benefit", {"participant.id": []}), ("residence", {}), ("benefits", None)])
def test_what_is_no_companion_is_a_misuse(name: str, data: dict[str, list[str]] | None) -> None:
    people = pa.table({"id": ["p-1"]})
    table = sam.read_ndjson("{}") if data is None else pa.table(data)
    with pytest.raises(sam.SamError) as raised:
        sam.check_table("participant", people, on=ON, companions={name: table})
    assert raised.value.code == "misuse.companion"
