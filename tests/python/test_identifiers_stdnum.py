"""Identifiers against python-stdnum: 100,000 numbers for each of its schemes, half of them damaged.

A number is drawn as the scheme writes it, with the rare things that libraries treat differently among them; every second one is then
damaged by one digit, a swap, a length, separators or the case of its letters. Where the two say something else, the number must fall in exactly one
class of ``CLASSES``, which is told in ``docs/identifiers.md`` with its reason; every class must occur. The numbers are the same in each run.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from stdnum import iban, luhn
from stdnum.be import bis, nn, vat
from stdnum.be import iban as be_iban
from stdnum.fr import nir, siren, siret, tva

import sam_eurometropole as sam

COUNT = 100_000
TODAY = date.today()  # stdnum judges by today; so it is our day of the question, too.
DOCS = Path(__file__).parents[2] / "docs" / "identifiers.md"
DIGITS = "0123456789"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"

Rng = random.Random


def digits(rng: Rng, count: int) -> str:
    return f"{rng.randrange(10**count):0{count}}"


def by_luhn(body: str) -> str:
    return body + luhn.calc_check_digit(body)


def a_siren(rng: Rng) -> str:
    return by_luhn(digits(rng, 8))


def a_siret(rng: Rng) -> str:
    if rng.random() < 0.1:
        return "356000000" + digits(rng, 5)
    return by_luhn(a_siren(rng) + digits(rng, 4))


def a_tva(rng: Rng) -> str:
    body = "000" + digits(rng, 6) if rng.random() < 0.05 else a_siren(rng)
    key = f"{int(body + '12') % 97:02}"
    if rng.random() < 0.1:
        key = rng.choice(DIGITS + LETTERS) + rng.choice(DIGITS + LETTERS)
    return rng.choice(("FR", "FR", "")) + key + body


def a_nir(rng: Rng) -> str:
    if rng.random() < 0.001:
        return "269054958815780"
    first = rng.choice("12") if rng.random() < 0.9 else rng.choice(DIGITS)
    month = f"{rng.randrange(1, 13):02}" if rng.random() < 0.9 else digits(rng, 2)
    department = rng.choice(("2A", "2B")) if rng.random() < 0.1 else f"{rng.randrange(1, 100):02}"
    body = first + digits(rng, 2) + month + department + digits(rng, 6)
    return body + nir.calc_check_digits(body + "00")


def a_niss(rng: Rng, added: tuple[int, ...]) -> str:
    month = rng.randrange(13) + rng.choice(added) if rng.random() < 0.95 else rng.randrange(100)
    day = rng.randrange(1, 29) if rng.random() < 0.8 else rng.randrange(100)
    sequence = rng.choice((0, 999)) if rng.random() < 0.02 else rng.randrange(1, 999)
    body = f"{rng.randrange(100):02}{month:02}{day:02}{sequence:03}"
    front = rng.choice(("", "2")) if int(body[:2]) + 2000 <= TODAY.year else ""
    return body + f"{97 - int(front + body) % 97:02}"


def an_enterprise(rng: Rng) -> str:
    body = rng.choice("01") + digits(rng, 7)
    key = 97 - int(body) % 97
    if key in (1, 2, 97) and rng.random() < 0.5:
        key = key + 97 if key < 97 else 0
    number = f"{body}{key:02}"
    if number.startswith("0") and rng.random() < 0.1:
        number = rng.choice((number[1:], f"(0){number[1:]}"))
    return rng.choice(("BE", "", "")) + number


def an_iban(rng: Rng) -> str:
    country = rng.choice(("BE", "BE", "FR", "FR", "LU", "NL", "XY"))
    match country:
        case "BE":
            body = digits(rng, 10)
            account = body + f"{int(body) % 97 or 97:02}"
        case "FR":
            bank, branch, number = digits(rng, 5), digits(rng, 5), digits(rng, 10) + rng.choice(DIGITS + "ABCXYZ")
            account = bank + branch + number + rib_key(bank, branch, number)
        case "NL":
            account = "".join(rng.choices(LETTERS, k=4)) + digits(rng, 10)
        case _:
            account = digits(rng, rng.choice((16, 16, 17)))
    if country == "FR" and rng.random() < 0.1:
        account = account[:-2] + digits(rng, 2)
    return country + iban.calc_check_digits(country + "00" + account) + account


def rib_key(bank: str, branch: str, number: str) -> str:
    letters = {letter: str((place if place < 18 else place + 1) % 9 + 1) for place, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
    account = "".join(letters.get(c, c) for c in number)
    return f"{97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97:02}"


def damaged(rng: Rng, number: str) -> str:
    place = rng.randrange(len(number) - 1)
    before, after = number[:place], number[place + 1 :]
    match rng.randrange(10):
        case 0 | 1 | 2:
            return before + rng.choice(DIGITS) + after
        case 3 | 4:
            return before + number[place + 1] + number[place] + number[place + 2 :]
        case 5 | 6:
            return before + after if rng.random() < 0.5 else before + rng.choice(DIGITS) + number[place:]
        case 7:
            return before + rng.choice((" ", ".", "-", "/", "\u00a0", "\u2011")) + number[place:] + rng.choice(("", " ", "\n"))
        case 8:
            return number.lower()
        case _:
            wide = chr(0xFF10 + int(number[place])) if number[place].isdigit() else rng.choice("O_é,")
            return before + wide + after


@dataclass(frozen=True)
class Against:
    """One scheme of stdnum, and which of our numbers it knows."""

    scheme: str
    theirs: Callable[[str], bool]
    compact: Callable[[str], str]
    draw: Callable[[Rng], str]
    kind: str | None = None


AGAINST = {
    "fr.siren": Against("siren", siren.is_valid, siren.compact, a_siren),
    "fr.siret": Against("siret", siret.is_valid, siret.compact, a_siret),
    "fr.tva": Against("fr_vat", tva.is_valid, lambda text: "FR" + tva.compact(text), a_tva),
    "fr.nir": Against("nir", nir.is_valid, nir.compact, a_nir),
    "be.nn": Against("niss", nn.is_valid, nn.compact, lambda rng: a_niss(rng, (0,)), "national"),
    "be.bis": Against("niss", bis.is_valid, bis.compact, lambda rng: a_niss(rng, (20, 40)), "bis"),
    "be.vat": Against("be_enterprise", vat.is_valid, vat.compact, an_enterprise),
    "iban": Against("iban", iban.is_valid, iban.compact, an_iban),
}


def ours_refuses(code: str, pattern: str = "") -> Callable[[Against, str, sam.Identifier], bool]:
    """We refuse with a code what stdnum takes; the number, without separators, has a pattern."""
    return lambda against, text, ours: ours.code == code and re.search(pattern, against.compact(text)) is not None


def separators(against: Against, text: str, ours: sam.Identifier) -> bool:
    bare = re.sub("[-/\u2011\u2013]", "", text)
    return ours.valid and bare != text and against.theirs(bare)


def only_in_ascii(against: Against, text: str, ours: sam.Identifier) -> bool:
    return ours.code == "identifier.characters" and not text.replace("\u00a0", "").isascii()


def zero_in_brackets(against: Against, text: str, ours: sam.Identifier) -> bool:
    brackets = "(0)" in re.sub(r"[\s./\u2011-]", "", text)
    return ours.code == "identifier.characters" and brackets and not only_in_ascii(against, text, ours)


def an_unknown_bank(_: Against, text: str, ours: sam.Identifier) -> bool:
    number = ours.normal or ""
    return number.startswith("BE") and not be_iban.info(number)


def another_country(_: Against, text: str, ours: sam.Identifier) -> bool:
    number = ours.normal or ""
    return number != "" and number[:2] not in ("BE", "FR") and not iban.is_valid(number)


# Schemes of stdnum, the class as docs/identifiers.md names it, and what falls in it.
CLASSES: list[tuple[tuple[str, ...], str, Callable[[Against, str, sam.Identifier], bool]]] = [
    (("iban",), "iban.bank", an_unknown_bank),
    (("iban",), "iban.country", another_country),
    (("iban",), "iban.account_key", ours_refuses("identifier.account_key", "^FR")),
    (("be.vat",), "be_enterprise.key", ours_refuses("identifier.check_digits", "(00|98|99)$")),
    (("be.vat",), "be_enterprise.zero_in_brackets", zero_in_brackets),
    (("be.nn", "be.bis"), "niss.sequence", ours_refuses("identifier.sequence", "^.{6}(000|999)")),
    (("fr.nir",), "nir.first_digit", ours_refuses("identifier.start", "^[0569]")),
    (("fr.nir",), "nir.month", ours_refuses("identifier.month", "^...(1[3-9]|4[3-9])")),
    (("fr.nir",), "nir.sample", ours_refuses("identifier.sample")),
    (tuple(name for name in AGAINST if name != "be.vat"), "separators", separators),
    (tuple(AGAINST), "ascii_only", only_in_ascii),
]


@pytest.mark.parametrize("name", AGAINST)
def test_every_disagreement_has_its_reason(name: str) -> None:
    against, rng = AGAINST[name], random.Random(f"identifiers {name}")
    book, on = sam.Rulebook.embedded(), TODAY.isoformat()
    valid, seen, unknown = 0, Counter[str](), []
    for index in range(COUNT):
        number = against.draw(rng)
        text = damaged(rng, number) if index % 2 else number
        ours = book.identifier(against.scheme, text, on)
        takes = ours.valid and against.kind in (None, ours.parts.get("kind"))
        valid += takes
        if takes != against.theirs(text):
            fitting = [word for schemes, word, fits in CLASSES if name in schemes and fits(against, text, ours)]
            seen.update(fitting)
            if len(fitting) != 1:
                unknown.append((text, repr(ours), fitting))
        elif takes:
            assert ours.normal == against.compact(text), text
    assert not unknown, (len(unknown), unknown[:10])
    assert set(seen) == {word for schemes, word, _ in CLASSES if name in schemes}, seen
    assert 0.4 <= valid / COUNT <= 0.75, valid


@pytest.mark.parametrize("module", [nn, bis], ids=["be.nn", "be.bis"])
def test_a_belgian_number_says_the_same_of_its_owner(module: object) -> None:
    rng, met = random.Random("parts"), Counter[str]()
    for _ in range(10_000):
        text = a_niss(rng, (0,) if module is nn else (20, 40))
        ours = sam.identifier("niss", text, TODAY)
        if not ours.valid or not module.is_valid(text):
            continue
        parts = ours.parts
        born = module.get_birth_date(text)
        assert parts["birth_year"] == module.get_birth_year(text), text
        assert parts["birth_month"] == module.get_birth_month(text), text
        assert parts["birth_day"] == (born.day if born else None), text
        assert {"male": "M", "female": "F", None: None}[parts["sex"]] == module.get_gender(text), text
        met.update([f"sex {parts['sex']}", f"day {parts['birth_day'] is not None}", f"year {parts['birth_year'] is not None}"])
    assert met["sex male"] and met["sex female"] and met["day True"] and met["day False"]


def test_the_page_tells_every_class() -> None:
    page = DOCS.read_text(encoding="utf-8")
    assert [word for _, word, _ in CLASSES if f"`{word}`" not in page] == []
