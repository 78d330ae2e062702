"""Reports, decisions and rulebooks as Python objects."""

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sam_eurometropole as sam

ON = "2024-04-22"
CASE = {
    "participant": {"birth_date": "1990-03-14", "residence": "FR-59512"},
    "placement": {"scheme": "fr_pmsmp", "start": "2024-05-02", "end": "2024-06-02"},
}


def test_a_decision_has_its_members() -> None:
    decision = sam.decide(CASE, on=ON)
    assert (decision.outcome, decision.firmness, decision.ready) == ("refused", "firm", False)
    assert decision.deciding == ["fr.pmsmp.max_duration"]
    assert {rule["id"] for rule in decision.rules} >= set(decision.deciding)
    assert decision.on == ON
    assert repr(decision) == "<Decision on 2024-04-22: refused, firm>"
    assert decision.data["made_by"]["rulebook"]["hash"] == sam.Rulebook.embedded().hash


def test_a_report_has_its_members() -> None:
    report = sam.check("placement", {"weekly_huors": 35}, on=ON)
    assert not report.ok
    assert report.record == "placement"
    assert any(f["params"].get("hint") == "weekly_hours" for f in report.findings)
    assert "error" in repr(report)


def test_an_identifier_has_its_members() -> None:
    found = sam.identifier("niss", "85.07.30-033 28", on=date(2026, 11, 23))
    assert (found.scheme, found.valid, found.normal, found.shown) == ("niss", True, "85073003328", "85.07.30-033.28")
    assert found.parts == {"kind": "national", "sex": "male", "birth_year": 1985, "birth_month": 7, "birth_day": 30}
    assert (found.code, found.params) == (None, {})
    wrong = sam.identifier("niss", "85.07.30-033")
    assert not wrong
    assert (wrong.normal, wrong.parts, wrong.code) == (None, {}, "identifier.length")
    assert wrong.params == {"expected": 11, "given": 9}
    assert wrong.text("nl").startswith("INSZ")


def test_an_identifier_shows_no_number() -> None:
    found = sam.identifier("niss", "85073003328")
    stored = pickle.loads(pickle.dumps(found))
    shown = [repr(found), found.text("fr"), repr(stored), stored.json(), stored.text("fr"), pickle.dumps(found).decode("latin-1")]
    assert not [text for text in shown if "850730" in text]
    assert (stored.valid, stored.normal, stored.parts, stored.text("en")) == (True, None, {}, found.text("en"))
    wrong = sam.identifier("siren", "215903502")
    assert pickle.loads(pickle.dumps(wrong)) == wrong
    with pytest.raises(AttributeError):
        found.valid = False  # type: ignore[misc]


def test_another_scheme_is_a_misuse() -> None:
    for work in (lambda: sam.identifier("vat", "1"), lambda: sam.identifier("SIREN", "1")):
        with pytest.raises(sam.SamError) as raised:
            work()
        assert raised.value.code == "misuse.scheme"
    with pytest.raises(sam.SamError) as raised:
        sam.identifier("niss", "1", on="tomorrow")
    assert raised.value.code == "misuse.on"


def test_the_day_is_a_text_or_a_date() -> None:
    assert sam.decide(CASE, on=date(2024, 4, 22)) == sam.decide(CASE, on=ON)


@pytest.mark.parametrize("on", ["22/04/2024", "", "2024-02-30", None, 20240422, object()])
def test_another_day_is_a_misuse(on: Any) -> None:
    with pytest.raises(sam.SamError) as raised:
        sam.decide(CASE, on=on)
    assert raised.value.code == "misuse.on"


def test_misuses_have_codes() -> None:
    with pytest.raises(sam.SamError) as raised:
        sam.check("person", {}, on=ON)
    assert (raised.value.code, raised.value.params) == ("misuse.record", {"given": "person"})
    with pytest.raises(sam.SamError) as raised:
        sam.decide(CASE, on=ON).text("de")
    assert raised.value.code == "misuse.language"
    assert str(raised.value) != "misuse.language [misuse.language]"
    with pytest.raises(sam.SamError) as raised:
        sam.timeline(CASE, first="2024-05-01", last="2024-04-01")
    assert raised.value.code == "misuse.backwards"
    with pytest.raises(sam.SamError) as raised:
        sam.timeline(CASE, first="2024-05-01", last="2199-04-01")
    assert raised.value.code == "limit.timeline"


def test_personal_values_show_only_when_asked_for() -> None:
    decision = sam.decide(CASE, on=ON)
    shown = [decision.json(), repr(decision), decision._repr_html_(), *(decision.text(lang) for lang in ("fr", "nl", "en"))]
    shown.append(pickle.dumps(decision).decode("latin-1"))
    assert not any("1990" in text or "59512" in text for text in shown)
    report = sam.check("participant", {"birth_date": "1990-13-14", "residence": "FR-59512"}, on=ON)
    assert "1990-13-14" not in report.json() + report.text("fr")
    assert "1990-13-14" in report.json(values=True)


def test_a_decision_is_printed_and_its_days_go_into_a_calendar() -> None:
    decision = sam.decide(CASE, on=ON)
    page = decision.page("nl", "fr", reference="A & B")
    assert page.startswith('<!DOCTYPE html>\n<html lang="nl">') and "A &amp; B" in page and "maart 1990" not in page
    calendar = decision.ics("fr")
    assert calendar is not None and calendar.startswith("BEGIN:VCALENDAR\r\n")
    assert sam.decide({}, on=ON).ics("fr") is None
    for work in (lambda: decision.page("de"), lambda: decision.page("fr", "de"), lambda: decision.ics("FR")):
        with pytest.raises(sam.SamError) as raised:
            work()
        assert raised.value.code == "misuse.language"
    stored = pickle.loads(pickle.dumps(decision))
    for again in (lambda: stored.page("fr"), lambda: stored.ics("fr")):
        with pytest.raises(sam.SamError) as raised:
            again()
        assert raised.value.code == "misuse.page"


def test_a_stored_result_shows_what_it_showed() -> None:
    decision = sam.decide(CASE, on=ON)
    stored = pickle.loads(pickle.dumps(decision))
    assert stored == decision
    assert hash(stored) == hash(decision)
    assert stored.text("nl") == decision.text("nl")
    assert copy.deepcopy(decision) == decision
    with pytest.raises(sam.SamError) as raised:
        stored.json(values=True)
    assert raised.value.code == "misuse.values"
    with pytest.raises(sam.SamError):
        stored.text("de")


def test_what_becomes_of_the_object_changes_nothing() -> None:
    case = copy.deepcopy(CASE)
    decision = sam.decide(case, on=ON)
    told = decision.text("fr")
    case["placement"]["end"] = "2024-05-10"
    assert decision.text("fr") == told


def test_texts_are_escaped_in_a_notebook() -> None:
    report = sam.check("placement", {"<script>alert(1)</script>": 1}, on=ON)
    assert "<script>" not in report._repr_html_()
    assert "&lt;script&gt;" in report._repr_html_()


def test_a_pack_with_problems_lists_them_all() -> None:
    with pytest.raises(sam.PackError) as raised:
        sam.Rulebook.embedded().with_pack_yaml("format: 1\npack: A\nrules: 3\n")
    error = raised.value
    assert len(error.problems) > 2
    assert all({"code", "at", "params"} <= set(problem) for problem in error.problems)
    assert all(problem["at"]["line"] >= 1 for problem in error.problems)
    assert error.text("fr") != error.text("nl") != error.text("en")
    assert len(error.text("en").splitlines()) == len(error.problems)
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_an_id_is_taken_until_replaced() -> None:
    text = Path(__file__).parents[2].joinpath("core/data/packs/project.sam.yaml").read_text(encoding="utf-8")
    with pytest.raises(sam.SamError) as raised:
        sam.Rulebook.embedded().with_pack_yaml(text)
    assert raised.value.code == "pack.taken"
    assert sam.Rulebook.embedded().with_pack_yaml(text, replace=True).hash == sam.Rulebook.embedded().hash


def test_a_rulebook_without_packs_decides_nothing() -> None:
    book = sam.Rulebook.embedded().without_packs()
    assert book.decide(CASE, on=ON).outcome == "not_covered"
    assert book.hash != sam.Rulebook.embedded().hash
    assert set(book.parts) < set(sam.Rulebook.embedded().parts)


def test_labels_and_help_in_three_languages() -> None:
    book = sam.Rulebook.embedded()
    labels = {book.label("placement", "weekly_hours", lang) for lang in ("fr", "nl", "en")}
    assert len(labels) == 3
    assert book.help("placement", "weekly_hours", "nl")
    assert book.label("placement", "no_such_field", "fr") == "no_such_field"


def test_a_list_of_cases() -> None:
    text = json.dumps([CASE, {}])
    decisions = json.loads(sam.decide_all_json(text, ON))
    assert [d["outcome"] for d in decisions] == ["refused", "undetermined"]
    assert sam.explain_all(text, ON, "fr")[0] == sam.decide(CASE, on=ON).text("fr")


def test_a_timeline_covers_its_span() -> None:
    line = sam.timeline(CASE, first="2024-04-01", last="2024-12-31")
    assert line[0]["from"] == "2024-04-01"
    assert line[-1]["until"] == "2025-01-01"
    assert all(a["until"] == b["from"] for a, b in zip(line, line[1:], strict=False))


def test_an_earliest_start_says_what_stands_in_the_way() -> None:
    found = sam.earliest_start(CASE, on=ON, first="2024-05-01", last="2024-05-31")
    assert (found.intervals[0]["from"], found.intervals[-1]["until"]) == ("2024-05-01", "2024-06-01")
    assert found.earliest is None
    assert found.in_the_way
    assert found.missing == []
    assert found == sam.earliest_start_text(json.dumps(CASE), on=ON, first="2024-05-01", last="2024-05-31")
    assert len({found.text(lang) for lang in ("fr", "nl", "en")}) == 3
    assert repr(found) == "<EarliestStart on 2024-04-22: none>"
    assert [one["field"] for one in sam.earliest_start({}, on=ON, first=ON, last=ON).missing] == ["placement.start", "placement.end"]
    with pytest.raises(sam.SamError) as raised:
        sam.earliest_start(CASE, on=ON, first="2024-05-01", last="2024-04-01")
    assert raised.value.code == "misuse.backwards"


def test_a_timeline_is_told() -> None:
    span = {"first": "2024-04-01", "last": "2024-12-31"}
    told = sam.explain_timeline(CASE, **span, lang="nl")
    assert told == sam.explain_timeline_text(json.dumps(CASE), **span, lang="nl")
    assert "1 april 2024" in told


def test_the_schema_is_json() -> None:
    schema = json.loads(sam.schema("participant"))
    assert "birth_date" in schema["properties"]


def test_threads_share_a_rulebook() -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: sam.decide(CASE, on=ON).json(), range(200)))
    assert len(answers) == 1
