"""The calls of the vectors, by the public interface of the Python package.

What made an output (versions and hashes) is cut away, as `tests/src/calls.rs` does. An input has the record or case as JSON text
(`text`) or as a value (`value`); a value is handed in as Python objects and as text, and both must give the same.
"""

import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sam_eurometropole as sam

MADE_BY = re.compile(r'"made_by":\{.*?\}\},')
Input = dict[str, Any]


def run(call: str, given: Input) -> str:
    """Makes a call and gives its canonical text."""
    return CALLS[call](given)


def check(given: Input) -> str:
    book, record, on = rulebook(given), given["record"], given["on"]
    return both(
        given,
        lambda value: book.check(record, value, on=on).json(values=shown(given)),
        lambda text: book.check_text(record, text, on=on).json(values=shown(given)),
    )


def decide(given: Input) -> str:
    book, on = rulebook(given), given["on"]
    return both(
        given,
        lambda value: book.decide(value, on=on).json(values=shown(given)),
        lambda text: book.decide_text(text, on=on).json(values=shown(given)),
    )


def decide_all(given: Input) -> str:
    return cut(rulebook(given).decide_all_json(text_of(given), given["on"], values=shown(given)))


def report_text(given: Input) -> str:
    book, record, on, lang = rulebook(given), given["record"], given["on"], given["lang"]
    return quoted(book.check_text(record, text_of(given), on=on).text(lang, values=shown(given)))


def explain(given: Input) -> str:
    decision = rulebook(given).decide_text(text_of(given), on=given["on"])
    return quoted(decision.text(given["lang"], values=shown(given)))


def explanation(given: Input) -> str:
    book, on, lang = rulebook(given), given["on"], given["lang"]

    def told(decision: sam.Decision) -> str:
        if "form" in given:
            return quoted(decision.explanation_text(lang, values=shown(given), every_rule=given["form"] == "all"))
        return decision.explanation_json(lang, values=shown(given))

    return both(given, lambda value: told(book.decide(value, on=on)), lambda text: told(book.decide_text(text, on=on)))


def protect(given: Input) -> str:
    return of_release(given, lambda found: found.json())


def protect_record(given: Input) -> str:
    return of_release(given, lambda found: found.record_json())


def of_release(given: Input, told: Callable[[sam.Protection], str]) -> str:
    def tell(release: Any) -> str:
        found = rulebook(given).protect(release)
        return quoted(found.text(given["lang"])) if "lang" in given else told(found)

    return both(given, tell, tell)


def pack(given: Input) -> str:
    try:
        added(given)
    except sam.PackError as error:
        return canonical({"problems": error.problems})
    except sam.SamError as error:
        return canonical({"taken": error.params["id"]})
    return canonical({"problems": []})


def added(given: Input) -> sam.Rulebook:
    """The pack of the input, beside those of the rulebook."""
    book = sam.Rulebook.embedded()
    return book.with_pack_yaml(given["yaml"]) if "yaml" in given else book.with_pack_json(text_of(given))


def pack_lint(given: Input) -> str:
    book = sam.Rulebook.embedded()
    report = book.lint_pack_yaml(given["yaml"]) if "yaml" in given else book.lint_pack_json(text_of(given))
    return pack_report(report, given)


def pack_text(given: Input) -> str:
    try:
        added(given)
    except sam.PackError as error:
        return quoted(error.text(given["lang"]))
    return quoted("")


def pack_report(report: sam.PackReport, given: Input) -> str:
    return quoted(report.text(given["lang"])) if "lang" in given else cut(report.json())


def pack_tests(given: Input) -> str:
    return pack_report(rulebook(given).pack_tests(given["pack"]["pack"]), given)


def pack_coverage(given: Input) -> str:
    return pack_report(rulebook(given).pack_coverage(given["pack"]["pack"]), given)


def packs_due(given: Input) -> str:
    due = rulebook(given).packs_due(on=given["on"], within=given.get("within", 0), pack=given["pack"]["pack"])
    return pack_report(due, given)


def pack_diff(given: Input) -> str:
    book = rulebook(given)
    after = book.with_pack_json(canonical(given["after"]), replace=True)
    return pack_report(book.pack_diff(after, given["pack"]["pack"], cases=given.get("text"), on=given.get("on")), given)


def comparable(given: Input) -> str:
    try:
        found = rulebook(given).compare(given["a"], given["b"])
    except sam.SamError as error:
        return canonical({"code": error.code})
    return quoted(found.text(given["lang"])) if "lang" in given else cut(found.json())


def indicator(given: Input) -> str:
    try:
        found = rulebook(given).indicator(given["code"], given.get("lang"))
    except sam.SamError as error:
        return canonical({"code": error.code})
    found.pop("made_by")
    return canonical(found)


def integrity(given: Input) -> str:
    return pack_report(rulebook(given).integrity(), given)


def own_indicators(given: Input) -> str:
    book, replace = rulebook(given), given.get("replace", False)
    try:
        if "yaml" in given:
            added = book.with_indicators_yaml(given["yaml"], replace=replace)
        else:
            added = book.with_indicators_json(text_of(given), replace=replace)
    except sam.IndicatorsError as error:
        return quoted(error.text(given["lang"])) if "lang" in given else canonical({"problems": error.problems})
    except sam.SamError as error:
        return canonical({"taken": error.params["id"]})
    fresh = [hash for part, hash in added.parts.items() if part.startswith("indicators/") and book.parts.get(part) != hash]
    return canonical({"hash": fresh[0] if fresh else None})


def csv(given: Input) -> str:
    options = {**given.get("options", {})}
    data = bytes(given["bytes"]) if "bytes" in given else given["text"]
    companions = {name: sam.read_csv(text, **options) for name, text in given.get("companions", {}).items()}
    return table(sam.read_csv(data, **options), given, companions)


def national(given: Input) -> str:
    """What is read of a file, or the problems of its mapping. Rows are handed in as objects and as text, which must say the same."""
    book, mapping = rulebook(given), given.get("mapping")
    if mapping is None:
        file = Path(tempfile.mkdtemp()) / "mapping.yaml"
        file.write_text(given["yaml"], encoding="utf-8")
        mapping = file

    def told(file: sam._national.File) -> str:
        try:
            read = book.read_national(file, mapping, on=given["on"], **given.get("options", {}))
            return quoted(read.text(given["lang"])) if "lang" in given else cut(read.json())
        except sam.MappingError as error:
            return quoted(error.text(given["lang"])) if "lang" in given else canonical({"problems": error.problems})

    if "rows" in given:
        by_text, by_value = told(canonical(given["rows"])), told(given["rows"])
        return by_text if by_text == by_value else f"by text {by_text} by objects {by_value}"
    return told(bytes(given["bytes"]) if "bytes" in given else given["text"])


def ndjson(given: Input) -> str:
    return table(sam.read_ndjson(text_of(given)), given)


def table(data: sam.Table, given: Input, companions: dict[str, sam.Table] | None = None) -> str:
    """The report of a table and, with values, what was read of each row."""
    report = rulebook(given).check_table(given["record"], data, on=given["on"], companions=companions)
    told = cut(report.json(values=shown(given)))
    if not shown(given):
        return told
    whole = json.loads(told)
    return canonical({**whole, "read": [row["read"] for row in report.to_dicts(values=True)]})


def timeline(given: Input) -> str:
    book, span = rulebook(given), {"first": given["first"], "last": given["last"]}
    if "lang" in given:
        told = {"lang": given["lang"], "values": shown(given)}
        return both(
            given,
            lambda value: quoted(book.explain_timeline(value, **span, **told)),
            lambda text: quoted(book.explain_timeline_text(text, **span, **told)),
        )
    return both(
        given,
        lambda value: coded(lambda: book.timeline(value, **span)),
        lambda text: coded(lambda: book.timeline_text(text, **span)),
    )


def earliest_start(given: Input) -> str:
    book, days = rulebook(given), {name: given[name] for name in ("on", "first", "last")}

    def told(ask: Callable[[], sam.EarliestStart]) -> str:
        try:
            found = ask()
        except sam.SamError as error:
            return canonical({"code": error.code})
        return quoted(found.text(given["lang"], values=shown(given))) if "lang" in given else found.json(values=shown(given))

    return both(
        given,
        lambda value: told(lambda: book.earliest_start(value, **days)),
        lambda text: told(lambda: book.earliest_start_text(text, **days)),
    )


def changes(given: Input) -> str:
    book, on, values = rulebook(given), given["on"], shown(given)
    return both(
        given,
        lambda value: book.what_would_change(value, on=on).json(values=values),
        lambda text: book.what_would_change_text(text, on=on).json(values=values),
    )


def changes_text(given: Input) -> str:
    found = rulebook(given).what_would_change_text(text_of(given), on=given["on"])
    return quoted(found.text(given["lang"], values=shown(given)))


def coded(work: Callable[[], Any]) -> str:
    """What a call gives, or the code of its error."""
    try:
        return canonical(work())
    except sam.SamError as error:
        return canonical({"code": error.code})


def set_of(given: Input) -> str:
    return of_lists(given, rulebook(given).check_set)


def page(given: Input) -> str:
    def made(decision: sam.Decision) -> str:
        text = decision.page(given["lang"], given.get("beside"), reference=given.get("reference"), values=shown(given))
        return quoted(without_made(text))

    return printed(given, made)


def without_made(page: str) -> str:
    """A page without the lines that say what made it."""
    return re.sub(r'^<p class="made">.*\n', "", page, flags=re.MULTILINE)


def ics(given: Input) -> str:
    def made(decision: sam.Decision) -> str:
        text = decision.ics(given["lang"], reference=given.get("reference"), values=shown(given))
        return "null" if text is None else quoted(re.sub(r"X-SAM-RULEBOOK:.*?(?=BEGIN:)", "", text, flags=re.DOTALL))

    return printed(given, made)


def printed(given: Input, made: Callable[[sam.Decision], str]) -> str:
    book, on = rulebook(given), given["on"]
    return both(given, lambda case: made(book.decide(case, on=on)), lambda text: made(book.decide_text(text, on=on)))


def purge(given: Input) -> str:
    return of_lists(given, rulebook(given).purge)


def of_lists(given: Input, ask: Callable[..., sam.SetReport | sam.Purge]) -> str:
    lists, on = given["tables"], given["on"]
    reports = [ask(lists, on=on), ask({name: canonical(data) for name, data in lists.items()}, on=on)]
    told = [cut(report.json(values=shown(given))) for report in reports]
    if told[0] != told[1]:
        return f"by objects {told[0]} by text {told[1]}"
    return quoted(reports[0].text(given["lang"], values=shown(given))) if "lang" in given else told[0]


def view(given: Input) -> str:
    book, record, name = rulebook(given), given["record"], given["view"]
    return both(given, lambda value: book.view(record, value, name), lambda text: book.view_text(record, text, name))


def identifier(given: Input) -> str:
    return sam.identifier(given["scheme"], given["text"], given.get("on")).json()


def identifier_text(given: Input) -> str:
    return quoted(sam.identifier(given["scheme"], given["text"], given.get("on")).text(given["lang"]))


def harmonise(given: Input) -> str:
    return of_figures(given, rulebook(given).harmonise)


def export_figures(given: Input) -> str:
    return of_figures(given, rulebook(given).export_figures)


def vocabulary(given: Input) -> str:
    return told_of(given, rulebook(given).vocabulary(given["request"]))


def criteria(given: Input) -> str:
    return told_of(given, rulebook(given).criteria(given["request"]))


def told_of(given: Input, found: sam.Export) -> str:
    return quoted(found.text(given["lang"])) if "lang" in given else cut(found.json())


def completeness(given: Input) -> str:
    return of_figures(given, rulebook(given).completeness)


def dashboard(given: Input) -> str:
    return of_figures(given, rulebook(given).dashboard)


def of_figures(given: Input, ask: Callable[..., sam.Harmonised | sam.Completeness | sam.Export]) -> str:
    observations, request = given["observations"], given["request"]
    boards = [ask(observations, request), ask(canonical(observations), request)]
    told = [quoted(board.text(given["lang"])) if "lang" in given else cut(board.json()) for board in boards]
    return told[0] if told[0] == told[1] else f"by objects {told[0]} by text {told[1]}"


def dashboard_rows(given: Input) -> str:
    return canonical(rulebook(given).dashboard(given["observations"], given["request"]).rows())


def charts(given: Input) -> str:
    observations, request, options = given["observations"], given["request"], given.get("options", {})
    book = rulebook(given)

    def told(observations: Any) -> str:
        return coded(lambda: book.charts(observations, request, lang=given["lang"], **options))

    return told(observations) if told(observations) == told(canonical(observations)) else "by objects and by text"


def report(given: Input) -> str:
    observations, request, place = given["observations"], given["request"], given.get("place")
    book = rulebook(given)

    def told(observations: Any) -> str:
        return coded(lambda: without_made(book.report(observations, request, lang=given["lang"], place=place)))

    return told(observations) if told(observations) == told(canonical(observations)) else "by objects and by text"


def dashboard_record(given: Input) -> str:
    return cut(rulebook(given).dashboard(given["observations"], given["request"]).record_json())


def territory(given: Input) -> str:
    ask = sam.territory
    if "find" in given:
        answer = ask.find(given["find"], on=given["on"])
    elif "at" in given:
        answer = ask.at(given["at"], on=given["on"])
    elif "members" in given:
        answer = ask.members(given["members"], on=given["on"])
    elif "ancestors" in given:
        answer = ask.ancestors(given["ancestors"])
    elif "neighbours" in given:
        answer = ask.neighbours(given["neighbours"])
    else:
        answer = ask.changes(first=given["first"], last=given["last"])
    answer.pop("made_by")
    return canonical(answer)


def codes(given: Input) -> str:
    text = text_of(given)
    try:
        book = sam.Rulebook.embedded().with_codes_json(text, replace=given.get("replace", False))
    except sam.CodesError as error:
        return canonical({"problems": error.problems})
    except sam.SamError as error:
        return canonical({"taken": error.params["id"]})
    return canonical({"hash": book.parts[f"codes/{json.loads(text)['list']}"]})


def codes_text(given: Input) -> str:
    try:
        sam.Rulebook.embedded().with_codes_json(text_of(given), replace=given.get("replace", False))
    except sam.CodesError as error:
        return quoted(error.text(given["lang"]))
    return quoted("")


def migrate(given: Input) -> str:
    record, form = given["record"], given["format"]
    return both(
        given,
        lambda value: migrated(lambda: sam.migrate(record, value, format=form)),
        lambda text: migrated(lambda: sam.migrate(record, text, format=form)),
    )


def migrated(work: Callable[[], sam.Migrated]) -> str:
    try:
        return canonical(work()._asdict())
    except sam.SamError as error:
        return canonical({"code": error.code, "params": error.params})


def needs_summary(given: Input) -> str:
    told = sam.needs_summary(given.get("value", given.get("text")), on=given["on"])
    return quoted(told.text(given["lang"])) if "lang" in given else cut(told.json())


def needs_difference(given: Input) -> str:
    told = sam.needs_difference(text_of(given), canonical(given["later"]), on=given["on"])
    return quoted(told.text(given["lang"])) if "lang" in given else cut(told.json())


def needs_template(given: Input) -> str:
    options = {name: given[name] for name in ("period", "partner") if name in given}
    return coded(lambda: sam.needs_template(given["territory"], lang=given["lang"], **options))


CALLS: dict[str, Callable[[Input], str]] = {
    "changes": changes,
    "charts": charts,
    "report": report,
    "changes_text": changes_text,
    "check": check,
    "csv": csv,
    "criteria": criteria,
    "completeness": completeness,
    "dashboard": dashboard,
    "dashboard_record": dashboard_record,
    "dashboard_rows": dashboard_rows,
    "dashboard_text": dashboard,
    "national": national,
    "decide": decide,
    "decide_all": decide_all,
    "decide_pack": decide,
    "explain": explain,
    "explanation": explanation,
    "comparable": comparable,
    "ics": ics,
    "export_figures": export_figures,
    "harmonise": harmonise,
    "identifier": identifier,
    "indicator": indicator,
    "integrity": integrity,
    "own_indicators": own_indicators,
    "identifier_text": identifier_text,
    "ndjson": ndjson,
    "needs_difference": needs_difference,
    "needs_summary": needs_summary,
    "needs_template": needs_template,
    "page": page,
    "pack": pack,
    "protect": protect,
    "protect_record": protect_record,
    "pack_text": pack_text,
    "pack_lint": pack_lint,
    "pack_tests": pack_tests,
    "pack_coverage": pack_coverage,
    "packs_due": packs_due,
    "pack_diff": pack_diff,
    "purge": purge,
    "report_text": report_text,
    "territory": territory,
    "set": set_of,
    "timeline": timeline,
    "earliest_start": earliest_start,
    "vocabulary": vocabulary,
    "view": view,
    "codes": codes,
    "codes_text": codes_text,
    "migrate": migrate,
}


def both(given: Input, by_value: Callable[[Any], str], by_text: Callable[[str], str]) -> str:
    told = cut(by_text(text_of(given)))
    if "value" not in given:
        return told
    other = cut(by_value(given["value"]))
    return told if told == other else f"by text {told} by objects {other}"


def rulebook(given: Input) -> sam.Rulebook:
    book = sam.Rulebook.embedded()
    if "codes" in given:
        book = book.with_codes_json(canonical(given["codes"]), replace=True)
    if "indicators" in given:
        book = book.with_indicators_json(canonical(given["indicators"]), replace=True)
    return book.without_packs().with_pack_json(canonical(given["pack"])) if "pack" in given else book


def text_of(given: Input) -> str:
    return str(given["text"]) if "text" in given else canonical(given["value"])


def shown(given: Input) -> bool:
    return bool(given.get("values", False))


def cut(output: str) -> str:
    return MADE_BY.sub("", output)


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
