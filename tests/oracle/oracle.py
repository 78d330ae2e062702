"""A second engine, written from the documents alone, so that the first can be compared with it.

`Oracle(catalogue, checks).decide(packs, case, on)` takes JSON documents as Python values and gives a decision as one.
It is naive on purpose: it reads a case into a dictionary of results by path (`placement.host.country`), walks each
rule's document and looks up whatever it meets. A result is a value or a truth with its reads; None is unknown, and the
reads say why: `("absent", path, reason)` or `("gap", kind, member, name)`. A place is a tuple of names and indices.
"""

import calendar
import json
import operator
import re
import unicodedata
from collections import namedtuple
from datetime import date, timedelta

Result = namedtuple("Result", "value reads", defaults=[()])
ROLES = ("participant", "placement")
ANCHORS = {"start": "placement.start", "submitted": "placement.submitted",
           "signed": "placement.agreement.last_signature"}
ACTIONS = {"not_given": "give", "invalid": "correct"}
GAPS = ("checked_until", "no_value", "outside_coverage", "date_range")
ALWAYS = {"all": []}
KINDS = {type(None): "null", bool: "bool", int: "int", float: "float", str: "text", list: "list", dict: "object"}
NUMBER = ("int", "float")
TAKES = {"bool": ["bool"], "objects": ["list"], "codes": ["list"], "integer": NUMBER, "number": NUMBER, "money": NUMBER}
FORMS = {"siret": "[0-9]{14}", "be_enterprise": "[01][0-9]{9}", "time": "([01][0-9]|2[0-3]):[0-5][0-9]|24:00",
         "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}.*)?",
         "pass_iae": "99999[0-9]{7}|(?!99999)[0-9A-Z]{12}",
         "territory": "FR-([0-9]{2}|2[AB])[0-9]{3}|BE-[0-9]{5}"}
RELATIONS = {"at_most": operator.le, "less_than": operator.lt, "equal": operator.eq, "at_least": operator.ge,
             "more_than": operator.gt, "before": operator.lt, "on_or_before": operator.le, "same_day_as": operator.eq,
             "on_or_after": operator.ge, "after": operator.gt}
TESTS = {
    "all": lambda judge, test: kleene(False, [judge.test(inner) for inner in test["all"]]),
    "any": lambda judge, test: kleene(True, [judge.test(inner) for inner in test["any"]]),
    "not": lambda judge, test: combine(operator.not_, judge.test(test["not"])),
    "known": lambda judge, test: judge.known(test["known"]),
    "same_system": lambda judge, test: combine(judge.one_system, *map(judge.entry, test["same_system"])),
    "within": lambda judge, test: judge.within(test["field"], test["within"]),
    "one_of": lambda judge, test: combine(lambda value: value in test["one_of"], judge.read(test["field"])),
    "is": lambda judge, test: combine(lambda value: value == test["is"], judge.read(test["field"])),
}
NUMBERS = {
    "param": lambda judge, number: judge.parameter(number["param"]),
    "field": lambda judge, number: judge.read(number["field"]),
    "days": lambda judge, number: judge.days_between(**number["days"]),
    "age": lambda judge, number: combine(judge.years, *[judge.day(number["age"][end]) for end in ("birth", "at")]),
}


def kleene(absorbing, results):
    """Strong Kleene `and` for False, `or` for True, with the reads of what is still open."""
    if any(result.value is absorbing for result in results):
        return Result(absorbing)
    unknown = [result for result in results if result.value is None]
    return Result(None, merged(unknown)) if unknown else Result(not absorbing)


def combine(function, *operands):
    known = all(operand.value is not None for operand in operands)
    return Result(function(*[operand.value for operand in operands])) if known else Result(None, merged(operands))


def merged(results):
    return tuple(dict.fromkeys(read for result in results for read in result.reads))


def in_time(entry, day):
    return entry.get("from", "") <= str(day) <= entry.get("to", "9999")


def path_of(place):
    return ".".join(part for part in place if isinstance(part, str))


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
        for path in self.cells:
            self.judge(tuple(path.split(".")), self.cells)

    def counted(self, path):
        """How many codes of a list are of a concept, for a field that counts them; none where a code could not be read."""
        counts = self.book.fields[path].get("counts", {})
        listed = path.rpartition(".")[0] + "." + counts.get("list", "")
        codes = self.cells[listed].value if counts else None
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
            return Result(None, (("absent", path_of(place), reason or otherwise),))
        value = self.read_value(field, raw, place)
        if reason:
            self.find("absence.contradicted", place, reason=reason)
        invalid = Result(None, (("absent", path_of(place), "invalid"),))
        return invalid if reason or value is None else Result(value)

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
            return [self.read_value({**field, "type": "code"}, code, (*place, at)) for at, code in enumerate(raw)]
        return [self.read_object(field, element, (*place, at), "not_given") for at, element in enumerate(raw)]

    def judge(self, place, cells):
        """What follows from the catalogue once all is read: required, not applicable, not in force on its day."""
        path, (value, reads) = path_of(place), cells[path_of(place)]
        field, kind = self.book.fields[path], self.book.fields[path]["type"]
        if field.get("required") and reads == (("absent", path, "not_given"),):
            self.find("field.required", place)
        elif value is not None and self.book.applies(path, cells) is False:
            self.find("field.not_applicable", place, "warning", depends_on=self.book.controlling(path).split(".", 1)[1])
        elif value is not None and kind == "objects":
            for at, name in [(at, name) for at, element in enumerate(value) for name in element]:
                self.judge((*place, at, name.split(".")[-1]), value[at])
        elif value is not None and kind in ("code", "codes", "territory"):
            beside, at_root = [f"{above}.{field.get('valid_at')}" for above in (path.rpartition(".")[0], place[0])]
            day = (cells.get(beside) or self.cells.get(at_root) or Result(self.on)).value
            for at, code in enumerate(value if kind == "codes" else [value]):
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


class Judge:
    """Evaluates the tests of one rule, or of a pack alone; the cells of an element of `each` stand among the others."""

    def __init__(self, book, cells, on, pack, rule=None):
        self.book, self.cells, self.on, self.pack, self.rule = book, cells, on, pack, rule or {}
        name = self.rule.get("as_of", pack.get("as_of", "decision"))
        self.anchor = self.day(ANCHORS.get(name, name))
        self.wanted = self.test(pack.get("applies_when", ALWAYS))
        self.applies = kleene(False, [self.wanted, self.in_force(self.anchor.value)])

    def in_force(self, day):
        if day and not (in_time(self.pack, day) and in_time(self.rule, day)):
            return Result(False)
        if day and str(day) > self.pack["checked_until"]:
            return Result(None, (("gap", "checked_until", "", ""),))
        return combine(lambda day: True, self.anchor)

    def full(self, path):
        if path.startswith("."):
            return f"{self.pack['applies_to']}.{self.rule['each']}{path}"
        return path if path.split(".")[0] in ROLES else f"{self.pack['applies_to']}.{path}"

    def read(self, path):
        path = self.full(path)
        if self.book.applies(path, self.cells) is None:
            return Result(None, self.cells[self.book.controlling(path)].reads + self.cells[path].reads)
        return self.cells[path]

    def does_not_apply(self, part):
        return any(self.book.applies(self.full(path), self.cells) is False for path in self.paths_of(part))

    def paths_of(self, part):
        """The paths that an atom or an operand reads, wherever they stand in it."""
        if isinstance(part, dict):
            part = [inner for key, inner in part.items() if key not in ("is", "one_of", "within", "param")]
        if isinstance(part, list):
            return [path for inner in part for path in self.paths_of(inner)]
        return [part] if isinstance(part, str) and part != "decision" and not part[0].isdigit() else []

    def test(self, test):
        name = next((name for name in TESTS if name in test), None)
        if name not in ("all", "any", "not") and self.does_not_apply(test):
            return Result(False)
        return TESTS[name](self, test) if name else self.comparison(test)

    def comparison(self, test):
        relation = next(name for name in test if name in RELATIONS)
        if "date" in test:
            return combine(RELATIONS[relation], self.day(test["date"]), self.day(test[relation]))
        left = {key: test[key] for key in test if key != relation}
        return combine(RELATIONS[relation], self.number(left), self.number(test[relation]))

    def known(self, path):
        result = self.read(path)
        stated = [read[1] for read in result.reads] == [self.full(path)] and result.reads[0][2] not in ACTIONS
        return Result(False) if stated else combine(lambda value: True, result)

    def within(self, path, zone):
        if zone in ("FR", "BE"):
            return combine(lambda value: value.startswith(zone), self.read(path))
        return combine(lambda entry: zone in entry["zones"], self.entry(path))

    def entry(self, path):
        """What the rulebook holds of the code or the commune in a field."""
        result, field = self.read(path), self.book.fields[self.full(path)]
        held = self.book.communes if field["type"] == "territory" else self.book.codes[field["list"]]
        gap = ("gap", "outside_coverage", "field", self.full(path))
        return combine(held.get, result) if result.value is None or result.value in held else Result(None, (gap,))

    def one_system(self, first, second):
        a, b = first.get("system"), second.get("system")
        return not a or not b or a == b or (a[:2] == b[:2] and "BE" in (a, b))

    def days_between(self, to, both_ends=False, **start):
        return combine(lambda a, b: (b - a).days + both_ends, self.day(start["from"]), self.day(to))

    def years(self, birth, at):
        birthday = (birth.month, birth.day)
        if birthday == (2, 29) and not calendar.isleap(at.year):
            birthday = (2, 28) if self.pack.get("leap_day") == "on_28_feb" else (3, 1)
        return at.year - birth.year - ((at.month, at.day) < birthday)

    def number(self, given):
        kind = next((kind for kind in NUMBERS if kind in given), None) if isinstance(given, dict) else None
        return NUMBERS[kind](self, given) if kind else Result(given)

    def parameter(self, name):
        if self.anchor.value is None:
            return self.anchor
        in_force = [entry for entry in self.pack["parameters"][name]["values"] if in_time(entry, self.anchor.value)]
        return Result(in_force[0]["value"]) if in_force else Result(None, (("gap", "no_value", "parameter", name),))

    def day(self, given):
        if isinstance(given, dict):
            parts = [self.day(given["shift"]), self.number(given.get("months", 0)), self.number(given.get("days", 0))]
            result = combine(self.shifted, *parts)
            return result if result.reads or result.value else Result(None, (("gap", "date_range", "", ""),))
        if given == "decision":
            return Result(self.on)
        return Result(date.fromisoformat(given)) if given[0].isdigit() else self.read(given)

    def shifted(self, day, months, days):
        """Months first, clamped to the last day of the month, then days; None outside the years 1900 to 2200."""
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        if not 1 < year < 9999:
            return None
        last = calendar.monthrange(year, month + 1)[1]
        moved = date(year, month + 1, min(day.day, last)) + timedelta(days=days)
        return moved if 1900 <= moved.year <= 2200 else None

    def judge(self):
        """The status, the exception, and the results of guard, `that` and the whole."""
        guard = kleene(False, [self.applies, self.test(self.rule.get("when", ALWAYS))])
        that = self.test(self.rule["that"])
        unless = {entry["id"]: self.test({"all": [entry["when"], entry.get("instead", ALWAYS)]})
                  for entry in self.rule.get("unless", [])}
        whole = kleene(True, [combine(operator.not_, guard), that, *unless.values()])
        exception = next((name for name, result in unless.items() if result.value), None)
        status = "excepted" if exception else "failed" if whole.value is False else "unknown"
        status = "not_applicable" if guard.value is False else "satisfied" if that.value else status
        return status, exception if status == "excepted" else None, guard, that, whole

    def shown(self):
        show = {name: part for name, part in self.rule.get("show", {}).items() if not self.does_not_apply(part)}
        are_days = {name: isinstance(part, str) or isinstance(part, dict) and "shift" in part for name, part in show.items()}
        values = {name: (self.day if are_days[name] else self.number)(part).value for name, part in show.items()}
        return {name: str(value) if are_days[name] else value for name, value in values.items() if value is not None}


class Oracle:
    """What a rulebook holds beside its packs; reads cases and decides them."""

    def __init__(self, catalogue, checks):
        self.codes, self.communes, self.refused = catalogue["codes"], catalogue["communes"], catalogue["refused_names"]
        roles = [{"name": role, "type": "object", "fields": catalogue["records"][role]} for role in ROLES]
        self.root, self.fields = {"fields": roles}, dict(self.flat(roles))
        self.checks = [pack for pack in checks if pack["applies_to"] in ROLES]
        self.order = {path: at for at, path in enumerate(self.fields)}

    def flat(self, fields, above=""):
        for field in fields:
            yield above + field["name"], field
            yield from self.flat(field.get("fields", ()), above + field["name"] + ".")

    def controlling(self, path):
        return f"{path.rpartition('.')[0]}.{self.fields[path]['applicable']['field']}"

    def applies(self, path, cells):
        """Whether the field applies; the catalogue spells values as text, `true` among them."""
        wanted = self.fields[path].get("applicable")
        value = cells[self.controlling(path)].value if wanted else True
        spelt = str(value).lower() if isinstance(value, bool) else value
        return None if value is None else not wanted or spelt in wanted["is"]

    def decide(self, packs, case, on):
        day = date.fromisoformat(on)
        reader = Reader(self, case, day)
        findings = reader.findings + [found for pack in self.checks for found in self.check(pack, reader.cells, day)]
        return {**Decision(self, packs, reader.cells, day).as_document(), "on": on,
                "not_covered": list(self.codes["not_covered"]), "findings": self.in_order(findings)}

    def check(self, pack, cells, on):
        role = pack["applies_to"]
        for rule in pack["rules"]:
            elements = cells[f"{role}.{rule['each']}"].value or () if "each" in rule else [{}]
            for index, element in enumerate(elements):
                judge = Judge(self, {**cells, **element}, on, pack, rule)
                if judge.judge()[0] == "failed":
                    places = [(role, *rule["each"].split("."), index, *path[1:].split(".")) if path.startswith(".")
                              else tuple(judge.full(path).split(".")) for path in rule["paths"]]
                    yield {"code": f"{role}.{rule['id']}", "rule": f"{pack['pack']}.{rule['id']}", "paths": places,
                           "severity": rule["severity"], "params": judge.shown()}

    def in_order(self, findings):
        findings = sorted(findings, key=lambda found: (
            [self.place_key(place) for place in found["paths"]], found["code"], found.get("rule", ""),
            json.dumps(found["params"], sort_keys=True)))
        return [{**found, "paths": [self.render(place) for place in found["paths"]]} for found in findings]

    def place_key(self, place):
        names = [path_of(place[:end]) for end in range(1, len(place) + 1)]
        known = [part if isinstance(part, int) else self.order.get(name) for part, name in zip(place, names)]
        return [(1, 0, part) if at is None else (0, at, "") for part, at in zip(place, known)]

    def render(self, place):
        plain = [isinstance(part, str) and re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", part) for part in place]
        parts = [f".{p}" if is_plain else f"[{json.dumps(p, ensure_ascii=False)}]" for p, is_plain in zip(place, plain)]
        return "".join(parts).removeprefix(".")


class Decision:
    """One case decided by packs; `cells` are a reader's. A residual is what it is for, its rule and its reads."""

    def __init__(self, book, packs, cells, on):
        self.book, self.on = book, on
        self.rules, self.obligations, self.warnings, self.packs = [], [], [], []
        self.requires, self.covering, self.residuals = [], [], []
        for pack in sorted(packs, key=lambda pack: pack["pack"]):
            self.add_pack(pack, Judge(book, cells, on, pack))
            for rule in pack["rules"]:
                self.add_rule(pack, rule, Judge(book, cells, on, pack, rule))
        self.covered = kleene(True, self.covering)
        self.outcome, self.deciding = self.decide()

    def add_pack(self, pack, judge):
        without = "not_applicable" if judge.wanted.value is False else "not_in_force"
        applied = {True: "applied", None: "unknown", False: without}[judge.applies.value]
        self.packs.append({"pack": pack["pack"], "applied": applied})
        if any(rule["effect"] == "require" for rule in pack["rules"]):
            self.covering.append(judge.applies)
            self.residuals.append(("pack", pack["pack"], judge.applies.reads))

    def add_rule(self, pack, rule, judge):
        status, exception, guard, that, whole = judge.judge()
        row = {"id": f"{pack['pack']}.{rule['id']}", "effect": rule["effect"], "nature": rule.get("nature", "binding"),
               "verified": rule["verified"] is not False, "status": status}
        optional = {"as_of": judge.anchor.value, "exception": exception, "who_decides": rule.get("who_decides")}
        row.update({name: str(value) for name, value in optional.items() if value})
        params = judge.shown() if guard.value is not False else {}
        self.rules.append(row)
        if rule["effect"] == "oblige":
            return self.add_obligation(row, rule, guard, that, judge.day(rule["by"]), params)
        row["params"] = params
        decides = rule["effect"] == "require" and row["nature"] != "practice"
        if decides:
            self.requires.append((row, guard.value))
        if status == "failed" and decides:
            binding = "fails" if row["verified"] else "to_check"
            row["counts"] = "discretionary" if row["nature"] == "discretionary" else binding
        elif status == "failed":
            self.warnings.append({"rule": row["id"], "params": params})
        elif status == "unknown":
            self.residuals.append(("outcome" if decides else "other", row["id"], whole.reads))

    def add_obligation(self, row, rule, guard, that, by, params):
        status = "met" if that.value else "overdue" if by.value and by.value < self.on else "due"
        status = {True: status, False: "void", None: "possible"}[guard.value]
        day = {"by": str(by.value)} if by.value and status != "void" else {}
        self.obligations.append({"rule": row["id"], "status": status, "who": rule["who"], "params": params, **day})
        if status not in ("void", "met"):
            self.residuals.append(("other", row["id"], merged([guard, that, by])))

    def decide(self):
        fails = [row for row, _ in self.requires if row.get("counts") == "fails"]
        undecided = [row for row, _ in self.requires if row["status"] in ("unknown", "failed")]
        if fails or undecided or self.covered.value is None:
            return ("refused", fails) if fails else ("undetermined", undecided)
        met = [row for row, applies in self.requires if applies]
        return ("accepted", met) if self.covered.value else ("not_covered", [])

    def as_document(self):
        firmness = "firm" if all(row["verified"] for row in self.deciding) else "to_check"
        if any(row["nature"] == "discretionary" and row["status"] in ("unknown", "failed") for row in self.deciding):
            firmness = "discretionary"
        closed = all(entry["status"] in ("void", "met") for entry in self.obligations)
        return {"outcome": self.outcome, "firmness": firmness, "ready": self.outcome == "accepted" and closed,
                "deciding": [row["id"] for row in self.deciding], "rules": self.rules, "missing": self.missing(),
                "obligations": self.obligations, "warnings": self.warnings, "packs": self.packs, "gaps": self.gaps()}

    def gaps(self):
        gaps = [(name, *read[1:]) for _, name, reads in self.residuals for read in reads if read[0] == "gap"]
        gaps.sort(key=lambda gap: (gap[0], GAPS.index(gap[1]), self.book.order.get(gap[3], 0), gap[3]))
        return [{"rule": name, "gap": kind, **({member: what} if member else {})} for name, kind, member, what in gaps]

    def missing(self):
        deciding = [*[one for one in self.residuals if one[0] == "outcome"], ("", "", self.covered.reads)]
        deciding = deciding if self.outcome == "undetermined" else []
        absent = {read[1]: read[2] for _, _, reads in deciding for read in reads if read[0] == "absent"}
        stated = [path for path in sorted(absent, key=self.book.order.get) if absent[path] not in ACTIONS]
        other = self.worth_asking([one for one in self.residuals if one[0] == "other"])
        return {"outcome": self.worth_asking(deciding), "other": [one for one in other if one["field"] not in absent],
                "stated": [{"field": path, "reason": absent[path]} for path in stated]}

    def worth_asking(self, residuals):
        held = {name: {read[1]: read[2] for read in reads if read[0] == "absent"} for _, name, reads in residuals}
        absent = {path: reason for reads in held.values() for path, reason in reads.items() if reason in ACTIONS}
        rules = {path: [name for name in held if path in held[name]] for path in absent}

        def key(path):
            return (min(len(held[name]) for name in rules[path]), -len(rules[path]),
                    self.book.fields[path].get("intrusive", 0), self.book.order[path])
        return [{"field": path, "action": ACTIONS[absent[path]], "rules": [name for name in rules[path] if name]}
                for path in sorted(absent, key=key)]
