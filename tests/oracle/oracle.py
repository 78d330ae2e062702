"""A second engine, written from the documents alone, so that the first can be compared with it.

`Oracle(catalogue, checks).decide(packs, case, on)` takes JSON documents as Python values and gives a decision as one. It
is naive on purpose: it reads a case into a dictionary of cells by full path (`placement.host.country`), walks each rule's
document and looks up whatever it meets. What is not made here, `check.py` says.

A result is a value or a truth, and None is unknown; then its reads say why: `("absent", path, reason)` or
`("gap", kind, member, name)`. A place is a tuple of names and indices, `("placement", "documents", 0, "kind")`.
"""

import calendar
import json
import operator
import re
import unicodedata
from collections import namedtuple
from datetime import date, timedelta

Cell = namedtuple("Cell", "value reason")
Result = namedtuple("Result", "value reads", defaults=[()])

ROLES = ("participant", "placement")
ANCHORS = {"submitted": "placement.submitted", "signed": "placement.agreement.last_signature",
           "start": "placement.start"}
ACTIONS = {"not_given": "give", "invalid": "correct"}
GAPS = ("checked_until", "no_value", "outside_coverage", "date_range")
RELATIONS = {"at_most": operator.le, "less_than": operator.lt, "equal": operator.eq, "at_least": operator.ge,
             "more_than": operator.gt, "before": operator.lt, "on_or_before": operator.le,
             "same_day_as": operator.eq, "on_or_after": operator.ge, "after": operator.gt}
KINDS = {type(None): "null", bool: "bool", int: "int", float: "float", str: "text", list: "list", dict: "object"}
TAKES = {"bool": ("bool",), "objects": ("list",), "codes": ("list",), "integer": ("int", "float"),
         "number": ("int", "float"), "money": ("int", "float")}
FORMS = {"siret": "[0-9]{14}", "be_enterprise": "[01][0-9]{9}", "pass_iae": "[0-9A-Za-z]{12}",
         "time": "([01][0-9]|2[0-3]):[0-5][0-9]|24:00",
         "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}.*)?", "territory": "FR-([0-9]{2}|2[AB])[0-9]{3}|BE-[0-9]{5}"}
ALWAYS = {"all": []}


def kleene(absorbing, results):
    """Strong Kleene `and` for False, `or` for True, with the reads of what is still open."""
    if any(result.value is absorbing for result in results):
        return Result(absorbing)
    unknown = [result for result in results if result.value is None]
    return Result(None, merged(unknown)) if unknown else Result(not absorbing)


def negation(result):
    return result if result.value is None else Result(not result.value)


def merged(results):
    return tuple(dict.fromkeys(read for result in results for read in result.reads))


def shifted(day, months, days):
    """Months first, clamped to the last day of the month, then days; None outside the years 1900 to 2200."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        last = calendar.monthrange(year, month + 1)[1]
        moved = date(year, month + 1, min(day.day, last)) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return moved if 1900 <= moved.year <= 2200 else None


def completed_years(birth, at, leap_day):
    birthday = (birth.month, birth.day)
    if birthday == (2, 29) and not calendar.isleap(at.year):
        birthday = (2, 28) if leap_day == "on_28_feb" else (3, 1)
    return at.year - birth.year - ((at.month, at.day) < birthday)


def in_time(entry, day):
    return entry.get("from", "") <= str(day) <= entry.get("to", "9999")


def kind_of(raw):
    return "null" if isinstance(raw, str) and not raw.strip() else KINDS[type(raw)]


def depth(raw):
    inner = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def folded(name):
    plain = name.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    plain = "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))
    return re.sub("['’ -]", "_", plain)


def render(place):
    text = ""
    for part in place:
        plain = isinstance(part, str) and re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", part)
        text += "." * bool(text) + part if plain else f"[{json.dumps(part, ensure_ascii=False)}]"
    return text


def flat(field, above=""):
    """Every field below, with its full path."""
    for inner in field.get("fields", ()):
        inner = {**inner, "path": above + inner["name"]}
        yield inner
        yield from flat(inner, inner["path"] + ".")


def is_national_number(digits):
    """Belgian: 9 digits and 97 minus their remainder, with a 2 in front since 2000. French: 13 digits, likewise."""
    centuries = ("", "2") if len(digits) == 11 else ("",)
    return int(digits[-2:]) in [97 - int(century + digits[:-2]) % 97 for century in centuries]


class Reader:
    """Reads one case: `cells` by path, and the findings of its records."""

    def __init__(self, book, case, on):
        self.book, self.on, self.findings, self.cells = book, on, [], {}
        self.read_object(book.root, "", case, (), "not_given", self.cells)
        for path in self.cells:
            self.judge(path, self.cells, tuple(path.split(".")))

    def find(self, code, place, raw=None, severity="error", **params):
        """A finding; `raw` is a value that is not read any further, so that only its depth is left to look at."""
        self.findings.append({"code": code, "severity": severity, "paths": [place], "params": params})
        if len(place) - 1 + depth(raw) > self.book.limits["depth"]:
            self.find("limit.depth", place, max=self.book.limits["depth"])

    def members(self, known, raw, place, otherwise):
        """The members of an object, and the reason of the fields that are not among them."""
        kind, is_element = kind_of(raw), any(isinstance(part, int) for part in place[-1:])
        if kind == "null" and not is_element:
            return {}, otherwise
        if kind != "object":
            self.find("type.mismatch", place, raw, expected="object", got=kind)
            return {}, "invalid"
        for name in set(raw).difference(known, ["absent"] if place else []):
            refused = self.book.refused_names.get(folded(name))
            self.find(refused or "field.unknown", (*place, name), raw[name], **({} if refused else {"name": name}))
        return raw, otherwise

    def read_object(self, field, path, raw, place, otherwise, cells):
        names = [inner["name"] for inner in field["fields"]]
        given, otherwise = self.members(names, raw, place, otherwise)
        reasons = self.reasons(names, given.get("absent") if place else None, (*place, "absent"))
        for inner in field["fields"]:
            name = inner["name"]
            value, reason, at, below = given.get(name), reasons.get(name), (*place, name), f"{path}.{name}".strip(".")
            if inner["type"] == "object":
                self.read_object(inner, below, value, at, reason or otherwise, cells)
            elif kind_of(value) == "null":
                cells[below] = Cell(None, reason or otherwise)
            else:
                read = self.read_value(self.book.fields[below], value, at)
                if reason:
                    self.find("absence.contradicted", at, reason=reason)
                cells[below] = Cell(None, "invalid") if reason or read is None else Cell(read, None)

    def reasons(self, names, raw, place):
        given, held = self.members(names, raw, place, None)[0], self.book.codes["absence_reason"]
        for name in set(given).intersection(names):
            kind = kind_of(given[name])
            if kind not in ("null", "text"):
                self.find("type.mismatch", (*place, name), given[name], expected="text", got=kind)
            elif kind == "text" and given[name] not in held:
                self.find("absence.reason", (*place, name), value=given[name])
        return {name: reason for name, reason in given.items() if isinstance(reason, str) and reason in held}

    def read_value(self, field, raw, place):
        kind, wanted = kind_of(raw), field["type"]
        takes, problem = TAKES.get(wanted, ("text",)), None
        if kind not in takes:
            expected = "list" if "list" in takes else wanted
            return self.find("type.mismatch", place, raw, expected=expected, got=kind)
        if kind == "list":
            return self.read_list(field, raw, place)
        if kind != "bool":
            problem = self.wrong_number(field, raw) if kind != "text" else self.wrong_text(field, raw)
        if problem:
            return self.find(problem[0], place, **problem[1])
        return date.fromisoformat(raw[:10]) if wanted == "date" else raw

    def wrong_number(self, field, raw):
        """The code and the params of what is wrong with a number, or None."""
        whole, safe = field["type"] != "number", 2**53 - 1
        if abs(raw) == float("inf") or (abs(raw) > safe and raw == int(raw) and (whole or isinstance(raw, int))):
            return "number.too_large", {}
        if whole and raw != int(raw):
            return "number.not_integer", {"value": raw}
        limits = {end: field[end] for end in ("min", "max") if end in field}
        in_range = limits.get("min", raw) <= raw <= limits.get("max", raw)
        return None if in_range else ("value.out_of_range", {**limits, "value": raw})

    def wrong_text(self, field, raw):
        wanted, form = field["type"], field.get("form", field["type"])
        longest, digits = field.get("max_length", self.book.limits["text"]), re.sub("[ ./-]", "", raw)
        if wanted == "code":
            return None if raw in self.book.codes[field["list"]] else ("code.unknown", {"list": field["list"], "value": raw})
        if wanted == "text" and len(raw) > longest:
            return "limit.text", {"max": longest}
        if wanted == "text" and re.fullmatch("[0-9]{11}|[0-9]{15}", digits) and is_national_number(digits):
            return "privacy.national_number", {}
        if re.fullmatch(FORMS.get(form, ".*"), raw, re.S):
            return self.wrong_date(raw) if wanted == "date" else None
        return wanted + ".form", {"form": form} if wanted == "text" else {"value": raw}

    def wrong_date(self, raw):
        if not re.fullmatch(r"[0-9-]{10}(.00:00(:00(\.0+)?)?)?", raw):
            return "date.time_given", {"value": raw}
        try:
            in_years = 1900 <= date.fromisoformat(raw[:10]).year <= 2200
        except ValueError:
            return "date.not_a_day", {"value": raw}
        return None if in_years else ("date.out_of_years", {"from": 1900, "to": 2200})

    def read_list(self, field, raw, place):
        if len(raw) > self.book.limits["list"]:
            return self.find("limit.list", place, max=self.book.limits["list"])
        if field["type"] == "codes":
            return [self.read_value({**field, "type": "code"}, code, (*place, at)) for at, code in enumerate(raw)]
        elements = [{} for _ in raw]
        for at, element in enumerate(raw):
            self.read_object(field, field["path"], element, (*place, at), "not_given", elements[at])
        return elements

    def judge(self, path, cells, place):
        """What follows from the catalogue once all is read: required, not applicable, not in force on its day."""
        field, (value, reason) = self.book.fields[path], cells[path]
        if reason == "not_given" and field.get("required"):
            self.find("field.required", place)
        elif value is not None and self.book.applies(field, cells) is False:
            depends_on = self.book.controlling(field).split(".", 1)[1]
            self.find("field.not_applicable", place, severity="warning", depends_on=depends_on)
        elif value is not None and field["type"] == "objects":
            for at, element in enumerate(value):
                for inner in element:
                    self.judge(inner, element, (*place, at, inner.split(".")[-1]))
        elif value is not None and field["type"] in ("code", "codes", "territory"):
            beside, at_root = [f"{above}.{field.get('valid_at')}" for above in (path.rpartition(".")[0], place[0])]
            day = cells.get(beside) or self.cells.get(at_root) or Cell(self.on, None)
            many = field["type"] == "codes"
            for at, code in enumerate(value if many else [value]):
                self.judge_day(field, code, day.value, (*place, at) if many else place)

    def judge_day(self, field, value, day, place):
        is_commune = field["type"] == "territory"
        held = self.book.communes if is_commune else self.book.codes[field["list"]]
        entry, about = held.get(value, {}), {"value": value, "on": str(day)}
        if is_commune and value not in held:
            self.find("territory.outside_coverage", place, severity="info", value=value)
        elif day and not is_commune and not in_time(entry, day):
            in_force = [code for code in held if in_time(held[code], day)]
            self.find("code.not_in_force", place, list=field["list"], in_force=in_force, **about)
        elif day and str(day) < entry.get("from", ""):
            self.find("territory.not_yet", place, begins=entry["from"], **about)
        elif day and not in_time(entry, day):
            self.find("territory.ended", place, ended=entry["to"], successors=entry["successors"], **about)


def paths_of(part):
    """The paths that an atom or an operand reads, wherever they stand in it."""
    if isinstance(part, dict):
        part = [inner for key, inner in part.items() if key not in ("is", "one_of", "within", "param")]
    if isinstance(part, list):
        return [path for inner in part for path in paths_of(inner)]
    return [part] if isinstance(part, str) and part != "decision" and not part[0].isdigit() else []


class Judge:
    """Evaluates the tests of one rule, or of a pack alone, on one case; with `index`, of one element of `each`."""

    def __init__(self, book, cells, on, pack, rule=None, index=None):
        self.book, self.cells, self.on, self.pack, self.rule, self.index = book, cells, on, pack, rule or {}, index
        name = self.rule.get("as_of", pack.get("as_of", "decision"))
        self.anchor = self.day(ANCHORS.get(name, name))
        self.wanted = self.test(pack.get("applies_when", ALWAYS))
        self.applies = kleene(False, [self.wanted, self.in_force(self.anchor.value)])

    def place(self, path):
        """The catalogue's field, the cells that it lies among, and its place."""
        role = self.pack["applies_to"]
        if path.startswith("."):
            each = f"{role}.{self.rule['each']}"
            place = (role, *self.rule["each"].split("."), self.index, path[1:])
            return self.book.fields[each + path], self.cells[each].value[self.index], place
        path = path if path.split(".")[0] in ROLES else f"{role}.{path}"
        return self.book.fields[path], self.cells, tuple(path.split("."))

    def read(self, path):
        field, cells, place = self.place(path)
        own, reads = cells[field["path"]], ()
        if self.book.applies(field, cells) is None:
            other = self.book.controlling(field)
            reads = (("absent", other, cells[other].reason),)
        if own.reason:
            reads += (("absent", render(place), own.reason),)
        return Result(None if reads else own.value, reads)

    def does_not_apply(self, part):
        return any(self.book.applies(*self.place(path)[:2]) is False for path in paths_of(part))

    def test(self, test):
        if "all" in test or "any" in test:
            return kleene("any" in test, [self.test(inner) for inner in test.get("all", test.get("any"))])
        if "not" in test:
            return negation(self.test(test["not"]))
        return Result(False) if self.does_not_apply(test) else self.atom(test)

    def atom(self, test):
        if "known" in test:
            return self.known(test["known"])
        if "same_system" in test:
            return self.combine(self.one_system, *map(self.entry, test["same_system"]))
        if "within" in test:
            return self.within(test["field"], test["within"])
        if "is" in test or "one_of" in test:
            return self.combine(lambda value: value in test.get("one_of", [test.get("is")]), self.read(test["field"]))
        relation = next(name for name in test if name in RELATIONS)
        read = self.day if "date" in test else self.number
        left = test["date"] if "date" in test else {key: test[key] for key in test if key != relation}
        return self.combine(RELATIONS[relation], read(left), read(test[relation]))

    def combine(self, function, *operands):
        if any(operand.value is None for operand in operands):
            return Result(None, merged(operands))
        return Result(function(*[operand.value for operand in operands]))

    def known(self, path):
        result, own = self.read(path), render(self.place(path)[2])
        stated = [read[1] for read in result.reads] == [own] and result.reads[0][2] not in ACTIONS
        return Result(False) if stated else self.combine(lambda value: True, result)

    def within(self, path, zone):
        if zone in ("FR", "BE"):
            return self.combine(lambda value: value.startswith(zone), self.read(path))
        return self.combine(lambda entry: zone in entry["zones"], self.entry(path))

    def one_system(self, first, second):
        a, b = first.get("system"), second.get("system")
        return not a or not b or a == b or (a[:2] == b[:2] and "BE" in (a, b))

    def entry(self, path):
        """What the rulebook holds of the code or the commune in a field."""
        result, (field, _, place) = self.read(path), self.place(path)
        held = self.book.communes if field["type"] == "territory" else self.book.codes[field["list"]]
        if result.value is None or result.value in held:
            return self.combine(held.get, result)
        return Result(None, (("gap", "outside_coverage", "field", render(place)),))

    def number(self, given):
        if not isinstance(given, dict):
            return Result(given)
        if "param" in given:
            return self.parameter(given["param"])
        if "field" in given:
            return self.read(given["field"])
        if "days" in given:
            ends, extra = given["days"], int(given["days"].get("both_ends", False))
            return self.combine(lambda a, b: (b - a).days + extra, self.day(ends["from"]), self.day(ends["to"]))
        policy, ages = self.pack.get("leap_day", "on_1_mar"), given["age"]
        return self.combine(lambda a, b: completed_years(a, b, policy), self.day(ages["birth"]), self.day(ages["at"]))

    def parameter(self, name):
        if self.anchor.value is None:
            return self.anchor
        in_force = [entry for entry in self.pack["parameters"][name]["values"] if in_time(entry, self.anchor.value)]
        return Result(in_force[0]["value"]) if in_force else Result(None, (("gap", "no_value", "parameter", name),))

    def day(self, given):
        if isinstance(given, dict):
            parts = [self.day(given["shift"]), self.number(given.get("months", 0)), self.number(given.get("days", 0))]
            result = self.combine(shifted, *parts)
            return result if result.reads or result.value else Result(None, (("gap", "date_range", None, ""),))
        if given == "decision":
            return Result(self.on)
        return Result(date.fromisoformat(given)) if given[0].isdigit() else self.read(given)

    def in_force(self, day):
        if day and not (in_time(self.pack, day) and in_time(self.rule, day)):
            return Result(False)
        if day and str(day) > self.pack["checked_until"]:
            return Result(None, (("gap", "checked_until", None, ""),))
        return self.combine(lambda day: True, self.anchor)

    def judge(self):
        """The status, the exception, and the results of guard, `that` and the whole."""
        guard = kleene(False, [self.applies, self.test(self.rule.get("when", ALWAYS))])
        that = self.test(self.rule["that"])
        unless = {entry["id"]: self.test({"all": [entry["when"], entry.get("instead", ALWAYS)]})
                  for entry in self.rule.get("unless", [])}
        whole = kleene(True, [negation(guard), that, *unless.values()])
        exception = next((name for name, result in unless.items() if result.value), None)
        status = "satisfied" if that.value else "excepted" if exception else "failed" if whole.value is False else "unknown"
        return "not_applicable" if guard.value is False else status, exception, guard, that, whole

    def shown(self):
        shown = {}
        for name, part in self.rule.get("show", {}).items():
            read = self.day if isinstance(part, str) or "shift" in part else self.number
            value = None if self.does_not_apply(part) else read(part).value
            shown.update({} if value is None else {name: str(value) if isinstance(value, date) else value})
        return shown


class Oracle:
    """What a rulebook holds beside its packs; reads cases and decides them."""

    def __init__(self, catalogue, checks):
        self.codes, self.communes, self.limits = catalogue["codes"], catalogue["communes"], catalogue["limits"]
        self.refused_names, self.checks, records = catalogue["refused_names"], checks, catalogue["records"]
        self.root = {"fields": [{"name": role, "type": "object", "fields": records[role]} for role in ROLES]}
        self.fields = {field["path"]: field for field in flat(self.root)}
        self.order = {path: at for at, path in enumerate(self.fields)}

    def controlling(self, field):
        return f"{field['path'].rpartition('.')[0]}.{field['applicable']['field']}"

    def applies(self, field, cells):
        """Whether the field applies; the catalogue spells values as text, `true` among them."""
        value = cells[self.controlling(field)].value if "applicable" in field else True
        spelt = str(value).lower() if isinstance(value, bool) else value
        return None if value is None else "applicable" not in field or spelt in field["applicable"]["is"]

    def decide(self, packs, case, on):
        day = date.fromisoformat(on)
        reader = Reader(self, case, day)
        findings = reader.findings + [found for pack in self.checks for found in self.check(pack, reader.cells, day)]
        decision = Decision(self, packs, reader.cells, day).as_document()
        return {**decision, "on": on, "not_covered": list(self.codes["not_covered"]), "findings": self.in_order(findings)}

    def check(self, pack, cells, on):
        role = pack["applies_to"]
        for rule in pack["rules"] if role in ROLES else ():
            elements = cells[f"{role}.{rule['each']}"].value or () if "each" in rule else [None]
            for judge in [Judge(self, cells, on, pack, rule, index) for index in range(len(elements))]:
                if judge.judge()[0] == "failed":
                    places = [judge.place(path)[2] for path in rule["paths"]]
                    yield {"code": f"{role}.{rule['id']}", "rule": f"{pack['pack']}.{rule['id']}", "paths": places,
                           "severity": rule["severity"], "params": judge.shown()}

    def in_order(self, findings):
        findings = sorted(findings, key=lambda found: (
            [self.place_key(place) for place in found["paths"]], found["code"], found.get("rule", ""),
            json.dumps(found["params"], sort_keys=True)))
        rendered = [{**found, "paths": [render(place) for place in found["paths"]]} for found in findings]
        return [found for at, found in enumerate(rendered) if found not in rendered[:at]]

    def place_key(self, place):
        names = [".".join(part for part in place[:end] if isinstance(part, str)) for end in range(1, len(place) + 1)]
        known = [part if isinstance(part, int) else self.order.get(name) for part, name in zip(place, names)]
        return [(1, 0, part) if at is None else (0, at, "") for part, at in zip(place, known)]


class Decision:
    """One case decided by packs; `cells` are those of a reader."""

    def __init__(self, book, packs, cells, on):
        self.book, self.on = book, on
        self.rules, self.obligations, self.warnings, self.packs, self.gaps = [], [], [], [], []
        self.requires, self.met, self.covering, self.asked, self.also_asked = [], [], [], [], []
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
            self.add_gaps(pack["pack"], judge.applies.reads)

    def add_rule(self, pack, rule, judge):
        status, exception, guard, that, whole = judge.judge()
        row = {"id": f"{pack['pack']}.{rule['id']}", "effect": rule["effect"], "nature": rule.get("nature", "binding"),
               "verified": rule["verified"] is not False, "status": status}
        optional = {"as_of": judge.anchor.value and str(judge.anchor.value), "who_decides": rule.get("who_decides"),
                    "exception": exception if status == "excepted" else None}
        row.update({name: value for name, value in optional.items() if value})
        params = judge.shown() if guard.value is not False else {}
        self.rules.append(row)
        if rule["effect"] == "oblige":
            return self.add_obligation(row, rule, guard, that, judge.day(rule["by"]), params)
        row["params"] = params
        decides = rule["effect"] == "require" and row["nature"] != "practice"
        if decides:
            self.add_require(row, guard)
        elif status == "failed":
            self.warnings.append({"rule": row["id"], "params": params})
        if status == "unknown":
            self.ask(self.asked if decides else self.also_asked, row["id"], whole.reads)

    def add_require(self, row, guard):
        self.requires.append(row)
        if row["status"] == "failed":
            binding = "fails" if row["verified"] else "to_check"
            row["counts"] = "discretionary" if row["nature"] == "discretionary" else binding
        if guard.value and row["status"] in ("satisfied", "excepted"):
            self.met.append(row)

    def add_obligation(self, row, rule, guard, that, by, params):
        late = by.value and by.value < self.on
        status = "met" if that.value else "overdue" if late else "due"
        status = {True: status, False: "void", None: "possible"}[guard.value]
        day = {"by": str(by.value)} if by.value and status != "void" else {}
        self.obligations.append({"rule": row["id"], "status": status, "who": rule["who"], "params": params, **day})
        if status not in ("void", "met"):
            self.ask(self.also_asked, row["id"], merged([guard, that, by]))

    def ask(self, residuals, name, reads):
        residuals.append(([name], reads))
        self.add_gaps(name, reads)

    def add_gaps(self, name, reads):
        gaps = [read[1:] for read in reads if read[0] == "gap"]
        gaps.sort(key=lambda gap: (GAPS.index(gap[0]), self.book.order.get(gap[2], 0), gap[2]))
        self.gaps += [{"rule": name, "gap": kind, **({member: what} if member else {})} for kind, member, what in gaps]

    def decide(self):
        fails = [row for row in self.requires if row.get("counts") == "fails"]
        undecided = [row for row in self.requires if row["status"] == "unknown" or "counts" in row]
        if fails:
            return "refused", fails
        if undecided or self.covered.value is None:
            return "undetermined", undecided
        return ("accepted", self.met) if self.covered.value else ("not_covered", [])

    def as_document(self):
        firmness = "firm" if all(row["verified"] for row in self.deciding) else "to_check"
        if any(row["nature"] == "discretionary" and row["status"] in ("unknown", "failed") for row in self.deciding):
            firmness = "discretionary"
        closed = all(entry["status"] in ("void", "met") for entry in self.obligations)
        return {"outcome": self.outcome, "firmness": firmness, "ready": self.outcome == "accepted" and closed,
                "deciding": [row["id"] for row in self.deciding], "rules": self.rules, "missing": self.missing(),
                "obligations": self.obligations, "warnings": self.warnings, "packs": self.packs, "gaps": self.gaps}

    def missing(self):
        residuals = [*self.asked, ([], self.covered.reads)] if self.outcome == "undetermined" else []
        outcome = self.worth_asking(residuals)
        listed = [entry["field"] for entry in outcome]
        absent = {read[1]: read[2] for _, reads in residuals for read in reads if read[0] == "absent"}
        return {"outcome": outcome,
                "other": [entry for entry in self.worth_asking(self.also_asked) if entry["field"] not in listed],
                "stated": [{"field": path, "reason": absent[path]} for path in sorted(absent, key=self.book.order.get)
                           if absent[path] not in ACTIONS]}

    def worth_asking(self, residuals):
        residuals = [(names, {read[1]: read[2] for read in reads if read[0] == "absent"}) for names, reads in residuals]
        absent = {path: reason for _, reads in residuals for path, reason in reads.items() if reason in ACTIONS}
        holding = {path: [residual for residual in residuals if path in residual[1]] for path in absent}

        def key(path):
            return (min(len(reads) for _, reads in holding[path]), -len(holding[path]),
                    self.book.fields[path].get("intrusive", 0), self.book.order[path])
        return [{"field": path, "action": ACTIONS[absent[path]], "rules": sum((names for names, _ in holding[path]), [])}
                for path in sorted(absent, key=key)]
