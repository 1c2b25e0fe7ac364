"""One step of a derivation in words: the rule's printed name, what was done, what came out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from cwgrade.dates import days_of_month
from cwgrade.decimals import decimal_text
from cwgrade.money import yuan_text
from cwgrade.quantities import Unit
from cwgrade.reasons import Step, StepValue
from cwgrade.statement.words import Words

__all__ = ["name_of", "picked_text", "result_of", "step_text"]

_SIGNS: Final = {"add": " + ", "product": " × "}

_WITH_OWN_NAMES: Final = ("placement", "post-change", "transition", "recognition")
"""Steps from which a ladder starts, whose names tell them apart from the ladder."""

Inputs = dict[str, StepValue]
"""What went into a step, by name."""


def name_of(step: Step, words: Words) -> str:
    """Give the printed name of a step's rule; a national fact has the library's own."""
    if step.code == "fact":
        return words.fact(step.path.removeprefix("effect."))
    if step.label is not None and step.code not in _WITH_OWN_NAMES:
        return words.label(step.label)
    return words.word("step", step.code)


def result_of(step: Step, words: Words) -> str:
    """Say what came out of a step, with its unit."""
    result = step.result
    if step.gaps:
        return words.term("gap")
    if isinstance(result, bool) or not isinstance(result, int | Fraction | str):
        return words.plain(result)
    if isinstance(result, str):
        match step.code:
            case "fact":
                return words.value(step.path.removeprefix("effect."), result)
            case "rating" | "year":
                return words.value("last_rating", result)
            case "post":
                return words.post(result)
            case _:
                return words.any_value(result)
    return words.amount(result, step.unit)


def step_text(step: Step, words: Words) -> str:
    """Say what a step did.

    Args:
        step: The step.
        words: The words to use.

    Examples:
        >>> share = Step("number", "split[0]", Fraction(7, 10), "share")
        >>> step_text(Step("product", "pay.basic", 70000, "fen", parts=(share,)), Words("en"))
        'multiplied: stated value 70% → 700.00 yuan'
    """
    result = result_of(step, words)
    if step.gaps:
        below = any(part.gaps for part in step.parts)
        told = "" if below else " ".join(words.gap(gap) for gap in step.gaps)
        done = words.word("step", step.code)
        return words.say("step-gap" if told else "step-gap-below", done=done, gaps=told)
    if step.code.startswith("rejected.") or step.code == "accepted":
        return _ledger(step, words)
    given = dict(step.inputs)
    for tell in (_history, _formula, _month, _kept_pay, _recognised):
        told = tell(step, given, result, words)
        if told:
            return told
    return words.say("step-value", result=result)


def _history(step: Step, given: Inputs, result: str, words: Words) -> str:
    """Say what a leaf found in the worker's history or in a statistic; empty for any other step."""
    match step.code:
        case "fact" if "since" in given:
            return words.say("step-since", result=result, since=given["since"])
        case "rating" | "year":
            return words.say(f"step-{step.code}", result=result, **_shown(given, words))
        case "probation":
            first, months = given["first_day"], given["months"]
            code = "step-probation-open" if months is None else "step-probation"
            return words.say(code, result=result, first=first, months=months)
        case "service" | "time-in-post":
            facts = {name: _word_or_plain(value, words) for name, value in given.items()}
            return words.say(f"step-{step.code}", result=result, **facts)
        case "tally":
            years = given["years"] or words.term("none")
            return words.say("step-tally", result=result, years=years)
        case "rises":
            facts = _shown(given, words)
            months = facts.pop("counted_months")
            return words.say("step-rises", result=result, months=months, **facts)
        case "post" | "two-posts" if given.get("held"):
            return words.say(f"step-{step.code}", result=result, held=given["held"])
        case "placement":
            return words.say(
                "step-placement",
                result=result,
                since=given["since"],
                months=given["months_served"],
                document=given["document"] or words.term("none"),
            )
        case "post-change":
            return words.say(
                "step-post-change",
                result=result,
                since=given["since"],
                post=words.post(str(given["post"])),
                held=given["held"],
                shift=f"{int(_number(given['shift'])):+d}",
            )
        case "growth":
            now, then = (result_of(part, words) for part in step.parts)
            return words.say("step-growth", result=result, since=given["since"], now=now, then=then)
        case "figure" | "figure.kept" | "figure.provisional":
            return words.say(
                f"step-{step.code.replace('.', '-')}",
                result=result,
                year=given["year"],
                wanted=given["wanted_year"],
                published=words.term(str(given["published_on"])),
            )
        case _:
            return ""


def _formula(step: Step, given: Inputs, result: str, words: Words) -> str:
    """Say what was made of values at one instant; empty for any other step."""
    match step.code:
        case "table":
            return words.say("step-table", result=result, keys=_keys(step, words))
        case "bands" if "from" not in given:
            return words.say("step-bands-below", result=result, key=_keys(step, words))
        case "bands":
            begins = given["from"]
            start = (
                begins.isoformat()
                if isinstance(begins, date)
                else words.amount(_number(begins), step.parts[0].unit)
            )
            return words.say("step-bands", result=result, key=_keys(step, words), start=start)
        case "add" | "product":
            terms = _terms(step, words, _SIGNS[step.code])
            return words.say(f"step-{step.code}", result=result, terms=terms)
        case "highest" | "lowest":
            terms = _terms(step, words, words.say("list-mark"))
            return words.say(f"step-{step.code}", result=result, terms=terms)
        case "clamp":
            return words.say(
                "step-clamp",
                result=result,
                exact=result_of(step.parts[0], words),
                post=words.post(str(given["post"])),
                low=given["low"],
                high=given["high"],
            )
        case "round":
            return words.say(
                "step-round",
                result=result,
                exact=yuan_text(_number(given["exact"])),
                to=words.term(str(given["to"])),
                mode=words.term(str(given["mode"])),
                residue=_residue(step, words),
            )
        case "parts":
            return words.say(
                "step-parts",
                result=result,
                exact=yuan_text(_number(given["exact"])),
                whole=words.yuan(_number(given["whole"])),
                to=words.term(str(given["to"])),
                mode=words.term(str(given["mode"])),
                residue=_residue(step, words),
            )
        case "number":
            return words.say("step-number", result=result)
        case _:
            return ""


def _month(step: Step, given: Inputs, result: str, words: Words) -> str:
    """Say what a month or a period did to an amount; empty for any other step."""
    match step.code:
        case "prorated":
            rule = words.word("proration", str(given["rule"]))
            return words.say("step-prorated", result=result, rule=rule)
        case "piece":
            return words.say(
                "step-piece", result=result, days=_days(given, words), share=_day_share(given)
            )
        case "absence":
            kinds = [words.word("absence", kind) for kind in str(given["kinds"]).split(", ")]
            share = words.amount(_number(given["share"]), Unit.SHARE)
            return words.say("step-absence", result=result, kinds=words.several(kinds), share=share)
        case "month":
            month = words.month(int(_number(given["year"])), int(_number(given["month"])))
            if "version_from" in given:
                first = given["version_from"]
                return words.say("step-month-earlier", result=result, month=month, first=first)
            return words.say("step-month", result=result, month=month)
        case "once":
            return _once(step, given, result, words)
        case "not-due":
            return words.say(
                "step-not-due",
                result=result,
                months=words.several(str(given["months"]).split(", ")),
            )
        case "supplied":
            documents = given["documents"] or words.term("none")
            return words.say("step-supplied", result=result, documents=documents)
        case "total" if step.residue is not None:
            return words.say("step-total-rounded", result=result, residue=_residue(step, words))
        case "possibility":
            return words.say("step-possibility", tried=_tried(str(step.result), words))
        case (
            "period"
            | "not-payable"
            | "not-served"
            | "total"
            | "scope"
            | "possibilities"
            | "ladders"
        ):
            return words.say(f"step-{step.code}", result=result)
        case _:
            return ""


def _recognised(step: Step, given: Inputs, result: str, words: Words) -> str:
    """Say which grade of another place was recognised; empty for any other step."""
    if step.code != "recognition" or not given:
        return ""
    return words.say(
        "step-recognition",
        result=result,
        since=given["since"],
        held=given["held"],
        scheme=given["from"],
        rule=words.term(f"transition.{given['rule']}"),
        waiting=words.term(f"transition.{given['waiting']}"),
    )


def _once(step: Step, given: Inputs, result: str, words: Words) -> str:
    """Say whether a one-off amount is due: whether its value rose."""
    if given["value"] is None:
        return words.say("step-once-same", result=result, on=given["on"])
    code = "step-once" if step.result else "step-once-not"
    unit = step.parts[0].unit
    before, value = (words.amount(_number(given[name]), unit) for name in ("before", "value"))
    return words.say(code, result=result, on=given["on"], before=before, value=value)


def _kept_pay(step: Step, given: Inputs, result: str, words: Words) -> str:
    """Say what is kept of the pay under an earlier version; empty for any other step."""
    if step.code not in ("protected", "new-pay", "compared-pay"):
        return ""
    if step.code != "protected":
        return words.say(f"step-{step.code}", result=result, on=given["on"])
    if not given:
        return words.say("step-protected-nothing", result=result)
    told = "reached" if given["reached"] is not None else str(given["rule"]) or "enough"
    money = {name: words.yuan(_number(given[name])) for name in ("old", "new", "risen")}
    days = {name: words.plain(given[name]) for name in ("since", "reached")}
    return words.say(f"step-protected-{told}", result=result, **money, **days)


def picked_text(path: str, option: str, words: Words) -> str:
    """Say which option was taken for a fact or field that is not known."""
    return words.say("fact-value", fact=words.question(path), value=words.option(path, option))


def _keys(step: Step, words: Words) -> str:
    """Say what was looked up: the printed name and the value of each key."""
    keys = zip(step.inputs, step.parts, strict=False)
    return words.several(
        words.say("fact-value", fact=name_of(part, words), value=result_of(part, words))
        for (name, _), part in keys
        if name != "from"
    )


def _terms(step: Step, words: Words, sign: str) -> str:
    return sign.join(
        f"{name_of(part, words)} {result_of(part, words)}" for part in step.parts
    ) or words.plain(0)


def _ledger(step: Step, words: Words) -> str:
    given = dict(step.inputs)
    facts = {
        "number": _number(given["spell"]) + 1,
        "days": _days(given, words),
        "kind": words.word("kind", str(given["kind"])),
        "count": step.result,
    }
    rate = _number(given["rate"])
    if step.code == "accepted" and rate != 1:
        return words.say("step-ledger-rate", rate=words.amount(rate, Unit.SHARE), **facts)
    return words.say("step-ledger", done=words.word("step", step.code), **facts)


def _days(given: Inputs, words: Words) -> str:
    start, end = given["start"], given["end"]
    if not isinstance(start, date) or not isinstance(end, date):
        return words.several(words.plain(day) for day in (start, end))
    return words.days(start, end)


def _day_share(given: Inputs) -> str:
    """Write a piece's share of the month, as days over days where it is that."""
    start, end, share = given["start"], given["end"], _number(given["share"])
    if isinstance(start, date) and isinstance(end, date):
        days, length = (end - start).days, days_of_month(start.year, start.month)
        if share == Fraction(days, length):
            return f"{days}/{length}"
    return decimal_text(share)


def _residue(step: Step, words: Words) -> str:
    residue = step.residue or Fraction(0)
    if not residue:
        return words.say("residue-none")
    return words.say(
        "residue-added" if residue > 0 else "residue-dropped", amount=words.yuan(abs(residue))
    )


def _shown(given: Inputs, words: Words) -> dict[str, str]:
    return {name: words.plain(value) for name, value in given.items()}


def _word_or_plain(value: StepValue, words: Words) -> str:
    return words.term(value) if isinstance(value, str) else words.plain(value)


def _tried(text: str, words: Words) -> str:
    pairs = [pair.partition(" = ") for pair in text.split("; ") if pair]
    told = [picked_text(path, option, words) for path, _, option in pairs]
    return words.say("clause-mark").join(dict.fromkeys(told)) or words.term("nothing")


def _number(value: StepValue) -> Fraction:
    return Fraction(value) if isinstance(value, int | Fraction) else Fraction(0)
