"""What a keeper asks of packs, called rightly and wrongly. What the answers say is compared in the vectors."""

import json
from datetime import date

import pytest
import sam_eurometropole as sam


def test_the_packs_of_the_package_are_in_order() -> None:
    assert sam.pack_tests().ok
    assert sam.pack_coverage().ok
    assert {pack["pack"] for pack in sam.pack_tests().data["packs"]} >= {"fr.pmsmp", "fr.iae", "project.sam"}


def test_a_day_is_a_date_or_a_text() -> None:
    assert sam.packs_due(on=date(2026, 11, 25)).json() == sam.packs_due(on="2026-11-25").json()


def test_cases_are_text_or_objects() -> None:
    book = sam.Rulebook.embedded()
    cases = [{"placement": {"scheme": "fr_pmsmp"}}, {}]
    by_objects = book.pack_diff(book, "fr.pmsmp", cases=cases, on="2024-04-22")
    by_text = book.pack_diff(book, "fr.pmsmp", cases=json.dumps(cases), on="2024-04-22")
    assert by_objects.json() == by_text.json()
    assert by_objects.ok and by_objects.data["decisions"]["cases"] == 2


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda book: book.pack_tests("no.pack"), "misuse.pack"),
        (lambda book: book.pack_coverage("no.pack"), "misuse.pack"),
        (lambda book: book.packs_due(on="2026-11-25", pack="no.pack"), "misuse.pack"),
        (lambda book: book.packs_due(on="soon"), "misuse.on"),
        (lambda book: book.pack_diff(book.without_packs(), "fr.pmsmp"), "misuse.pack"),
        (lambda book: book.pack_diff(book, "fr.pmsmp", cases="[]"), "misuse.on"),
        (lambda book: book.pack_tests().text("de"), "misuse.language"),
    ],
)
def test_a_wrong_call_says_so(call, code: str) -> None:
    with pytest.raises(sam.SamError) as wrong:
        call(sam.Rulebook.embedded())
    assert wrong.value.code == code
