"""Indicators in full, whether two figures can be compared, and a partner's own."""

import json
import pickle

import pytest

import sam_eurometropole as sam

OWN = {
    "partner": "cpas_mouscron",
    "source": "Decision of our board",
    "indicators": [
        {
            "code": "cpas_mouscron_water",
            "theme": "DEB",
            "tier": 2,
            "unit": "NR",
            "min": 0,
            "lowest": {"BE-WAL": "LOC"},
            "breakdowns": [],
            "grade": "N",
            "aggregation": "sum",
            "direction": "context",
            "frequency": "A",
            "evidence": "own",
            "name": {"fr": "a", "nl": "b", "en": "c"},
            "definition": {"fr": "d", "nl": "e", "en": "f"},
        }
    ],
}


def test_texts_come_in_one_language_or_in_all() -> None:
    texts = sam.indicator("POV01")["definition"]
    assert {lang: sam.indicator("POV01", lang)["definition"] for lang in ("fr", "nl", "en")} == texts
    with pytest.raises(sam.SamError) as raised:
        sam.indicator("pov01")
    assert raised.value.code == "misuse.indicator"
    with pytest.raises(sam.SamError) as raised:
        sam.indicator("POV01", "de")
    assert raised.value.code == "misuse.language"


def test_a_comparison_says_why_not() -> None:
    found = sam.compare({"indicator": "MIN01", "side": "FR"}, {"indicator": "MIN01", "side": "BE-VLG"})
    assert (found.comparable, found.code, found.show) == (False, "comparable.proxy", "beside")
    assert found.data["reason"]["params"] == {"indicator": "MIN01"}
    assert json.loads(found.json()) == found.data
    same = sam.compare({"indicator": "EMP01", "side": "FR"}, {"indicator": "EMP01", "side": "BE-VLG"})
    assert (same.comparable, same.code, same.show) == (True, None, "ranked")
    with pytest.raises(sam.SamError) as raised:
        sam.compare({"indicator": "MIN01"}, {})
    assert raised.value.code == "misuse.place"


def test_own_indicators_are_added_and_kept() -> None:
    book = sam.Rulebook.embedded().with_indicators_json(json.dumps(OWN))
    assert book.own_indicators("cpas_mouscron") == OWN
    assert book.own_indicators("ocmw_kortrijk") is None
    assert book.indicator("cpas_mouscron_water")["partner"] == "cpas_mouscron"
    assert book.integrity().ok and book.integrity().text("nl") == ""
    with pytest.raises(sam.SamError) as taken:
        book.with_indicators_json(json.dumps(OWN))
    assert taken.value.code == "indicators.taken"
    assert taken.value.params == {"id": "cpas_mouscron"}


def test_problems_are_told_and_pickled() -> None:
    wrong = json.dumps(OWN).replace("cpas_mouscron_water", "water")
    with pytest.raises(sam.IndicatorsError) as raised:
        sam.Rulebook.embedded().with_indicators_json(wrong)
    error = raised.value
    assert (error.code, [problem["code"] for problem in error.problems]) == ("indicators.problems", ["indicators.prefix"])
    again = pickle.loads(pickle.dumps(error))
    assert (again.problems, again.text("fr")) == (error.problems, error.text("fr"))
