"""The runner of Python: every vector and every generated case by the Python package.

    python vectors.py VECTORS INPUTS RESULTS

The files are described in `xtask/src/runners.rs`, the calls in `calls.py`.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import calls

RUNNER = "python"


def main(vectors: Path, inputs: Path, results: Path) -> int:
    answer: dict[str, str] = {}
    wrong: list[str] = []
    for line in lines(vectors):
        if reason := line.get("skip", {}).get(RUNNER):
            print(f"skipped {line['id']}: {reason}")
            answer[line["id"]] = "skipped"
            continue
        output = call(line)
        answer[line["id"]] = sha256(output)
        if output != line["expect"]:
            wrong.append(f"{line['id']}\n  expected {line['expect']}\n  got      {output}")
    answer["generated"] = sha256("".join(sha256(call(line)) + "\n" for line in lines(inputs)))
    results.write_text(json.dumps(answer), encoding="utf-8")
    print("\n".join([*wrong[:20], f"{len(answer) - 1} vectors, {len(wrong)} wrong"]))
    return 1 if wrong else 0


def call(line: dict[str, Any]) -> str:
    try:
        return calls.run(line["call"], line["input"])
    except Exception as error:  # noqa: BLE001 - whatever is raised is a wrong answer, told with the vector
        return f"raised: {error!r}"


def lines(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as text:
        return [json.loads(line) for line in text if line.strip()]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:4])))
