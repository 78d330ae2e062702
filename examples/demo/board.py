"""The complete run in Python: national files as they come, read, checked, laid side by side, protected, told and drawn in three languages.

Run it from the root of the repository; `examples/demo/board.json` says what is read and asked. A folder after it gets the reports. The last line is
the hash of everything that machines get, and of the reports; the same run in Rust and in Node prints the same one.
"""

import hashlib
import json
import sys
from pathlib import Path

import sam_eurometropole as sam

LANGUAGES = ["fr", "nl", "en"]


def main() -> None:
    run = json.loads(Path("examples/demo/board.json").read_text(encoding="utf-8"))
    on, observations, outputs = run["on"], [], []
    for one in run["files"]:
        read = sam.read_national(Path("examples/data/national") / one["file"], one["mapping"], on=on)
        print(f"\n===== {one['file']} =====\n{read.text('fr')}")
        observations += read.observations
        outputs.append(read.json())
    checked = sam.check_set({"observation": observations}, on=on)
    print(f"\n===== check =====\n{checked.text('fr')}")
    lacking = sam.completeness(observations, run["expected"])
    board = sam.dashboard(observations, run["request"])
    outputs += [checked.json(), lacking.json(), board.json(), board.record_json()]
    for lang in LANGUAGES:
        print(f"\n===== {lang} =====\n{lacking.text(lang)}\n{board.text(lang)}")
        report = sam.report(observations, run["request"], lang=lang)
        if len(sys.argv) > 1:
            (Path(sys.argv[1]) / f"report.{lang}.html").write_text(report, encoding="utf-8", newline="")
        outputs.append(report)
    print(f"sha256 {hashlib.sha256(''.join(outputs).encode('utf-8')).hexdigest()}")


if __name__ == "__main__":
    main()
