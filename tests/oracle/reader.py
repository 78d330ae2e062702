"""Reads a case for the oracle, as `docs/reading.md` says: results by path, and the findings of its records.

A result is a value with its reads; None is unknown, and the reads say why: `("absent", path, reason)`. The value of a list
is a list of such dictionaries, one an element. A place is a tuple of names and indices, a path its text with the indices.
"""

import calendar
import functools
import json
import re
import unicodedata
from collections import namedtuple
from datetime import date

Result = namedtuple("Result", "value reads", defaults=[()])
KINDS = {type(None): "null", bool: "bool", int: "int", float: "float", str: "text", list: "list", dict: "object"}
NUMBER = ("int", "float")
TAKES = {"bool": ["bool"], "objects": ["list"], "codes": ["list"], "integer": NUMBER, "number": NUMBER, "money": NUMBER}
FORMS = {"siret": "[0-9]{14}", "be_enterprise": "[01][0-9]{9}", "time": "([01][0-9]|2[0-3]):[0-5][0-9]|24:00",
         "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}.*)?",
         "pass_iae": "99999[0-9]{7}|(?!99999)[0-9A-Z]{12}",
         "territory": "FR-([0-9]{2}|2[AB])[0-9]{3}|BE-[0-9]{5}"}


def in_time(entry, day):
    return entry.get("from", "") <= str(day) <= entry.get("to", "9999")


def path_of(place):
    """The path of the field, without the indices of elements."""
    return ".".join(part for part in place if isinstance(part, str))


@functools.cache
def render(place):
    plain = [isinstance(part, str) and re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", part) for part in place]
    parts = [f".{p}" if is_plain else f"[{json.dumps(p, ensure_ascii=False)}]" for p, is_plain in zip(place, plain)]
    return "".join(parts).removeprefix(".")


def absent(place, reason):
    return Result(None, (("absent", render(place), reason),))


class Reader:
    """Reads one case: `cells` by path, and the findings of its records."""

    def __init__(self, book, case, on):
        self.book, self.on, self.findings = book, on, []
        self.cells = self.read_object(book.root, case, (), "not_given")
        for path, (value, reads) in list(self.cells.items()):
            counted = self.counted(path)
            if counted is not None and reads == (("absent", path, "not_given"),):
                self.cells[path] = Result(counted)
            elif counted is not None and value not in (None, counted):
                self.find("count.differs", tuple(path.split(".")), value=value, counted=counted)
        beside = [role for role in case if self.kind_of(case[role]) != "null"] if isinstance(case, dict) else self.cells
        for path in self.cells:
            if path.split(".")[0] in ("participant", "placement", *beside):
                self.judge(tuple(path.split(".")), self.cells)

    def counted(self, path):
        """How many codes of a list are of a concept, for a field that counts them; none where a code could not be read."""
        counts = self.book.fields[path].get("counts", {})
        listed = path.rpartition(".")[0] + "." + counts.get("list", "")
        elements = self.cells[listed].value if counts else None
        codes = None if elements is None else [element[listed].value for element in elements]
        if codes is None or None in codes:
            return None
        held = self.book.codes[self.book.fields[listed]["list"]]
        return len({code for code in codes if held[code].get("concept") == counts["concept"]})

    def find(self, code, place, severity="error", **params):
        self.findings.append({"code": code, "severity": severity, "paths": [place], "params": params})

    def kind_of(self, raw):
        return "null" if isinstance(raw, str) and not raw.strip() else KINDS[type(raw)]

    def members(self, known, raw, place, otherwise):
        """The members of an object, and the reason of the fields that are not among them."""
        kind, is_element = self.kind_of(raw), isinstance(place[-1] if place else None, int)
        if kind == "null" and not is_element:
            return {}, otherwise
        if kind != "object":
            self.find("type.mismatch", place, expected="object", got=kind)
            return {}, "invalid"
        for name in set(raw).difference(known, ["absent"] if place else []):
            refused = self.book.refused.get(self.folded(name))
            self.find(refused or "field.unknown", (*place, name), **({} if refused else {"name": name}))
        return raw, otherwise

    def folded(self, name):
        plain = unicodedata.normalize("NFD", name.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss"))
        return re.sub("['’ -]", "_", "".join(sign for sign in plain if not unicodedata.combining(sign)))

    def read_object(self, field, raw, place, otherwise):
        fields, cells = {inner["name"]: inner for inner in field["fields"]}, {}
        given, otherwise = self.members(fields, raw, place, otherwise)
        reasons = self.reasons(fields, given.get("absent") if place else None, (*place, "absent"))
        for name, inner in fields.items():
            value, reason, at = given.get(name), reasons.get(name), (*place, name)
            if inner["type"] == "object":
                cells.update(self.read_object(inner, value, at, reason or otherwise))
            else:
                cells[path_of(at)] = self.read_field(inner, value, at, reason, otherwise)
        return cells

    def read_field(self, field, raw, place, reason, otherwise):
        if self.kind_of(raw) == "null":
            return absent(place, reason or otherwise)
        value = self.read_value(field, raw, place)
        if reason:
            self.find("absence.contradicted", place, reason=reason)
        return absent(place, "invalid") if reason or value is None else Result(value)

    def reasons(self, known, raw, place):
        given, held = self.members(known, raw, place, None)[0], self.book.codes["absence_reason"]
        for name in set(given).intersection(known):
            if self.kind_of(given[name]) == "text" and given[name] not in held:
                self.find("absence.reason", (*place, name), value=given[name])
        return {name: reason for name, reason in given.items() if isinstance(reason, str) and reason in held}

    def read_value(self, field, raw, place):
        takes = TAKES.get(field["type"], ["text"])
        if self.kind_of(raw) not in takes:
            expected = "list" if "list" in takes else field["type"]
            return self.find("type.mismatch", place, expected=expected, got=self.kind_of(raw))
        if isinstance(raw, list):
            return self.read_list(field, raw, place)
        wrong = self.wrong_number(field, raw) if takes is NUMBER else self.wrong_text(field, str(raw))
        code, params = next(((code, params) for is_so, code, params in wrong if is_so), (None, {}))
        if code:
            return self.find(code, place, **params)
        return date.fromisoformat(raw[:10]) if field["type"] == "date" else raw

    def wrong_number(self, field, raw):
        """What can be wrong, in order: whether it is so, the code and the params of its finding."""
        whole, ends = field["type"] != "number", {end: field[end] for end in ("min", "max") if end in field}
        held_exactly = abs(raw) < 2**53 or (isinstance(raw, float) and not (whole and raw.is_integer()))
        yield not held_exactly or abs(raw) == float("inf"), "number.too_large", {}
        yield whole and raw != int(raw), "number.not_integer", {"value": raw}
        yield not ends.get("min", raw) <= raw <= ends.get("max", raw), "value.out_of_range", {**ends, "value": raw}

    def wrong_text(self, field, raw):
        wanted, held_in, value = field["type"], field.get("list"), {"value": raw}
        yield len(raw) > field.get("max_length", len(raw)), "limit.text", {"max": field.get("max_length")}
        yield raw not in self.book.codes.get(held_in, [raw]), "code.unknown", {"list": held_in, **value}
        yield wanted == "text" and self.is_national_number(raw), "privacy.national_number", {}
        form = re.fullmatch(FORMS.get(field.get("form", wanted), ".*"), raw, re.S)
        yield not form, wanted + ".form", {"form": field.get("form")} if wanted == "text" else value
        if wanted == "date":
            year, month, day = map(int, raw[:10].split("-"))
            last = calendar.monthrange(year, month)[1] if year and 1 <= month <= 12 else 0
            yield not re.fullmatch(r".{10}(.00:00(:00(\.0+)?)?)?", raw), "date.time_given", value
            yield not 1 <= day <= last, "date.not_a_day", value
            yield not 1900 <= year <= 2200, "date.out_of_years", {"from": 1900, "to": 2200}

    def is_national_number(self, text):
        """Belgian: 9 digits and 97 minus their remainder, with a 2 in front since 2000. French: 13 digits, likewise."""
        digits = re.sub("[ ./-]", "", text)
        bases = {11: ["", "2"], 15: [""]}.get(len(digits), []) if digits.isdecimal() else []
        return any(97 - int(base + digits[:-2]) % 97 == int(digits[-2:]) for base in bases)

    def read_list(self, field, raw, place):
        if field["type"] == "codes":
            values = [self.read_value({**field, "type": "code"}, code, (*place, at)) for at, code in enumerate(raw)]
            return [{path_of(place): absent((*place, at), "invalid") if value is None else Result(value)}
                    for at, value in enumerate(values)]
        return [self.read_object(field, element, (*place, at), "not_given") for at, element in enumerate(raw)]

    def judge(self, place, cells):
        """What follows from the catalogue once all is read: required, not applicable, not in force on its day."""
        path, (value, reads) = path_of(place), cells[path_of(place)]
        field, kind = self.book.fields[path], self.book.fields[path]["type"]
        if field.get("required") and value is None and reads[0][2] == "not_given":
            self.find("field.required", place)
        elif value is not None and self.book.applies(path, cells) is False:
            self.find("field.not_applicable", place, "warning", depends_on=self.book.controlling(path).split(".", 1)[1])
        elif value is not None and kind == "objects":
            for at, name in [(at, name) for at, element in enumerate(value) for name in element]:
                self.judge((*place, at, *name[len(path) + 1:].split(".")), value[at])
        elif value is not None and kind in ("code", "codes", "territory"):
            beside, at_root = [f"{above}.{field.get('valid_at')}" for above in (path.rpartition(".")[0], place[0])]
            day = (cells.get(beside) or cells.get(at_root) or self.cells.get(at_root) or Result(self.on)).value
            for at, code in enumerate([element[path].value for element in value] if kind == "codes" else [value]):
                self.judge_day(field, code, day, (*place, at) if kind == "codes" else place)

    def judge_day(self, field, value, day, place):
        is_commune = field["type"] == "territory"
        held = self.book.communes if is_commune else self.book.codes[field["list"]]
        entry, about = held.get(value, {}), {"value": value, "on": str(day)}
        if is_commune and value not in held:
            self.find("territory.outside_coverage", place, "info", value=value)
        elif day and not is_commune and not in_time(entry, day):
            in_force = [code for code in held if in_time(held[code], day)]
            self.find("code.not_in_force", place, list=field["list"], in_force=in_force, **about)
        elif day and str(day) < entry.get("from", ""):
            self.find("territory.not_yet", place, begins=entry["from"], **about)
        elif day and not in_time(entry, day):
            self.find("territory.ended", place, ended=entry["to"], successors=entry["successors"], **about)
