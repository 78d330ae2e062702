"""The code blocks of the documentation run.

    python readme.py ROOT NODE

Every Markdown file of the repository is read. The `python` blocks of a file make one program, the `js` blocks another; `json` blocks
parse; `rust` blocks are those of files that `core/src/lib.rs` includes as tests. A block with another language needs a line
`<!-- not run: why -->` before it. A block without a language is a picture.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FENCE = re.compile(r"(?P<reason><!-- not run: .+ -->\n\n?)?^```(?P<language>[a-z]+)\n(?P<code>.*?)^```$", re.M | re.S)


class Block(NamedTuple):
    language: str
    code: str
    reason: bool


def main(root: Path, node: str) -> int:
    wrong: list[str] = []
    count = 0
    for file in documents(root):
        blocks = list(blocks_of(file.read_text(encoding="utf-8")))
        count += sum(not block.reason for block in blocks)
        wrong += [f"{file.relative_to(root)}: {problem}" for problem in problems(root, node, file, blocks)]
    print("\n".join([*wrong, f"{count} code blocks run, {len(wrong)} wrong"]))
    return 1 if wrong or count == 0 else 0


def documents(root: Path) -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return [root / name for name in sorted(listed.split("\0")) if name and (root / name).exists()]


def blocks_of(text: str) -> Iterator[Block]:
    for found in FENCE.finditer(text):
        yield Block(found["language"], found["code"], found["reason"] is not None)


def problems(root: Path, node: str, file: Path, blocks: list[Block]) -> Iterator[str]:
    run = [block for block in blocks if not block.reason]
    of = {language: "\n".join(b.code for b in run if b.language == language) for language in ("python", "js")}
    if of["python"]:
        yield from program([sys.executable, "-c", of["python"]], root)
    if of["js"]:
        yield from module(root, node, of["js"])
    for block in run:
        if block.language == "json":
            json.loads(block.code)
        elif block.language == "rust" and not tested_by_rustdoc(root, file):
            yield "its `rust` blocks are not included in core/src/lib.rs"
        elif block.language not in ("python", "js", "json", "rust"):
            yield f"a `{block.language}` block is neither run nor says why"


def tested_by_rustdoc(root: Path, file: Path) -> bool:
    library = (root / "core" / "src" / "lib.rs").read_text(encoding="utf-8")
    return f'include_str!("../../{file.relative_to(root).as_posix()}")' in library


def module(root: Path, node: str, code: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(folder) / "node_modules"
        packages.mkdir()
        (packages / "sam-eurometropole").symlink_to(root / "bindings-wasm", target_is_directory=True)
        script = Path(folder) / "blocks.mjs"
        script.write_text(code, encoding="utf-8")
        yield from program([node, str(script)], Path(folder))


def program(command: list[str], folder: Path) -> Iterator[str]:
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    if ended.returncode != 0:
        yield f"a program of its blocks failed\n{ended.stderr[-2000:]}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
