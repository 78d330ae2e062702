"""The JSON Schemas say what the engine says, by Python's validator.

    python schema.py ROOT SCHEMAS

Every `check` vector whose record is plain JSON and that adds no code list is judged. The law: a record without findings of the error kind fits its schema; one
with a finding whose code the table of `core/src/finding.rs` marks as said by the schema does not. `schema: true` or `false` in a vector
says it outright. Packs (`SCHEMAS/packs.ndjson`, made by `tests/src/pack_documents.rs`) come with what is wanted. All cases and verdicts go to `SCHEMAS/cases.json`, where the validator of JavaScript (`schema.mjs`) finds them.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

# JavaScript holds no larger whole number, so that its validator would be asked something else.
LARGEST = 2**53 - 1


class NotPlain(Exception):
    """The record is no JSON that every parser reads alike."""


def main(root: Path, schemas: Path) -> int:
    validators = {file.stem: validator(file) for file in sorted(schemas.glob("*.json"))}
    codes = codes_in_schema(root)
    cases, wrong = [], []
    for vector_id, vector in vectors(root):
        try:
            data = record(vector["input"])
        except NotPlain:
            continue
        role = vector["input"]["record"]
        valid = validators[role].is_valid(data)
        cases.append({"id": vector_id, "record": role, "data": data, "valid": valid})
        wanted = expected(vector, codes)
        if wanted is not None and valid != wanted:
            wrong.append(f"{vector_id}: the schema says {valid}, the engine {wanted}")
    for line in (schemas / "packs.ndjson").read_text(encoding="utf-8").splitlines():
        pack = json.loads(line)
        valid = validators["pack"].is_valid(pack["data"])
        cases.append({"id": pack["id"], "record": "pack", "data": pack["data"], "valid": valid})
        if valid != pack["fits"]:
            wrong.append(f"{pack['id']}: the schema of packs says {valid}{why(validators['pack'], pack['data'])}")
    (schemas / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    valid_ones = sum(case["valid"] for case in cases)
    print("\n".join([*wrong, f"{len(cases)} records and packs, {valid_ones} fit their schema, {len(wrong)} wrong"]))
    return 1 if wrong or valid_ones in (0, len(cases)) else 0


def why(validator: Draft202012Validator, data: Any) -> str:
    error = best_match(validator.iter_errors(data))
    return f", {error.json_path}: {error.message[:200]}" if error else ""


def validator(file: Path) -> Draft202012Validator:
    schema = json.loads(file.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def codes_in_schema(root: Path) -> set[str]:
    text = (root / "core" / "src" / "finding.rs").read_text(encoding="utf-8")
    codes = set(re.findall(r'= "([a-z_.]+)", Error, true;', text))
    if not codes:
        raise SystemExit("no codes found in core/src/finding.rs")
    return codes


def vectors(root: Path) -> list[tuple[str, dict[str, Any]]]:
    files = sorted((root / "tests" / "vectors").rglob("*.json"))
    lists = [(file.stem, json.loads(file.read_text(encoding="utf-8"))) for file in files if file.name != "schema.json"]
    return [(f"{name}#{v['name']}", v) for name, all_ in lists for v in all_ if v["call"] == "check" and "codes" not in v["input"]]


def expected(vector: dict[str, Any], codes: set[str]) -> bool | None:
    """What the engine says of the record, where the law says anything."""
    if "schema" in vector:
        return bool(vector["schema"])
    findings = vector.get("expect", vector.get("expect_members", {})).get("findings")
    if findings is None:
        return None
    if any(finding["code"] in codes for finding in findings):
        return False
    return None if any(finding["severity"] == "error" for finding in findings) else True


def record(given: dict[str, Any]) -> Any:
    if "value" in given:
        data = given["value"]
    else:
        try:
            data = json.loads(given["text"], object_pairs_hook=without_duplicates, parse_constant=refuse)
        except (ValueError, RecursionError) as error:
            raise NotPlain from error
    plain(data)
    return data


def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise NotPlain
    return dict(pairs)


def refuse(constant: str) -> None:
    raise NotPlain(constant)


def plain(data: Any) -> None:
    """Refuses what another parser may read as something else."""
    if isinstance(data, dict):
        for name, value in data.items():
            plain(name)
            plain(value)
    elif isinstance(data, list):
        for item in data:
            plain(item)
    elif isinstance(data, str):
        if any(0xD800 <= ord(char) <= 0xDFFF for char in data):
            raise NotPlain
    elif isinstance(data, int | float) and not -LARGEST <= data <= LARGEST:
        raise NotPlain


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
