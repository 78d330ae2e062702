"""The main job in Python: three partners' placements, checked and decided.

Run it from the root of the repository. The last line is the hash of all decisions as JSON; the same job in Rust and in Node
prints the same one.
"""

import hashlib
from pathlib import Path

import sam_eurometropole as sam

PARTNERS = [
    ("CCAS de Roubaix", "fr", "ccas_roubaix"),
    ("CPAS de Mouscron", "fr", "cpas_mouscron"),
    ("OCMW Menen", "nl", "ocmw_menen"),
]


def main() -> None:
    on = "2024-04-22"
    everything = hashlib.sha256()
    for partner, lang, file in PARTNERS:
        text = Path(f"examples/data/{file}.json").read_text(encoding="utf-8")
        print(f"\n===== {partner} =====")
        for number, told in enumerate(sam.explain_all(text, on, lang), start=1):
            print(f"\n--- {number} ---\n{told}")
        everything.update(sam.decide_all_json(text, on).encode("utf-8"))
    print(f"sha256 {everything.hexdigest()}")


if __name__ == "__main__":
    main()
