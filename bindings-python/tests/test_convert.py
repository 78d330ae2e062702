"""Python objects are read as the published table says (docs/reading.md), whatever class they come in."""

import collections
import enum
import json
from datetime import date, datetime, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

import sam_eurometropole as sam

ON = "2024-04-22"


class Kind(enum.Enum):
    IMMERSION = "immersion"


class Word(str, enum.Enum):
    DISCOVER = "discover"


class Hours(enum.IntEnum):
    FULL = 35


class Row(dict[str, Any]):
    pass


class Naive(float):
    pass


class NaTType:
    """The missing value of a data library, by its name."""


def read(**fields: Any) -> dict[str, Any]:
    report = json.loads(sam.check("placement", fields, on=ON).json(values=True))
    read: dict[str, Any] = report["read"]
    return read


def codes(**fields: Any) -> list[str]:
    return [f["code"] for f in sam.check("placement", fields, on=ON).findings if not f["code"].startswith("field.required")]


@pytest.mark.parametrize(
    ("given", "hours"),
    [
        (35, 35),
        (35.0, 35),
        (Naive(35.5), 35.5),
        (Hours.FULL, 35),
        (Decimal("35.5"), 35.5),
        (Decimal("35.10"), 35.1),
    ],
)
def test_numbers_of_every_class(given: Any, hours: float) -> None:
    assert read(weekly_hours=given)["weekly_hours"] == hours


@pytest.mark.parametrize("given", [None, float("nan"), Decimal("nan"), NaTType(), "", "  "])
def test_every_missing_value_is_not_given(given: Any) -> None:
    assert "weekly_hours" not in read(weekly_hours=given)
    assert codes(weekly_hours=given) == codes()


@pytest.mark.parametrize("given", [True, False, object(), {1, 2}, b"35", 3 + 4j, [35], {"a": 1}])
def test_no_other_kind_is_a_number(given: Any) -> None:
    assert "type.mismatch" in codes(weekly_hours=given)


@pytest.mark.parametrize("given", [float("inf"), -float("inf"), Decimal("inf"), 10**400, Decimal("1e400")])
def test_numbers_that_no_double_holds_are_findings(given: Any) -> None:
    assert any(code.startswith("number.") for code in codes(weekly_hours=given))


@pytest.mark.parametrize("given", [2**53, -(2**53), 2**63, 2**64, 10**30])
def test_large_integers_are_findings(given: int) -> None:
    assert "number.too_large" in codes(presence_days=given)


@pytest.mark.parametrize("given", [date(2024, 5, 2), datetime(2024, 5, 2), "2024-05-02"])
def test_days(given: Any) -> None:
    assert read(start=given)["start"] == "2024-05-02"


@pytest.mark.parametrize("given", [datetime(2024, 5, 2, 9), datetime(2024, 5, 2, tzinfo=timezone.utc)])
def test_a_moment_is_no_day(given: datetime) -> None:
    assert "date.time_given" in codes(start=given)


def test_days_outside_the_years_are_findings() -> None:
    assert "date.out_of_years" in codes(start=date(1, 1, 1))
    assert "date.out_of_years" in codes(start=date(9999, 12, 31))


def test_enums_are_their_values() -> None:
    assert read(kind=Kind.IMMERSION, object=Word.DISCOVER)["kind"] == "immersion"
    assert read(object=Word.DISCOVER)["object"] == "discover"


@pytest.mark.parametrize("made", [dict, Row, collections.OrderedDict, MappingProxyType])
def test_every_mapping_is_an_object(made: Any) -> None:
    assert read(host=made({"country": "BE"}))["host"] == {"country": "BE"}


def test_tuples_are_lists() -> None:
    slots = ({"day": "mon", "start": "09:00", "end": "12:00"},)
    assert codes(schedule=slots) == codes(schedule=list(slots))


def test_lone_surrogates_are_findings() -> None:
    assert "text.not_unicode" in codes(id="a\ud800")
    assert codes(**{"a\ud800": 1}) != codes()


def test_names_that_are_no_text_are_findings() -> None:
    by_number = sam.check("placement", {1: "x"}, on=ON).findings
    assert len(by_number) > len(sam.check("placement", {}, on=ON).findings)


def test_a_cycle_ends_in_a_finding() -> None:
    cycle: dict[str, Any] = {}
    cycle["host"] = cycle
    assert "limit.depth" in [f["code"] for f in sam.check("placement", cycle, on=ON).findings]


@pytest.mark.parametrize("depth", [1, 14, 15, 16, 17, 18, 60])
def test_depth_is_counted_as_in_text(depth: int) -> None:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    by_object = sam.check("placement", {"schedule": value}, on=ON)
    assert by_object == sam.check_text("placement", json.dumps({"schedule": value}), on=ON)


def test_an_error_of_an_object_is_not_swallowed() -> None:
    class Broken(collections.abc.Mapping[str, Any]):
        def __getitem__(self, key: str) -> Any:
            raise RuntimeError("broken")

        def __iter__(self) -> Any:
            return iter(["start"])

        def __len__(self) -> int:
            return 1

    with pytest.raises(RuntimeError, match="broken"):
        sam.check("placement", Broken(), on=ON)


def test_scalars_and_arrays_of_the_data_libraries() -> None:
    numpy = pytest.importorskip("numpy", reason="numpy is in tests/requirements.txt; without it there is nothing to convert")
    assert read(weekly_hours=numpy.float32(35.5))["weekly_hours"] == 35.5
    assert read(presence_days=numpy.int16(9))["presence_days"] == 9
    assert read(tutor_named=numpy.bool_(True))["tutor_named"] is True
    assert read(start=numpy.datetime64("2024-05-02"))["start"] == "2024-05-02"
    assert read(start=numpy.datetime64("2024-05-02T00:00:00", "ns"))["start"] == "2024-05-02"
    assert "date.time_given" in codes(start=numpy.datetime64("2024-05-02T09:00:00", "ns"))
    assert "start" not in read(start=numpy.datetime64("NaT"))
    assert "type.mismatch" in codes(presence_days=numpy.array([1, 2]))
    assert "type.mismatch" in codes(start=numpy.timedelta64(3, "D"))


def test_pandas() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is in tests/requirements.txt; without it there is nothing to convert")
    assert read(start=pandas.Timestamp("2024-05-02"))["start"] == "2024-05-02"
    assert "date.time_given" in codes(start=pandas.Timestamp("2024-05-02 00:00:00.000000001"))
    assert "date.time_given" in codes(start=pandas.Timestamp("2024-05-02", tz="Europe/Brussels"))
    for missing in (pandas.NaT, pandas.NA):
        assert "start" not in read(start=missing)
        assert codes(start=missing) == codes()
    frame = pandas.DataFrame({"kind": ["immersion"], "weekly_hours": [35.0], "start": [pandas.Timestamp("2024-05-02")]})
    record = frame.to_dict("records")[0]
    assert read(**record) == {"kind": "immersion", "weekly_hours": 35, "start": "2024-05-02"}
