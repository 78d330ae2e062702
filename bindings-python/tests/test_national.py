"""Files of national producers, by the doors that only Python has: paths, rows, workbooks."""

import json
from datetime import date
from pathlib import Path

import pytest
import sam_eurometropole as sam

ON = date(2026, 1, 1)
FOLDER = Path(__file__).parents[2] / "examples" / "data" / "national"
CREDIT = "be_vlg_provincies.credit_default"


def rows() -> list[list[object]]:
    return list(json.loads((FOLDER / "v3122_nbb_20_21.json").read_text(encoding="utf-8")))


def test_a_path_says_the_name_of_the_file() -> None:
    read = sam.read_national(FOLDER / "data_CAF_2019_IRIS.csv", "fr_caf.iris", on=ON)
    assert {one["period"] for one in read.observations} == {"2019"}


def test_rows_of_a_sheet_are_those_of_the_text() -> None:
    assert sam.read_national(rows(), CREDIT, on=ON).json() == sam.read_national(json.dumps(rows()), CREDIT, on=ON).json()


def test_a_workbook_gives_the_rows_of_its_sheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Uitleg"
    sheet = book.create_sheet("Blad1")
    for row in rows():
        sheet.append(row)
    book.save(tmp_path / "v3122.xlsx")
    read = sam.read_national_xlsx(tmp_path / "v3122.xlsx", CREDIT, on=ON, sheet="Blad1")
    assert read.observations == sam.read_national(rows(), CREDIT, on=ON).observations
    assert not read.findings[0]["severity"] == "error" and read.ok


def test_a_mapping_has_three_forms(tmp_path: Path) -> None:
    document = next(mapping for mapping in sam.national_mappings() if mapping["mapping"] == CREDIT)
    (tmp_path / "own.json").write_text(json.dumps(document), encoding="utf-8")
    by_id = sam.read_national(rows(), CREDIT, on=ON)
    assert by_id.observations == sam.read_national(rows(), document, on=ON).observations
    assert by_id.observations == sam.read_national(rows(), tmp_path / "own.json", on=ON).observations


def test_calls_gone_wrong_raise() -> None:
    with pytest.raises(sam.SamError) as unknown:
        sam.read_national("", "fr_insee.filo", on=ON)
    assert unknown.value.code == "misuse.mapping"
    with pytest.raises(sam.SamError) as option:
        sam.read_national("", CREDIT, on=ON, partner="ccas_paris")
    assert (option.value.code, option.value.params) == ("misuse.national_option", {"given": "partner"})
    with pytest.raises(sam.MappingError) as problems:
        sam.read_national("", {"format": 2}, on=ON)
    assert problems.value.problems[0]["code"] == "mapping.format"


def test_the_examples_are_read_without_an_error() -> None:
    for file, mapping, options in [
        ("cc_filosofi_2021_COM.csv", "fr_insee.filosofi_commune", {}),
        ("FILO2019_DISP_COM.csv", "fr_insee.filosofi_disp_commune", {}),
        ("base_cc_comparateur.csv", "fr_insee.comparateur_commune", {}),
        ("huishoudens.json", "be_statbel.households", {"period": "2023"}),
        ("ilc_peps11n.json", "eurostat.json_stat", {"indicator": "POV03"}),
    ]:
        read = sam.read_national(FOLDER / file, mapping, on=ON, **options)
        assert read.ok and read.observations, file
        report = sam.check_set({"observation": read.observations}, on=ON)
        assert report.ok, (file, report.text("en"))
