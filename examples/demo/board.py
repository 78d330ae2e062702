"""The complete run in Python: national files as they come, read, checked, laid side by side, protected, told in three languages.

Run it from the root of the repository; `examples/demo/board.json` says what is read and asked. The last line is the hash of everything that
machines get; the same run in Rust and in Node prints the same one.
"""

import hashlib
import json
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
    report = sam.check_set({"observation": observations}, on=on)
    print(f"\n===== check =====\n{report.text('fr')}")
    lacking = sam.completeness(observations, run["expected"])
    board = sam.dashboard(observations, run["request"])
    outputs += [report.json(), lacking.json(), board.json(), board.record_json()]
    for lang in LANGUAGES:
        print(f"\n===== {lang} =====\n{lacking.text(lang)}\n{board.text(lang)}")
        # A report of the dashboard joins here: one more output of `board` in each language.
    print(f"sha256 {hashlib.sha256(''.join(outputs).encode('utf-8')).hexdigest()}")


if __name__ == "__main__":
    main()
