"""Code lists of a partner, and stored records, from Python."""

import json
import pickle
from typing import Any

import pytest

import sam_eurometropole as sam

BOOK = sam.Rulebook.embedded()
ON = "2026-06-01"


def document(list_id: str = "event_format") -> dict[str, Any]:
    found = BOOK.code_list(list_id)
    assert found is not None
    label = {"fr": "En itinérance", "nl": "Rondtrekkend", "en": "Travelling"}
    return {**found, "codes": [*found["codes"], {"code": "on_the_road", "label": label, "verified": True}]}


def test_an_own_code_is_read_at_once() -> None:
    own = BOOK.with_codes_json(json.dumps(document()), replace=True)
    assert own.check("event", {"format": "on_the_road"}, on=ON).data["counts"] == BOOK.check("event", {"format": "mixed"}, on=ON).data["counts"]
    assert "on_the_road" in own.schema("event")
    assert "on_the_road" not in BOOK.schema("event")
    assert own.code_list("event_format") == document()
    assert own.without_packs().code_list("event_format") == document()
    assert BOOK.code_list("no_such_list") is None


def test_a_table_reads_own_codes_and_labels() -> None:
    own = BOOK.with_codes_json(json.dumps(document()), replace=True)
    table = sam.read_csv("kind;start;end;format\nforum;2026-04-18;2026-04-18;Rondtrekkend\n")
    assert own.check_table("event", table, on=ON).to_dicts(values=True)[0]["read"]["format"] == "on_the_road"


def test_a_list_with_problems_lists_them_all() -> None:
    with pytest.raises(sam.CodesError) as raised:
        BOOK.with_codes_yaml("list: own list\ntitle: {fr: a}\ncodes: 3\n")
    error = raised.value
    assert isinstance(error, sam.SamError) and not isinstance(error, sam.PackError)
    assert error.code == "codes.problems"
    assert len(error.problems) == 5
    assert all(problem["at"]["line"] >= 1 for problem in error.problems)
    assert {lang: "\n".join(lines) for lang, lines in error.texts.items()} == {lang: error.text(lang) for lang in ("fr", "nl", "en")}
    assert error.text("fr") != error.text("nl") != error.text("en")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.problems, again.texts) == (sam.CodesError, error.problems, error.texts)
    with pytest.raises(sam.SamError, match="misuse.language"):
        error.text("de")


def test_an_id_is_taken_until_replaced() -> None:
    with pytest.raises(sam.SamError) as raised:
        BOOK.with_codes_json(json.dumps(document()))
    assert (raised.value.code, raised.value.params) == ("codes.taken", {"id": "event_format"})


def test_yaml_and_json_give_one_hash() -> None:
    text = json.dumps(document())
    assert BOOK.with_codes_yaml(text, replace=True).hash == BOOK.with_codes_json(text, replace=True).hash != BOOK.hash


def test_a_stored_record_is_given_as_text_or_as_objects() -> None:
    by_text = sam.migrate("placement", '{"weekly_hours": 35.0, "scheme": "fr_pmsmp"}', format=1)
    assert by_text == sam.migrate("placement", {"scheme": "fr_pmsmp", "weekly_hours": 35}, format=1)
    assert by_text == (1, '{"scheme":"fr_pmsmp","weekly_hours":35}', [])
    assert by_text.data == {"scheme": "fr_pmsmp", "weekly_hours": 35}


@pytest.mark.parametrize("form", [2, 0, True, None, 1.0, "one", 10**30])
def test_no_other_format_is_read(form: object) -> None:
    with pytest.raises(sam.SamError) as raised:
        sam.migrate("placement", {}, format=form)  # type: ignore[arg-type]
    assert raised.value.code == "misuse.format"
    assert raised.value.params == {"given": str(form), "known": "1"}


def test_what_is_stored_is_an_object_of_json() -> None:
    for data in ("[]", "{", [], None, {"a": 2**60}, {"a": float("nan")}):
        with pytest.raises(sam.SamError) as raised:
            sam.migrate("placement", data, format=1)
        assert raised.value.code == "misuse.stored"
    with pytest.raises(sam.SamError) as raised:
        sam.migrate("person", {}, format=1)
    assert raised.value.code == "misuse.record"
