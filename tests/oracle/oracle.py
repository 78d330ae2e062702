"""A second engine, written from the documents alone, so that the first can be compared with it.

`Oracle(catalogue, checks).decide(packs, case, on)` takes JSON documents as Python values and gives a decision as one.
It is naive on purpose: it reads the case into a dictionary of cells, walks each rule's document and looks up whatever
it meets. What the documents leave open (hints) or what the catalogue does not hold (units, successors of codes, the
order of a code list) is not made here; `check.py` says how these are compared.

A truth is True, False or None, which is unknown. What is unknown comes with its reads, a tuple of
`("absent", path, reason)` and `("gap", kind, member, name)`.
"""

import calendar
import json
import math
import re
import unicodedata
from collections import namedtuple
from datetime import date, timedelta

Cell = namedtuple("Cell", "value reason")
Result = namedtuple("Result", "truth reads")
Operand = namedtuple("Operand", "value reads")

ANCHORS = {"submitted": "placement.submitted", "signed": "placement.agreement.last_signature", "start": "placement.start"}
ANSWERABLE = {"not_given": "give", "invalid": "correct"}
ROLES = ("participant", "placement")
SAFE = 2**53 - 1
NUMBERS = {
    "at_most": lambda a, b: a <= b,
    "less_than": lambda a, b: a < b,
    "equal": lambda a, b: a == b,
    "at_least": lambda a, b: a >= b,
    "more_than": lambda a, b: a > b,
}
DAYS = {
    "before": lambda a, b: a < b,
    "on_or_before": lambda a, b: a <= b,
    "same_day_as": lambda a, b: a == b,
    "on_or_after": lambda a, b: a >= b,
    "after": lambda a, b: a > b,
}


class NotAvailable(Exception):
    """A value that cannot be read: the finding's code and params."""


# Truth


def conjunction(results):
    if any(result.truth is False for result in results):
        return Result(False, ())
    return undecided_or(True, results)


def disjunction(results):
    if any(result.truth is True for result in results):
        return Result(True, ())
    return undecided_or(False, results)


def undecided_or(truth, results):
    open_ones = [result for result in results if result.truth is None]
    if not open_ones:
        return Result(truth, ())
    return Result(None, tuple(dict.fromkeys(read for result in open_ones for read in result.reads)))


def negation(result):
    return result if result.truth is None else Result(not result.truth, ())


# Days


def shift(day, months, days):
    """Months first, clamped to the last day of the month, then days; None outside 1900-2200."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9998:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    try:
        moved = date(year, month + 1, min(day.day, last)) + timedelta(days=days)
    except OverflowError:
        return None
    return moved if 1900 <= moved.year <= 2200 else None


def completed_years(birth, at, leap_day):
    birthday = (birth.month, birth.day)
    if birthday == (2, 29) and not calendar.isleap(at.year):
        birthday = (2, 28) if leap_day == "on_28_feb" else (3, 1)
    return at.year - birth.year - ((at.month, at.day) < birthday)


def in_time(entry, day):
    return entry.get("from", "") <= day.isoformat() <= entry.get("to", "9999")


# Reading


def kind_of(raw):
    kinds = {type(None): "null", bool: "bool", int: "int", float: "float", str: "text", list: "list", dict: "object"}
    return "null" if isinstance(raw, str) and not raw.strip() else kinds[type(raw)]


def read_date(text):
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ](.+))?", text, re.S)
    if not match:
        raise NotAvailable("date.form", {"value": text})
    if match[4] and not re.fullmatch(r"00:00(:00(\.0+)?)?", match[4]):
        timed = re.fullmatch(r"[0-9]{2}:[0-9]{2}.*", match[4], re.S)
        raise NotAvailable("date.time_given" if timed else "date.form", {"value": text})
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise NotAvailable("date.not_a_day", {"value": text}) from None
    if not 1900 <= day.year <= 2200:
        raise NotAvailable("date.out_of_years", {"from": 1900, "to": 2200})
    return day


def read_number(raw, whole):
    if (isinstance(raw, int) and abs(raw) > SAFE) or math.isinf(raw):
        raise NotAvailable("number.too_large", {})
    if not whole:
        return raw
    if raw != int(raw):
        raise NotAvailable("number.not_integer", {"value": raw})
    if abs(raw) > SAFE:
        raise NotAvailable("number.too_large", {})
    return int(raw)


def is_national_number(text):
    digits = re.sub(r"[ ./-]", "", text)
    if re.fullmatch(r"[0-9]{11}", digits):
        return any(97 - int(century + digits[:9]) % 97 == int(digits[9:]) for century in ("", "2"))
    if re.fullmatch(r"[0-9]{15}", digits):
        return 97 - int(digits[:13]) % 97 == int(digits[13:])
    return False


def read_text(field, text, limit):
    if len(text) > field.get("max_length", limit):
        raise NotAvailable("limit.text", {"max": field.get("max_length", limit)})
    if is_national_number(text):
        raise NotAvailable("privacy.national_number", {})
    forms = {"siret": "[0-9]{14}", "be_enterprise": "[01][0-9]{9}"}
    if "form" in field and not re.fullmatch(forms[field["form"]], text):
        raise NotAvailable("text.form", {"form": field["form"]})
    return text


def folded(name):
    plain = name.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    plain = "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))
    return re.sub("['’ -]", "_", plain)


def join(where, name):
    if not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", name):
        return where + "[" + json.dumps(name, ensure_ascii=False) + "]"
    return where + "." + name if where else name


def depth(raw):
    inner = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


class Reader:
    """Reads one case: `cells[role]` by catalogue path, and all findings of records."""

    def __init__(self, book, case, on):
        self.book, self.on, self.findings, self.cells = book, on, [], {}
        given = self.fields_of({role: {"type": "object"} for role in ROLES}, case, "")
        for role in ROLES:
            record = self.cells[role] = {}
            self.read_object(book.records[role], given and given.get(role), role, record)
            for path, field in book.fields[role].items():
                self.judge(role, field, record, record, role + "." + path)

    def find(self, code, where, severity="error", **params):
        self.findings.append({"code": code, "severity": severity, "paths": [where], "params": params})

    def fields_of(self, known, raw, where):
        """The object's known members; None where it is no object."""
        if kind_of(raw) == "null":
            return {}
        if kind_of(raw) != "object":
            self.find("type.mismatch", where, expected="object", got=kind_of(raw))
            return None
        for name in raw:
            if name not in known and not (name == "absent" and where):
                self.unknown(name, join(where, name))
                if depth(raw[name]) > 12:
                    self.find("limit.depth", join(where, name), max=16)
        return raw

    def unknown(self, name, where):
        code = self.book.refused.get(folded(name))
        self.find(code, where) if code else self.find("field.unknown", where, name=name)

    def read_object(self, fields, raw, where, cells, inherited="not_given"):
        given = self.fields_of({field["name"]: field for field in fields}, raw, where)
        if given is None:
            given, inherited = {}, "invalid"
        reasons = self.reasons(fields, given.get("absent"), join(where, "absent"))
        for field in fields:
            value, reason = given.get(field["name"]), reasons.get(field["name"])
            path = join(where, field["name"])
            if field["type"] not in ("object", "objects") and depth(value) > 12:
                self.find("limit.depth", path, max=16)
            if field["type"] == "object":
                self.read_object(field["fields"], value, path, cells, reason or inherited)
            else:
                cells[field["path"]] = self.read_field(field, value, path, reason, inherited)

    def reasons(self, fields, raw, where):
        names, reasons = [field["name"] for field in fields], {}
        if kind_of(raw) == "null":
            return reasons
        if kind_of(raw) != "object":
            self.find("type.mismatch", where, expected="object", got=kind_of(raw))
            return reasons
        for name, reason in raw.items():
            if name not in names:
                self.find("field.unknown", join(where, name), name=name)
            elif kind_of(reason) not in ("null", "text"):
                self.find("type.mismatch", join(where, name), expected="text", got=kind_of(reason))
            elif kind_of(reason) == "text" and reason not in self.book.codes["absence_reason"]:
                self.find("absence.reason", join(where, name), value=reason)
            elif kind_of(reason) == "text":
                reasons[name] = reason
        return reasons

    def read_field(self, field, raw, where, reason, inherited):
        if kind_of(raw) == "null":
            return Cell(None, reason or inherited)
        try:
            value = self.read_value(field, raw, where)
        except NotAvailable as problem:
            self.find(problem.args[0], where, **problem.args[1])
            value = None
        if reason:
            self.find("absence.contradicted", where, reason=reason)
            value = None
        return Cell(None, "invalid") if value is None else Cell(value, None)

    def read_value(self, field, raw, where):
        kind, wanted = kind_of(raw), field["type"]
        takes = {"bool": ["bool"], "objects": ["list"], "codes": ["list"]}
        takes.update({name: ["int", "float"] for name in ("integer", "number", "money")})
        if kind not in takes.get(wanted, ["text"]):
            expected = "list" if wanted in ("objects", "codes") else wanted
            raise NotAvailable("type.mismatch", {"expected": expected, "got": kind})
        if kind == "list":
            return self.read_list(field, raw, where)
        if wanted in ("integer", "number", "money"):
            number = read_number(raw, wanted != "number")
            if not field.get("min", number) <= number <= field.get("max", number):
                limits = {name: field[name] for name in ("min", "max") if name in field}
                raise NotAvailable("value.out_of_range", {**limits, "value": number})
            return number
        if wanted == "code" and raw not in self.book.codes[field["list"]]:
            raise NotAvailable("code.unknown", {"list": field["list"], "value": raw})
        if wanted == "date":
            return read_date(raw)
        if wanted == "time" and not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]|24:00", raw):
            raise NotAvailable("time.form", {"value": raw})
        if wanted == "territory" and not re.fullmatch("FR-([0-9]{2}|2[AB])[0-9]{3}|BE-[0-9]{5}", raw):
            raise NotAvailable("territory.form", {"value": raw})
        return read_text(field, raw, self.book.limits["text"]) if wanted == "text" else raw

    def read_list(self, field, raw, where):
        if len(raw) > self.book.limits["list"]:
            raise NotAvailable("limit.list", {"max": self.book.limits["list"]})
        elements = []
        for index, element in enumerate(raw):
            path = f"{where}[{index}]"
            if field["type"] == "codes":
                elements.append(self.read_element({**field, "type": "code"}, element, path))
            elif kind_of(element) != "object":
                self.find("type.mismatch", path, expected="object", got=kind_of(element))
                elements.append({inner["path"]: Cell(None, "invalid") for inner in field["fields"]})
            else:
                elements.append({})
                self.read_object(field["fields"], element, path, elements[-1])
        return elements

    def read_element(self, field, raw, where):
        if kind_of(raw) == "null":
            self.find("type.mismatch", where, expected="code", got="null")
            return None
        return self.read_field(field, raw, where, None, None).value

    def judge(self, role, field, cells, record, where):
        """What follows from the catalogue alone, after reading: required, not applicable, not in force on its day."""
        cell = cells.get(field["path"])
        if cell is None:
            return
        if field.get("required") and cell.reason == "not_given":
            self.find("field.required", where)
        if cell.reason:
            return
        if self.book.applies(field, cells) is False:
            self.find("field.not_applicable", where, "warning", depends_on=self.book.depends_on(field))
            return
        if field["type"] == "objects":
            for index, element in enumerate(cell.value):
                for inner in field["fields"]:
                    self.judge(role, inner, element, record, f"{where}[{index}].{inner['name']}")
        if field["type"] in ("code", "territory"):
            self.judge_day(field, cell.value, cells, record, where)
        for index, code in enumerate(cell.value if field["type"] == "codes" else ()):
            if code is not None:
                self.judge_day(field, code, cells, record, f"{where}[{index}]")

    def judge_day(self, field, value, cells, record, where):
        day = Cell(self.on, None)
        if "valid_at" in field:
            day = cells.get(self.book.beside(field, field["valid_at"])) or record[field["valid_at"]]
        if field["type"] == "territory":
            self.judge_commune(value, day, where)
        elif day.value and not in_time(self.book.codes[field["list"]][value], day.value):
            held = [code for code, entry in self.book.codes[field["list"]].items() if in_time(entry, day.value)]
            about = {"value": value, "list": field["list"], "on": day.value.isoformat(), "in_force": held}
            self.find("code.not_in_force", where, **about)

    def judge_commune(self, value, day, where):
        commune = self.book.communes.get(value)
        if commune is None:
            self.find("territory.outside_coverage", where, "info", value=value)
        elif day.value and day.value.isoformat() < commune.get("from", ""):
            self.find("territory.not_yet", where, value=value, on=day.value.isoformat(), begins=commune["from"])
        elif day.value and day.value.isoformat() > commune.get("to", "9999"):
            about = {"on": day.value.isoformat(), "ended": commune["to"], "successors": commune["successors"]}
            self.find("territory.ended", where, value=value, **about)


# Judging


class Judge:
    """Evaluates the tests of one rule, or of a pack itself, on one case; of one element of a list with `element`."""

    def __init__(self, book, cells, on, pack, rule=None, element=None):
        self.book, self.cells, self.on, self.pack, self.rule = book, cells, on, pack, rule or {}
        self.element = element
        self.anchor = self.anchor_day(self.rule.get("as_of", pack.get("as_of", "decision")))

    def anchor_day(self, name):
        return Operand(self.on, ()) if name == "decision" else self.read(ANCHORS.get(name, name))

    def place(self, path):
        """The catalogue's field, the cells it lies in, and its path for people."""
        if path.startswith("."):
            each, index = self.rule["each"], self.element
            role, inner = self.pack["applies_to"], self.rule["each"] + path
            cells = self.cells[role][each].value[index]
            return self.book.fields[role][inner], cells, f"{role}.{each}[{index}]{path}"
        role, _, rest = path.partition(".")
        if role not in ROLES or not rest:
            role, rest = self.pack["applies_to"], path
        return self.book.fields[role][rest], self.cells[role], f"{role}.{rest}"

    def read(self, path):
        field, cells, where = self.place(path)
        cell = cells[field["path"]]
        reads = [("absent", where, cell.reason)] if cell.reason else []
        if self.book.applies(field, cells) is None:
            other = self.book.beside(field, field["applicable"]["field"])
            return Operand(None, (("absent", where.split(".")[0] + "." + other, cells[other].reason), *reads))
        return Operand(None, tuple(reads)) if cell.reason else Operand(cell.value, ())

    def test(self, test):
        if "all" in test:
            return conjunction([self.test(inner) for inner in test["all"]])
        if "any" in test:
            return disjunction([self.test(inner) for inner in test["any"]])
        if "not" in test:
            return negation(self.test(test["not"]))
        if any(self.book.applies(*self.place(path)[:2]) is False for path in paths_of(test)):
            return Result(False, ())
        return self.atom(test)

    def atom(self, test):
        if "known" in test:
            return self.known(test["known"])
        if "same_system" in test:
            return self.compare(lambda a, b: not a or not b or a == b or {a, b} & {"BE"} and a[:2] == b[:2],
                                *[self.system(path) for path in test["same_system"]])
        if "within" in test:
            return self.within(test["field"], test["within"])
        if "is" in test or "one_of" in test:
            wanted = test.get("one_of", [test.get("is")])
            return self.compare(lambda value: value in wanted, self.read(test["field"]))
        table, operand = (DAYS, self.day) if "date" in test else (NUMBERS, self.number)
        relation = next(name for name in table if name in test)
        left = operand(test["date"]) if "date" in test else self.number({k: test[k] for k in test if k != relation})
        return self.compare(table[relation], left, operand(test[relation]))

    def compare(self, relation, *operands):
        if any(operand.value is None for operand in operands):
            return Result(None, tuple(dict.fromkeys(read for operand in operands for read in operand.reads)))
        return Result(bool(relation(*[operand.value for operand in operands])), ())

    def known(self, path):
        operand = self.read(path)
        if len(operand.reads) == 1 and operand.reads[0][2] not in ANSWERABLE and operand.reads[0][1] == self.place(path)[2]:
            return Result(False, ())
        return self.compare(lambda value: True, operand)

    def within(self, path, zone):
        operand = self.read(path)
        if operand.value is None:
            return Result(None, operand.reads)
        if zone in ("FR", "BE"):
            return Result(operand.value[:2] == zone, ())
        if operand.value not in self.book.communes:
            return Result(None, (("gap", "outside_coverage", "field", self.place(path)[2]),))
        return Result(zone in self.book.communes[operand.value]["zones"], ())

    def system(self, path):
        """The system as text, empty where there is none."""
        operand, field = self.read(path), self.place(path)[0]
        if operand.value is None:
            return operand
        held = self.book.communes if field["type"] == "territory" else self.book.codes[field["list"]]
        if operand.value not in held:
            return Operand(None, (("gap", "outside_coverage", "field", self.place(path)[2]),))
        return Operand(held[operand.value].get("system", ""), ())

    def number(self, given):
        if not isinstance(given, dict):
            return Operand(given, ())
        if "param" in given:
            return self.parameter(given["param"])
        if "field" in given:
            return self.read(given["field"])
        if "days" in given:
            between, extra = given["days"], int(given["days"].get("both_ends", False))
            return self.between(between["from"], between["to"], lambda a, b: (b - a).days + extra)
        leap_day = self.pack.get("leap_day", "on_1_mar")
        return self.between(given["age"]["birth"], given["age"]["at"], lambda a, b: completed_years(a, b, leap_day))

    def between(self, first, second, measure):
        days = [self.day(first), self.day(second)]
        if None in (days[0].value, days[1].value):
            return Operand(None, days[0].reads + days[1].reads)
        return Operand(measure(days[0].value, days[1].value), ())

    def parameter(self, name):
        if self.anchor.value is None:
            return self.anchor
        for entry in self.pack["parameters"][name]["values"]:
            if in_time(entry, self.anchor.value):
                return Operand(entry["value"], ())
        return Operand(None, (("gap", "no_value", "parameter", name),))

    def day(self, given):
        if isinstance(given, dict):
            return self.shifted(self.day(given["shift"]), *[self.number(given.get(k, 0)) for k in ("months", "days")])
        if given == "decision":
            return Operand(self.on, ())
        return Operand(date.fromisoformat(given), ()) if given[0].isdigit() else self.read(given)

    def shifted(self, day, months, days):
        if None in (day.value, months.value, days.value):
            return Operand(None, day.reads + months.reads + days.reads)
        moved = shift(day.value, months.value, days.value)
        return Operand(moved, () if moved else (("gap", "date_range", None, None),))

    def in_force(self):
        if self.anchor.value is None:
            return Result(None, self.anchor.reads)
        if not in_time(self.pack, self.anchor.value) or not in_time(self.rule, self.anchor.value):
            return Result(False, ())
        if self.anchor.value.isoformat() > self.pack.get("checked_until", "9999"):
            return Result(None, (("gap", "checked_until", None, None),))
        return Result(True, ())

    def applied(self):
        return conjunction([self.test(self.pack.get("applies_when", {"all": []})), self.in_force()])

    def verdict(self):
        """Guard, `that`, exceptions with their ids, and the truth of the whole."""
        guard = conjunction([self.applied(), self.test(self.rule.get("when", {"all": []}))])
        that = self.test(self.rule["that"])
        unless = [(entry["id"], self.test({"all": [entry["when"], entry.get("instead", {"all": []})]}))
                  for entry in self.rule.get("unless", [])]
        whole = disjunction([negation(guard), that, *[result for _, result in unless]])
        return guard, that, unless, whole

    def shown(self):
        return {name: value for name, value in ((n, self.show(v)) for n, v in self.rule.get("show", {}).items())
                if value is not None}

    def show(self, given):
        if any(self.book.applies(*self.place(path)[:2]) is False for path in paths_of({"show": given})):
            return None
        is_day = isinstance(given, str) or isinstance(given, dict) and "shift" in given
        value = (self.day(given) if is_day else self.number(given)).value
        return value.isoformat() if isinstance(value, date) else value


def paths_of(part):
    """The paths that an atom reads, wherever they stand in it."""
    if isinstance(part, dict):
        literal = ("is", "one_of", "within", "param", "both_ends")
        return [path for key, inner in part.items() if key not in literal for path in paths_of(inner)]
    if isinstance(part, list):
        return [path for inner in part for path in paths_of(inner)]
    is_path = isinstance(part, str) and part != "decision" and not part[0].isdigit()
    return [part] if is_path else []


# Deciding


def status_of(guard, that, unless, whole):
    if guard.truth is False:
        return "not_applicable"
    if that.truth:
        return "satisfied"
    if any(result.truth for _, result in unless):
        return "excepted"
    return "failed" if whole.truth is False else "unknown"


class Oracle:
    def __init__(self, catalogue, checks):
        self.codes, self.communes = catalogue["codes"], catalogue["communes"]
        self.limits, self.refused, self.records = catalogue["limits"], catalogue["refused_names"], catalogue["records"]
        self.checks = checks
        self.fields = {role: {} for role in ROLES}
        for role in ROLES:
            self.flatten(role, self.records[role])
        self.order = {f"{role}.{path}": at for at, (role, path) in
                      enumerate((role, path) for role in ROLES for path in ("", *self.fields[role]))}

    def flatten(self, role, fields):
        for field in fields:
            self.fields[role][field["path"]] = field
            self.flatten(role, field.get("fields", []))

    def beside(self, field, name):
        return ".".join([*field["path"].split(".")[:-1], name])

    def depends_on(self, field):
        return self.beside(field, field["applicable"]["field"])

    def applies(self, field, cells):
        if "applicable" not in field:
            return True
        cell = cells[self.depends_on(field)]
        if cell.reason:
            return None
        text = str(cell.value).lower() if isinstance(cell.value, bool) else cell.value
        return text in field["applicable"]["is"]

    def decide(self, packs, case, on):
        day = date.fromisoformat(on)
        reader = Reader(self, case, day)
        decision = Decision(self, reader.cells, day)
        for pack in sorted(packs, key=lambda pack: pack["pack"]):
            decision.add(pack)
        findings = reader.findings + [f for pack in self.checks for f in self.check(pack, reader.cells, day)]
        return {**decision.result(), "on": on, "not_covered": list(self.codes["not_covered"]),
                "findings": self.sort_findings(findings)}

    def check(self, pack, cells, on):
        for rule in pack["rules"]:
            elements = [None]
            if "each" in rule:
                elements = range(len(cells[pack["applies_to"]][rule["each"]].value or ()))
            for element in elements:
                judge = Judge(self, cells, on, pack, rule, element)
                if status_of(*judge.verdict()) == "failed":
                    yield {"code": pack["applies_to"] + "." + rule["id"], "severity": rule["severity"],
                           "rule": pack["pack"] + "." + rule["id"], "params": judge.shown(),
                           "paths": [judge.place(path)[2] for path in rule["paths"]]}

    def sort_findings(self, findings):
        unique = {json.dumps(f, sort_keys=True): f for f in findings}
        return sorted(unique.values(), key=lambda f: ([self.path_key(path) for path in f["paths"]], f["code"],
                                                      f.get("rule", ""), json.dumps(f["params"], sort_keys=True)))

    def path_key(self, path):
        key, so_far = [], ""
        for name, index in re.findall(r'([A-Za-z_][A-Za-z0-9_]*)|\[([0-9]+|".*?(?<!\\)")\]', path):
            if index.isdigit():
                key.append((0, int(index), ""))
                continue
            so_far += ("." if so_far else "") + (name or json.loads(index))
            known = self.order.get(so_far, self.order.get(so_far + "."))
            key.append((1, 0, name or json.loads(index)) if known is None else (0, known, ""))
        return key


class Decision:
    def __init__(self, book, cells, on):
        self.book, self.cells, self.on = book, cells, on
        self.rules, self.obligations, self.warnings, self.packs, self.gaps = [], [], [], [], []
        self.judged = []        # (row, guard) of each require that decides
        self.covered = []       # (pack, result) of packs with a require
        self.outcome_residuals, self.other_residuals = [], []

    def add(self, pack):
        judge = Judge(self.book, self.cells, self.on, pack)
        state = judge.applied()
        applied = {True: "applied", None: "unknown", False: "not_applicable"}[state.truth]
        if judge.in_force().truth is False and judge.test(pack.get("applies_when", {"all": []})).truth is not False:
            applied = "not_in_force"
        self.packs.append({"pack": pack["pack"], "applied": applied})
        self.add_gaps(pack["pack"], state.reads)
        if any(rule["effect"] == "require" for rule in pack["rules"]):
            self.covered.append((pack["pack"], state))
        for rule in pack["rules"]:
            self.add_rule(pack, rule)

    def add_rule(self, pack, rule):
        judge = Judge(self.book, self.cells, self.on, pack, rule)
        guard, that, unless, whole = judge.verdict()
        name, nature = pack["pack"] + "." + rule["id"], rule.get("nature", "binding")
        row = {"id": name, "effect": rule["effect"], "nature": nature, "verified": rule["verified"] is not False,
               "status": status_of(guard, that, unless, whole)}
        if judge.anchor.value:
            row["as_of"] = judge.anchor.value.isoformat()
        if row["status"] == "excepted":
            row["exception"] = next(key for key, result in unless if result.truth)
        if "who_decides" in rule:
            row["who_decides"] = rule["who_decides"]
        if rule["effect"] != "oblige":
            row["params"] = judge.shown() if guard.truth is not False else {}
        self.rules.append(row)
        if rule["effect"] == "oblige":
            self.oblige(judge, rule, name, guard, that)
        elif rule["effect"] == "require" and nature != "practice":
            self.require(row, guard, whole)
        elif row["status"] == "failed":
            self.warnings.append({"rule": name, "params": row["params"]})
        elif row["status"] == "unknown":
            self.other_residuals.append((name, whole.reads))
            self.add_gaps(name, whole.reads)

    def require(self, row, guard, whole):
        if row["status"] == "failed":
            binding = "fails" if row["verified"] else "to_check"
            row["counts"] = "discretionary" if row["nature"] == "discretionary" else binding
        if row["status"] == "unknown":
            self.outcome_residuals.append((row["id"], whole.reads))
            self.add_gaps(row["id"], whole.reads)
        self.judged.append((row, guard))

    def oblige(self, judge, rule, name, guard, that):
        by = judge.day(rule["by"])
        if guard.truth is False:
            status = "void"
        elif guard.truth is None:
            status = "possible"
        elif that.truth:
            status = "met"
        else:
            status = "overdue" if by.value and by.value < self.on else "due"
        entry = {"rule": name, "status": status, "who": rule["who"], "params": {} if status == "void" else judge.shown()}
        if by.value and status != "void":
            entry["by"] = by.value.isoformat()
        self.obligations.append(entry)
        if status in ("possible", "due", "overdue"):
            reads = tuple(dict.fromkeys(guard.reads + that.reads + by.reads))
            self.other_residuals.append((name, reads))
            self.add_gaps(name, reads)

    def result(self):
        covered = disjunction([state for _, state in self.covered])
        outcome, deciding = self.outcome(covered)
        firmness = self.firmness(deciding)
        if covered.truth is None:
            self.outcome_residuals.append(("", covered.reads))
        is_open = outcome == "undetermined"
        asked = self.missing(self.outcome_residuals) if is_open else []
        listed = [entry["field"] for entry in asked]
        other = [entry for entry in self.missing(self.other_residuals) if entry["field"] not in listed]
        ready = outcome == "accepted" and not any(o["status"] in ("due", "overdue", "possible") for o in self.obligations)
        return {"outcome": outcome, "firmness": firmness, "ready": ready, "deciding": [row["id"] for row in deciding],
                "rules": self.rules, "obligations": self.obligations, "warnings": self.warnings, "packs": self.packs,
                "missing": {"outcome": asked, "other": other, "stated": self.stated(self.outcome_residuals * is_open)},
                "gaps": self.gaps}

    def outcome(self, covered):
        failing = [row for row, _ in self.judged if row.get("counts") == "fails"]
        if failing:
            return "refused", failing
        undecided = [row for row, _ in self.judged if row["status"] == "unknown" or "counts" in row]
        if undecided:
            return "undetermined", undecided
        if covered.truth is None:
            return "undetermined", []
        if covered.truth is False:
            return "not_covered", []
        return "accepted", [row for row, guard in self.judged if guard.truth and row["status"] in ("satisfied", "excepted")]

    def firmness(self, deciding):
        if any(row["nature"] == "discretionary" and (row["status"] == "unknown" or "counts" in row) for row in deciding):
            return "discretionary"
        return "firm" if all(row["verified"] for row in deciding) else "to_check"

    def missing(self, residuals):
        held = {}
        for name, reads in residuals:
            absent = {read[1] for read in reads if read[0] == "absent"}
            for read in reads:
                if read[0] == "absent" and read[2] in ANSWERABLE:
                    entry = held.setdefault(read[1], {"action": ANSWERABLE[read[2]], "rules": [], "sizes": []})
                    entry["rules"] += [name] if name else []
                    entry["sizes"].append(len(absent))
        order = sorted(held, key=lambda path: (min(held[path]["sizes"]), -len(held[path]["sizes"]),
                                               self.field(path).get("intrusive", 0), self.book.order[path]))
        return [{"field": path, "action": held[path]["action"], "rules": held[path]["rules"]} for path in order]

    def field(self, path):
        role, _, rest = path.partition(".")
        return self.book.fields[role][rest]

    def stated(self, residuals):
        reads = {read[1]: read[2] for _, reads in residuals for read in reads
                 if read[0] == "absent" and read[2] not in ANSWERABLE}
        return [{"field": path, "reason": reads[path]} for path in sorted(reads, key=self.book.order.get)]

    def add_gaps(self, name, reads):
        for read in sorted({read for read in reads if read[0] == "gap"}, key=str):
            self.gaps.append({"rule": name, "gap": read[1], **({read[2]: read[3]} if read[2] else {})})
