"""Pages and calendars of the vectors, read by the libraries of their formats: html5lib (strict) and icalendar."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import html5lib
import icalendar
import pytest

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "page.json").read_text(encoding="utf-8"))
NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def of(call: str) -> list[Any]:
    found = [vector for vector in VECTORS if vector["call"] == call and vector["expect"] is not None]
    return [pytest.param(vector["input"], vector["expect"], id=vector["name"]) for vector in found]


def elements(page: str) -> list[Any]:
    # `strict` raises at the first thing that HTML does not allow.
    return [node for node in html5lib.HTMLParser(strict=True).parse(page).iter() if isinstance(node.tag, str)]


def tag(node: Any) -> str:
    return str(node.tag).removeprefix(NAMESPACE)


@pytest.mark.parametrize(("given", "page"), of("page"))
def test_a_page_is_html_that_loads_nothing(given: dict[str, Any], page: str) -> None:
    nodes = elements(page)
    allowed = {"html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "h1", "h2", "p", "span", "b", "i"}
    allowed |= {"small", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
    assert {tag(node) for node in nodes} <= allowed
    attributes = {name for node in nodes for name in node.attrib}
    assert attributes <= {"lang", "class", "scope", "aria-hidden", "charset", "content", "http-equiv", "name"}
    style = next(node.text for node in nodes if tag(node) == "style")
    assert "url(" not in style and "@import" not in style


@pytest.mark.parametrize(("given", "page"), of("page"))
def test_a_page_can_be_read_aloud(given: dict[str, Any], page: str) -> None:
    nodes = elements(page)
    assert next(node for node in nodes if tag(node) == "html").get("lang") == given["lang"]
    assert [tag(node) for node in nodes].count("h1") == 1
    assert all(node.get("scope") == "col" for node in nodes if tag(node) == "th")
    for table in (node for node in nodes if tag(node) == "table"):
        rows = [len(list(row)) for row in table.iter(f"{NAMESPACE}tr")]
        assert len(rows) > 1 and len(set(rows)) == 1
    beside = {node.get("lang") for node in nodes if node.get("lang")}
    assert beside == {given["lang"], given.get("beside", given["lang"])}


def test_what_packs_and_people_write_is_text() -> None:
    given = next(vector for vector in VECTORS if vector["name"] == "too many hours, and a text with mark-up")
    nodes = elements(given["expect"])
    texts = [" ".join("".join(node.itertext()).split()) for node in nodes]
    assert "<i>A&B</i> \"1\"" in texts
    assert any(text.startswith('<b>Bold</b> & "quotes"') for text in texts)


@pytest.mark.parametrize(("given", "text"), of("ics"))
def test_a_calendar_is_read_whole(given: dict[str, Any], text: str) -> None:
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    calendar = icalendar.Calendar.from_ical(text)
    assert (calendar.errors, str(calendar["VERSION"])) == ([], "2.0")
    events = calendar.walk("VEVENT")
    assert events and len({str(event["UID"]) for event in events}) == len(events)
    for event in events:
        assert event.errors == []
        start = event.decoded("DTSTART")
        assert isinstance(start, date) and event["DTSTART"].params["VALUE"] == "DATE"
        assert event.decoded("DTSTAMP").date() == date.fromisoformat(given["on"])
        assert event["SUMMARY"].params["LANGUAGE"] == given["lang"]
        alarms = event.walk("VALARM")
        assert [alarm.decoded("TRIGGER") for alarm in alarms] == [-timedelta(days=6, hours=15)] * (start >= date.fromisoformat(given["on"]))
        assert all(str(alarm["DESCRIPTION"]) == str(event["SUMMARY"]) for alarm in alarms)


def test_text_comes_out_of_a_calendar_as_it_went_in() -> None:
    named = [vector for vector in VECTORS if vector["call"] == "ics" and "\\" in vector["input"].get("reference", "")]
    events = [icalendar.Calendar.from_ical(vector["expect"]).walk("VEVENT")[0] for vector in named]
    reference = named[0]["input"]["reference"].replace("\u0007", " ").strip()
    assert all(str(event["SUMMARY"]).startswith(f"{reference} – ") for event in events)
    # The same step of the same case on another day is the same entry.
    assert len({str(event["UID"]) for event in events}) == 1
    assert len({event.decoded("DTSTART") for event in events}) == len(events) == 2
