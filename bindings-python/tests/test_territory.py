"""The territory in Python: answers are dictionaries, days are dates or text, and only misuse raises."""

from datetime import date

import pytest
import sam_eurometropole as sam

ON = "2026-01-01"


def test_an_answer_is_a_dictionary_that_says_what_made_it() -> None:
    found = sam.territory.find("Doornik", on=ON)
    assert [hit["code"] for hit in found["hits"]] == ["BE-57081"]
    assert found["made_by"]["rulebook"]["hash"] == sam.Rulebook.embedded().hash


def test_a_day_is_a_date_or_text() -> None:
    assert sam.territory.at("BE-54007", on=date(2026, 1, 1)) == sam.territory.at("BE-54007", on=ON)
    with pytest.raises(sam.SamError) as raised:
        sam.territory.members("mel", on="yesterday")
    assert raised.value.code == "misuse.on"


def test_a_code_that_is_not_held_raises_nothing() -> None:
    assert sam.territory.at("FR-69123", on=ON)["status"] == "outside_coverage"
    assert sam.territory.ancestors("Lyon")["coverage"] == "malformed"
    assert sam.territory.members("FR-DEP-69", on=ON)["held"] == "none"


def test_a_rulebook_has_its_territory() -> None:
    territory = sam.Rulebook.embedded().without_packs().territory
    assert len(territory.members("mel", on=ON)["members"]) == 95
    assert territory.neighbours("FR-59599")["neighbours"][0]["code"] == "BE-57096"
    assert territory.changes(first="2019-01-01", last="2019-01-01")["changes"]
