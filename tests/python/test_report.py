"""Reports of the vectors, read by html5lib (strict), and their pictures by an XML parser."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import html5lib
import pytest

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "charts.json").read_text(encoding="utf-8"))
HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


def reports() -> list[Any]:
    found = [vector for vector in VECTORS if vector["call"] == "report" and isinstance(vector.get("expect"), str)]
    return [pytest.param(vector["input"], vector["expect"], id=vector["name"]) for vector in found]


def elements(page: str) -> list[Any]:
    # `strict` raises at the first thing that HTML does not allow.
    return [node for node in html5lib.HTMLParser(strict=True).parse(page).iter() if isinstance(node.tag, str)]


def pictures(page: str) -> list[ET.Element]:
    return [ET.fromstring(svg) for svg in re.findall(r"<svg .*?</svg>", page, flags=re.DOTALL)]


def test_there_are_reports() -> None:
    assert len(reports()) == 6


@pytest.mark.parametrize(("given", "page"), reports())
def test_a_report_is_html_that_loads_and_runs_nothing(given: dict[str, Any], page: str) -> None:
    nodes = elements(page)
    names = {node.tag.removeprefix(HTML).removeprefix(SVG) for node in nodes}
    assert not names & {"script", "link", "img", "image", "iframe", "object", "embed", "foreignObject", "use", "style"} - {"style"}
    attributes = {(name, value) for node in nodes for name, value in node.attrib.items()}
    assert not any(name.startswith("on") for name, _ in attributes)
    assert all(value.startswith("#n") for name, value in attributes if name in {"href", "src", "xlink:href"})
    style = next(node.text for node in nodes if node.tag == f"{HTML}style")
    assert "url(" not in style and "@import" not in style and "@page" in style


@pytest.mark.parametrize(("given", "page"), reports())
def test_a_report_can_be_read_aloud(given: dict[str, Any], page: str) -> None:
    nodes = elements(page)
    assert next(node for node in nodes if node.tag == f"{HTML}html").get("lang") == given["lang"]
    levels = [int(node.tag[-1]) for node in nodes if re.fullmatch(rf"{HTML}h[1-6]", node.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(next_ - one <= 1 for one, next_ in zip(levels, levels[1:], strict=False))
    heads = [node for node in nodes if node.tag == f"{HTML}th"]
    assert heads and all(node.get("scope") in {"row", "col"} for node in heads)
    ids = [node.get("id") for node in nodes if node.get("id")]
    assert len(ids) == len(set(ids))
    linked = {node.get("href") for node in nodes if node.tag == f"{HTML}a"}
    assert linked <= {f"#{known}" for known in ids}


@pytest.mark.parametrize(("given", "page"), reports())
def test_every_picture_has_a_title_and_says_its_figures(given: dict[str, Any], page: str) -> None:
    drawn = pictures(page)
    assert drawn
    for svg in drawn:
        title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
        assert title is not None and description is not None and title.text and description.text
        assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        _, _, width, height = (float(part) for part in svg.get("viewBox", "").split())
        for node in svg.iter():
            places = [(node.get("x") or node.get("cx") or node.get("x1"), width), (node.get("y") or node.get("cy") or node.get("y1"), height)]
            assert all(0 <= float(at) <= most for at, most in places if at is not None), ET.tostring(node)


def test_what_is_hidden_is_told_without_a_number() -> None:
    page = next(vector["expect"] for vector in VECTORS if vector["name"] == "the report of a zone, en")
    rows = re.findall(r"<tr><th scope=\"row\">Kortrijk.*?</tr>", page)
    assert any(re.search(r"<td class=\"without\">× suppressed", row) for row in rows)
    # No total either: a part of it is hidden.
    assert "no total: a part is suppressed" in page
