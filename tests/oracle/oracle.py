"""A second engine, written from the documents alone, so that the first can be compared with it.

`Oracle(catalogue, checks).decide(packs, case, on)` takes JSON documents as Python values and gives a decision as one.
It is naive on purpose: `reader.py` reads a case into a dictionary of results by path (`placement.host.country`), and the
`Judge` walks each rule's document and looks up whatever it meets. A result is a value or a truth with its reads; None is
unknown, and the reads say why: `("absent", path, reason)` or `("gap", kind, member, name)`. The value of a number is a
pair, the ends of its range.
"""

import calendar
import copy
import itertools
import json
import math
import operator
import re
from bisect import bisect_left
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

from reader import Reader, Result, in_time, render
from week import MEASURES, WEEK, slot

ROLES = ("participant", "professional", "worksite", "placement", "host_organisation", "home_organisation")
KINDS = {"host_organisation": "organisation", "home_organisation": "organisation", "earlier_placements": "placement"}
ANCHORS = {"start": "placement.start", "submitted": "placement.submitted",
           "signed": "placement.agreement.last_signature"}
ACTIONS = {"not_given": "give", "invalid": "correct"}
GAPS = ("checked_until", "no_value", "outside_coverage", "date_range", "number_range")
STATUSES = ("failed", "unknown", "excepted", "satisfied", "not_applicable")
NO_DAY, NO_NUMBER = (("gap", "date_range", "", ""),), (("gap", "number_range", "", ""),)
ALWAYS, ANY_NUMBER = {"all": []}, (-math.inf, math.inf)
MONTHS = {"month": 1, "quarter": 3, "year": 12}
RELATIONS = {"at_most": operator.le, "less_than": operator.lt, "equal": operator.eq, "at_least": operator.ge,
             "more_than": operator.gt, "before": operator.lt, "on_or_before": operator.le, "same_day_as": operator.eq,
             "on_or_after": operator.ge, "after": operator.gt}


class NotApplicable(Exception):
    """A field is read that does not apply: the test is then false, whatever else it reads."""


def optional(function, *operands):
    """The result, or none where a field does not apply."""
    try:
        return function(*operands)
    except NotApplicable:
        return None


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


def exact(result):
    """A number that has one end."""
    return combine(lambda value: (float(value), float(value)), result)


def compare(relation, left, right):
    """True or false if it is so for every value of both ranges."""
    if relation == "equal":
        return kleene(False, [compare("at_most", left, right), compare("at_least", left, right)])
    if left.value is None or right.value is None:
        return Result(None, merged([left, right]))
    truths = {RELATIONS[relation](a, b) for a in left.value for b in right.value}
    return Result(truths.pop()) if len(truths) == 1 else Result(None, merged([left, right]))


def corners(function, a, b):
    ends = [function(x, y) for x in a for y in b]
    return min(ends), max(ends)


def divide(a, b):
    """By 0 alone there is no number; a range around 0 gives any number."""
    if b[0] <= 0 <= b[1]:
        return ANY_NUMBER if b[0] < b[1] else (math.nan, math.nan)
    return corners(lambda x, y: 0.0 if math.isinf(x) and math.isinf(y) else x / y, a, b)


def exact_sum(numbers):
    """Rounded once, whatever the order."""
    if any(map(math.isinf, numbers)):
        return sum(numbers)
    total = sum(map(Fraction, numbers))
    try:
        return float(total)
    except OverflowError:
        return math.inf if total > 0 else -math.inf


def add_months(day, months):
    """Clamped to the last day of the month, and to the years that Python holds."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return date.max if year > 0 else date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_days(day, days):
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def start_of(period, day):
    if period == "week":
        return add_days(day, -day.weekday())
    return add_months(day.replace(day=1), -((day.month - 1) % MONTHS[period]))


def end_of(period, day):
    start = start_of(period, day)
    return add_days(add_days(start, 7) if period == "week" else add_months(start, MONTHS[period]), -1)


def completed(start, to, months):
    count = (to.year * 12 + to.month - start.year * 12 - start.month) // months + 1
    while add_months(start, count * months) > to:
        count -= 1
    return count


def begun(start, to, months):
    count = completed(start, to, months)
    return count if add_months(start, count * months) == to else count + 1


def calendar_periods(start, to, months):
    """Whole calendar months or years that begin on the first day or later and end before `to`."""
    first, end = [(day.year * 12 + day.month - 1) // months for day in (start, to)]
    begins_there = start == start_of("month" if months == 1 else "year", start)
    return max(0, end - first - (not begins_there))


TESTS = {
    "all": lambda judge, test: kleene(False, [judge.test(inner) for inner in test["all"]]),
    "any": lambda judge, test: kleene(True, [judge.test(inner) for inner in test["any"]]),
    "not": lambda judge, test: combine(operator.not_, judge.test(test["not"])),
    "of": lambda judge, test: judge.at_least(test["at_least"], [judge.test(inner) for inner in test["of"]]),
    "some": lambda judge, test: judge.each(True, **test["some"]),
    "every": lambda judge, test: judge.each(False, **test["every"]),
    "includes": lambda judge, test: judge.each(True, test["field"], {"field": ".", "is": test["includes"]}),
    "condition": lambda judge, test: judge.test(judge.pack["conditions"][test["condition"]]),
    "known": lambda judge, test: judge.stated(test["known"], True, []),
    "absent": lambda judge, test: judge.stated(test["absent"], False, test["because"]),
    "same_system": lambda judge, test: combine(judge.one_system, *map(judge.entry, test["same_system"])),
    "same_as": lambda judge, test: combine(operator.eq, judge.read(test["field"]), judge.read(test["same_as"])),
    "within": lambda judge, test: judge.within(test["field"], test["within"]),
    "under": lambda judge, test: judge.under(test["field"], test["under"]),
    "concept": lambda judge, test: combine(lambda code: code.get("concept") == test["concept"], judge.entry(test["field"])),
    "one_of": lambda judge, test: combine(lambda a, b: a in b, judge.read(test["field"]), judge.codes(test["one_of"])),
    "is": lambda judge, test: combine(lambda value: value == test["is"], judge.read(test["field"])),
    "between": lambda judge, test: judge.between(*test.pop("between"), test),
}
NUMBERS = {
    "param": lambda judge, number: exact(judge.parameter(number["param"], number.get("key"))),
    "field": lambda judge, number: exact(judge.read(number["field"])),
    "days": lambda judge, number: judge.time_between("exactly", 0, **number["days"]),
    "months": lambda judge, number: judge.time_between(months=1, **number["months"]),
    "years": lambda judge, number: judge.time_between(months=12, **number["years"]),
    "age": lambda judge, number: exact(combine(judge.age, *[judge.day(number["age"][end]) for end in ("birth", "at")])),
    "overlap": lambda judge, number: judge.overlap(*number["overlap"]),
    "count": lambda judge, number: judge.count(**number["count"]),
    "sum": lambda judge, number: judge.sum(**number["sum"]),
    "window": lambda judge, number: judge.window(**number["window"]),
    "week": lambda judge, number: judge.week(number["week"]),
}
ARITHMETIC = {
    "add": lambda *parts: tuple(exact_sum(ends) for ends in zip(*parts)),
    "subtract": lambda a, b: (a[0] - b[1], a[1] - b[0]),
    "multiply": lambda a, b: corners(lambda x, y: x * y if x and y else 0.0, a, b),
    "divide": divide,
    "smallest": lambda *parts: tuple(map(min, zip(*parts))),
    "largest": lambda *parts: tuple(map(max, zip(*parts))),
    "floor": lambda part: tuple(end if math.isinf(end) else float(math.floor(end)) for end in part),
    "ceiling": lambda part: tuple(end if math.isinf(end) else float(math.ceil(end)) for end in part),
}
DAYS = {
    "shift": lambda judge, day: judge.shift(**day),
    "start_of": lambda judge, day: combine(start_of, Result(day["start_of"]), judge.day(day["day"])),
    "end_of": lambda judge, day: combine(end_of, Result(day["end_of"]), judge.day(day["day"])),
    "first_of": lambda judge, day: combine(lambda *days: min(days), *map(judge.day, day["first_of"])),
    "last_of": lambda judge, day: combine(lambda *days: max(days), *map(judge.day, day["last_of"])),
    "param": lambda judge, day: combine(date.fromisoformat, judge.parameter(day["param"])),
}
# From one day to another, which is not included, in periods of so many months.
READINGS = {
    "exactly": lambda start, to, months: (to - start).days,
    "thirty_days": lambda start, to, months: (to - start).days // 30,
    "completed": completed, "begun": begun, "calendar": calendar_periods,
}


class Judge:
    """Evaluates the tests of one rule on its anchor day, or of a pack alone.

    `scopes` are the elements that the test is judged for, the innermost last: the list, its path with the index, the cells.
    """

    def __init__(self, book, cells, on, pack, rule=None, scopes=(), anchor=None):
        self.book, self.cells, self.on, self.pack, self.rule = book, cells, on, pack, rule or {}
        self.scopes = scopes
        name = self.rule.get("as_of", pack.get("as_of", "decision"))
        self.anchor = anchor or optional(self.day, ANCHORS.get(name, name)) or Result(None)
        self.wanted = self.test(pack.get("applies_when", ALWAYS))
        self.applies = kleene(False, [self.wanted, self.in_force(self.anchor.value)])

    def in_force(self, day):
        if day and not (in_time(self.pack, day) and in_time(self.rule, day)):
            return Result(False)
        if day and str(day) > self.pack["checked_until"]:
            return Result(None, (("gap", "checked_until", "", ""),))
        return combine(lambda day: True, self.anchor)

    def locate(self, path):
        """The field, its path with indices, and the cells where it lies; of a lone dot the element itself."""
        name = path.lstrip(".")
        if path != name:
            of, place, cells = self.scopes[len(name) - len(path)]
            return f"{of}.{name}" if name else of, f"{place}.{name}" if name else place, cells
        path = self.book.whole(path, self.pack["applies_to"])
        return path, path, self.cells

    def read(self, path):
        field, _, cells = self.locate(path)
        applies = path == "." or self.book.applies(field, cells)
        if applies is False:
            raise NotApplicable
        if applies is None:
            return Result(None, cells[self.book.controlling(field)].reads + cells[field].reads)
        return cells[field]

    def test(self, test):
        name = next((name for name in TESTS if name in test), None)
        try:
            return TESTS[name](self, dict(test)) if name else self.comparison(test)
        except NotApplicable:
            return Result(False)

    def comparison(self, test):
        relation = next(name for name in test if name in RELATIONS)
        if "date" in test:
            return combine(RELATIONS[relation], self.day(test["date"]), self.day(test[relation]))
        left = {key: test[key] for key in test if key != relation}
        return compare(relation, self.number(left), self.number(test[relation]))

    def between(self, low, high, part):
        names = ("on_or_after", "on_or_before") if "date" in part else ("at_least", "at_most")
        return kleene(False, [self.test({**part, name: end}) for name, end in zip(names, (low, high))])

    def at_least(self, wanted, results):
        holding, open_ones = [sum(result.value is value for result in results) for value in (True, None)]
        if holding >= wanted or holding + open_ones < wanted:
            return Result(holding >= wanted)
        return Result(None, merged([result for result in results if result.value is None]))

    def stated(self, path, if_known, reasons):
        """Whether the field is absent for one of the reasons, or else what holds where it is known."""
        result, place = self.read(path), self.locate(path)[1]
        if [read[1] for read in result.reads] == [place] and result.reads[0][2] not in ACTIONS:
            return Result(result.reads[0][2] in ([reasons] if isinstance(reasons, str) else reasons))
        return combine(lambda value: if_known, result)

    def within(self, path, zone):
        if zone in ("FR", "BE"):
            return combine(lambda value: value.startswith(zone), self.read(path))
        return combine(lambda entry: zone in entry["zones"], self.entry(path))

    def codes(self, codes):
        return self.parameter(codes["param"]) if isinstance(codes, dict) else Result(codes)

    def under(self, path, top):
        held = self.book.codes[self.book.fields[self.locate(path)[0]]["list"]]

        def below(code, day):
            way = [code]
            while way[-1] != top and held[way[-1]].get("broader"):
                way.append(held[way[-1]]["broader"])
            return code == top or way[-1] == top and all(in_time(held[step], day) for step in way)
        return combine(below, self.read(path), self.anchor)

    def entry(self, path):
        """What the rulebook holds of the code or the commune in a field."""
        result, (name, place, _) = self.read(path), self.locate(path)
        field = self.book.fields[name]
        held = self.book.communes if field["type"] == "territory" else self.book.codes[field["list"]]
        gap = ("gap", "outside_coverage", "field", place)
        return combine(held.get, result) if result.value is None or result.value in held else Result(None, (gap,))

    def one_system(self, first, second):
        a, b = first.get("system"), second.get("system")
        return not a or not b or a == b or (a[:2] == b[:2] and "BE" in (a, b))

    def number(self, given):
        if not isinstance(given, dict):
            return exact(Result(given))
        kind = next(kind for kind in (*NUMBERS, *ARITHMETIC) if kind in given)
        return NUMBERS[kind](self, given) if kind in NUMBERS else self.arithmetic(kind, given[kind])

    def arithmetic(self, kind, parts):
        results = [self.number(part) for part in (parts if isinstance(parts, list) else [parts])]
        result = combine(ARITHMETIC[kind], *results)
        if result.value and any(map(math.isnan, result.value)):
            return Result(ANY_NUMBER, merged(results) + NO_NUMBER)
        return Result(result.value, merged(results))

    def parameter(self, name, key=None):
        parameter = self.pack["parameters"][name]
        code = Result(key) if key is None or key in self.book.codes[parameter["key"]] else self.read(key)
        if self.anchor.value is None:
            return Result(None, merged([self.anchor, code]))
        in_force = [entry["value"] for entry in parameter["values"] if in_time(entry, self.anchor.value)]
        gap = Result(None, (("gap", "no_value", "parameter", name),))
        if not in_force or key is None:
            return Result(in_force[0]) if in_force else gap
        return code if code.value is None else Result(in_force[0][code.value]) if code.value in in_force[0] else gap

    def whole(self, given):
        return combine(lambda ends: int(ends[0]), self.number(given))

    def time_between(self, reading, months, to, both_ends=False, **start):
        word = self.parameter(reading["param"]) if isinstance(reading, dict) else Result(reading)
        return exact(combine(lambda word, a, b: READINGS[word](a, add_days(b, both_ends), months),
                             word, self.day(start["from"]), self.day(to)))

    def age(self, birth, at):
        birthday = (birth.month, birth.day)
        if birthday == (2, 29) and not calendar.isleap(at.year):
            birthday = (2, 28) if self.pack.get("leap_day") == "on_28_feb" else (3, 1)
        return at.year - birth.year - ((at.month, at.day) < birthday)

    def overlap(self, *periods):
        ends = [self.day(period[end]) for end in ("from", "to") for period in periods]
        return exact(combine(lambda a, b, c, d: max(0, (min(c, d) - max(a, b)).days + 1), *ends))

    def elements(self, of):
        """The list's own result, and a judge for each of its elements."""
        listed, (name, place, _) = self.read(of), self.locate(of)
        judges = []
        for at, cells in enumerate(listed.value or ()):
            judges.append(copy.copy(self))
            judges[-1].scopes = (*self.scopes, (name, f"{place}[{at}]", cells))
        return listed, judges

    def each(self, absorbing, of, that):
        listed, judges = self.elements(of)
        return kleene(absorbing, [judge.test(that) for judge in judges]) if listed.value is not None else listed

    def chosen(self, of, where, *operands):
        """The list's own result; of each element that is certain or possible its truth, and the results of the operands.

        An element whose operands do not apply is left out.
        """
        listed, judges = self.elements(of)
        rows = [(judge.test(where), optional(lambda: [read(judge) for read in operands])) for judge in judges]
        return listed, [(truth, *results) for truth, results in rows if truth.value is not False and results is not None]

    def count(self, of, where=ALWAYS, distinct=None, per=None):
        path = distinct or per
        listed, rows = self.chosen(of, where, *([lambda judge: judge.read(path)] if path else []))
        if listed.value is None:
            return listed

        def size(rows):
            groups = Counter(row[-1].value for row in rows if row[-1].value is not None)
            return len(groups) if distinct else max(groups.values(), default=0)
        certain, unknown = [row for row in rows if row[0].value], sum(row[-1].value is None for row in rows)
        ends = (size(certain), size(rows) + unknown) if path else (len(certain), len(rows))
        return Result(ends, merged([result for row in rows for result in row]))

    def sum(self, of, value, where=ALWAYS):
        listed, rows = self.chosen(of, where, lambda judge: judge.number(value), lambda judge: judge.any_value(value))
        if listed.value is None:
            return listed
        ranges = [(0, 0)]
        for truth, number, span in rows:
            low, high = number.value or span.value
            ranges.append((low, high) if truth.value and number.value else (min(low, 0), max(high, 0)))
        return Result(ARITHMETIC["add"](*ranges), merged([result for row in rows for result in row]))

    def any_value(self, value):
        plain = isinstance(value, dict) and list(value) == ["field"]
        field = self.book.fields[self.locate(value["field"])[0]] if plain else {}
        return Result((field.get("min", -math.inf), field.get("max", math.inf)))

    def window(self, of, to, where=ALWAYS, months=None, days=None, **ends):
        def period(start, to):
            return lambda judge: combine(lambda a, b: range(a.toordinal(), b.toordinal() + 1), judge.day(start), judge.day(to))
        listed, rows = self.chosen(of, where, period(ends["from"], to))
        beside = period(ends["with"]["from"], ends["with"]["to"])(self) if "with" in ends else Result(range(0))
        length, reads = self.whole(days if months is None else months), merged([result for row in rows for result in row])
        if any(result.value is None for result in (listed, beside, length)):
            return Result(None, merged([listed, beside, length]) + reads)

        def most(periods):
            covered = sorted(set(beside.value).union(*periods))
            after = [add_days(date.fromordinal(day), length.value) if months is None else
                     add_months(date.fromordinal(day), length.value) for day in covered]
            counts = [bisect_left(covered, end.toordinal()) - at for at, end in enumerate(after)]
            return max([0, *counts])
        low = most([days.value for truth, days in rows if truth.value and days.value is not None])
        high = most([days.value for _, days in rows if days.value is not None])
        return Result((low, math.inf if any(days.value is None for _, days in rows) else high), reads)

    def week(self, week):
        listed, rows = self.chosen(week["of"], week.get("where", ALWAYS), lambda judge: combine(
            slot, *[judge.read(week[name]) for name in ("day", "from", "to")]))
        if listed.value is None:
            return listed

        def measured(slots):
            minutes = bytearray(b"f" * WEEK)
            for at in itertools.chain(*slots):
                minutes[at] = ord("w")
            options = {name: week[name] for name in ("weekdays", "between", "pause") if name in week}
            value = MEASURES[week["measure"]](bytes(minutes), **options)
            return value / (60 if week.get("unit", "").startswith("hours") else 1)
        low = measured([minutes.value for truth, minutes in rows if truth.value and minutes.value is not None])
        high = measured([range(WEEK) if minutes.value is None else minutes.value for _, minutes in rows])
        return Result((min(low, high), max(low, high)), merged([result for row in rows for result in row]))

    def day(self, given):
        if isinstance(given, dict):
            result = DAYS[next(kind for kind in DAYS if kind in given)](self, given)
            in_range = result.value is None or 1900 <= result.value.year <= 2200
            return result if in_range else Result(None, NO_DAY)
        if given in ("decision", "anchor"):
            return Result(self.on) if given == "decision" else self.anchor
        return Result(date.fromisoformat(given)) if given[0].isdigit() else self.read(given)

    def shift(self, shift, **by):
        """Years and months first, clamped to the last day of the month, then weeks and days."""
        def moved(day, years, months, weeks, days):
            return add_days(add_months(day, 12 * years + months), 7 * weeks + days)
        units = [self.whole(by.get(unit, 0)) for unit in ("years", "months", "weeks", "days")]
        return combine(moved, self.day(shift), *units)

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
        values = {name: optional(self.show, part) for name, part in self.rule.get("show", {}).items()}
        return {name: value for name, value in values.items() if value is not None}

    def show(self, part):
        if isinstance(part, str) or isinstance(part, dict) and self.is_day(part):
            result = self.day(part)
        else:
            result = self.read(part["field"]) if isinstance(part, dict) and "field" in part else self.number(part)
        value = result.value[0] if isinstance(result.value, tuple) else result.value
        return None if result.reads else str(value) if isinstance(value, date) else value

    def is_day(self, part):
        if "param" in part:
            return self.pack["parameters"][part["param"]].get("unit") == "date"
        return any(kind in part for kind in DAYS)


def judges_of(book, cells, on, pack, rule):
    """One judge, or with `each_day` one for each day of the placement."""
    if rule.get("as_of") != "each_day":
        return [Judge(book, cells, on, pack, rule)]
    start, end = cells["placement.start"], cells["placement.end"]
    if start.value is None or end.value is None:
        return [Judge(book, cells, on, pack, rule, anchor=Result(None, merged([start, end])))]
    if not start.value <= end.value <= add_months(start.value, 600):
        return [Judge(book, cells, on, pack, rule, anchor=Result(None, NO_DAY))]
    days = [add_days(start.value, step) for step in range((end.value - start.value).days + 1)]
    return [Judge(book, cells, on, pack, rule, anchor=Result(day)) for day in days]


class Oracle:
    """What a rulebook holds beside its packs; reads cases and decides them."""

    def __init__(self, catalogue, checks):
        self.codes, self.communes, self.refused = catalogue["codes"], catalogue["communes"], catalogue["refused_names"]
        held = catalogue["records"]
        roles = [{"name": role, "type": "object", "fields": held[KINDS.get(role, role)]} for role in ROLES]
        roles.append({"name": "earlier_placements", "type": "objects", "intrusive": 1, "fields": held["placement"]})
        self.root, self.fields = {"fields": roles}, dict(self.flat(roles))
        self.checks = checks
        self.order = {path: at for at, path in enumerate(self.fields)}

    def flat(self, fields, above=""):
        for field in fields:
            yield above + field["name"], field
            yield from self.flat(field.get("fields", ()), above + field["name"] + ".")

    def whole(self, path, role):
        """A path as it is written, with its role: it is of the pack's record, where that has such a field."""
        return f"{role}.{path}" if f"{role}.{path}" in self.fields else path

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
        """The rules for each record of the pack's kind; one of a list is judged without the records around it."""
        kind = pack["applies_to"]
        for role in (role for role in ROLES if KINDS.get(role, role) == kind):
            yield from self.check_record({**pack, "applies_to": role}, cells, on, kind, (role,))
        for at, element in enumerate(cells["earlier_placements"].value or () if kind == "placement" else ()):
            alone, place = {**Reader(self, {}, on).cells, **element}, ("earlier_placements", at)
            yield from self.check_record({**pack, "applies_to": "earlier_placements"}, alone, on, kind, place)

    def check_record(self, pack, cells, on, kind, record):
        for rule in pack["rules"]:
            of = self.whole(rule["each"], record[0]) if "each" in rule else ""
            elements = cells[of].value or () if of else [{}]
            for index, element in enumerate(elements):
                judge = Judge(self, cells, on, pack, rule, ((of, f"{of}[{index}]", element),) if of else ())
                if judge.judge()[0] == "failed":
                    fields = [(judge.locate(path)[0].split("."), path) for path in rule["paths"]]
                    inside = len(of.split("."))
                    fields = [[*field[:inside], index, *field[inside:]] if path.startswith(".") else field
                              for field, path in fields]
                    places = [(*record, *field[1:]) if field[0] == record[0] else tuple(field) for field in fields]
                    yield {"code": f"{kind}.{rule['id']}", "rule": f"{pack['pack']}.{rule['id']}", "paths": places,
                           "severity": rule["severity"], "params": judge.shown()}

    def in_order(self, findings):
        findings = sorted(findings, key=lambda found: (
            [self.place_key(place) for place in found["paths"]], found["code"], found.get("rule", ""),
            json.dumps(found["params"], sort_keys=True)))
        return [{**found, "paths": [render(place) for place in found["paths"]]} for found in findings]

    def place_key(self, place):
        names = [".".join(part for part in place[:end] if isinstance(part, str)) for end in range(1, len(place) + 1)]
        known = [part if isinstance(part, int) else self.order.get(name) for part, name in zip(place, names)]
        return [(1, 0, part) if at is None else (0, at, "") for part, at in zip(place, known)]

    def path_key(self, path):
        """Catalogue order, then the indices of elements."""
        return self.order.get(self.field(path), 0), [int(index) for index in re.findall(r"\[(\d+)\]", path)]

    def field(self, path):
        return re.sub(r"\[\d+\]", "", path)


class Decision:
    """One case decided by packs; `cells` are a reader's. A residual is what it is for, its rule and its reads."""

    def __init__(self, book, packs, cells, on):
        self.book, self.on = book, on
        self.rules, self.obligations, self.warnings, self.packs = [], [], [], []
        self.requires, self.covering, self.residuals = [], [], []
        for pack in sorted(packs, key=lambda pack: pack["pack"]):
            self.add_pack(pack, Judge(book, cells, on, pack))
            for rule in pack["rules"]:
                self.add_rule(pack, rule, judges_of(book, cells, on, pack, rule))
        self.covered = kleene(True, self.covering)
        self.outcome, self.deciding = self.decide()

    def add_pack(self, pack, judge):
        without = "not_applicable" if judge.wanted.value is False else "not_in_force"
        applied = {True: "applied", None: "unknown", False: without}[judge.applies.value]
        self.packs.append({"pack": pack["pack"], "applied": applied})
        if any(rule["effect"] == "require" for rule in pack["rules"]):
            self.covering.append(judge.applies)
            self.residuals.append(("pack", pack["pack"], judge.applies.reads))

    def add_rule(self, pack, rule, judges):
        days = [(judge, *judge.judge()) for judge in judges]
        status = next(name for name in STATUSES if name in [day[1] for day in days])
        judge, _, exception, _, that, _ = next(day for day in days if day[1] == status)
        guard = kleene(True, [day[3] for day in days])
        reads = merged([day[5] for day in days if day[1] == "unknown"])
        row = {"id": f"{pack['pack']}.{rule['id']}", "effect": rule["effect"], "nature": rule.get("nature", "binding"),
               "verified": rule["verified"] is not False, "status": status}
        as_of = None if status == "not_applicable" and rule.get("as_of") == "each_day" else judge.anchor.value
        optionals = {"as_of": as_of, "exception": exception, "who_decides": rule.get("who_decides")}
        row.update({name: str(value) for name, value in optionals.items() if value})
        if "send" in rule:
            row["send"] = rule["send"]
        params = judge.shown() if guard.value is not False else {}
        self.rules.append(row)
        if rule["effect"] == "oblige":
            by = (optional(judge.day, rule["by"]) if "by" in rule else None) or Result(None)
            return self.add_obligation(row, rule, guard, that, by, params)
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
            self.residuals.append(("outcome" if decides else "other", row["id"], reads))

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
        gaps.sort(key=lambda gap: (gap[0], GAPS.index(gap[1]), self.book.path_key(gap[3]), gap[3]))
        return [{"rule": name, "gap": kind, **({member: what} if member else {})} for name, kind, member, what in gaps]

    def missing(self):
        deciding = [*[one for one in self.residuals if one[0] == "outcome"], ("", "", self.covered.reads)]
        deciding = deciding if self.outcome == "undetermined" else []
        absent = {read[1]: read[2] for _, _, reads in deciding for read in reads if read[0] == "absent"}
        stated = [path for path in sorted(absent, key=self.book.path_key) if absent[path] not in ACTIONS]
        other = self.worth_asking([one for one in self.residuals if one[0] == "other"])
        return {"outcome": self.worth_asking(deciding), "other": [one for one in other if one["field"] not in absent],
                "stated": [{"field": path, "reason": absent[path]} for path in stated]}

    def worth_asking(self, residuals):
        held = {name: {read[1]: read[2] for read in reads if read[0] == "absent"} for _, name, reads in residuals}
        absent = {path: reason for reads in held.values() for path, reason in reads.items() if reason in ACTIONS}
        rules = {path: [name for name in held if path in held[name]] for path in absent}

        def key(path):
            return (min(len(held[name]) for name in rules[path]), -len(rules[path]),
                    self.book.fields[self.book.field(path)].get("intrusive", 0), self.book.path_key(path))
        return [{"field": path, "action": ACTIONS[absent[path]], "rules": [name for name in rules[path] if name]}
                for path in sorted(absent, key=key)]
