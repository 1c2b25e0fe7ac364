"""Fields of a scheme file by name: what `service.convention` is called in an office."""

from __future__ import annotations

import re
from datetime import date
from itertools import zip_longest
from typing import Final

from cwgrade import wording
from cwgrade.decimals import decimal_text
from cwgrade.gaps import Missing
from cwgrade.quantities import Steps, Table
from cwgrade.scheme import SchemeVersion
from cwgrade.wording import Language

__all__ = ["place_text"]

_FIELDS: Final = (
    (re.compile(r"effect\.(?P<fact>\w+)\.(takes|event|reckoned_from)"), "field.effect.{2}"),
    (re.compile(r"service\.kinds\.(?P<kind>\w+)\.(rate|within)"), "field.service.kinds.{2}"),
    (re.compile(r"service\.(convention|gaps|other_kinds|count_from)"), "field.service.{1}"),
    (
        re.compile(r"absences\.(?P<kind>\w+)\.(counts_as_service|pay)(?:\.\w+)?"),
        "field.absences.{2}",
    ),
    (re.compile(r"absences\.(?P<kind>\w+)()"), "field.absences.counts_as_service"),
    (re.compile(r"(?:ladder|step)\.start_after_prior_service"), "field.ladder.prior"),
    (
        re.compile(r"(?:ladder|step)\.(thresholds|waiting|boundary|start|grades).*"),
        "field.ladder.{1}",
    ),
    (re.compile(r"assessment\.(until_announced|ratings)"), "field.assessment.{1}"),
    (
        re.compile(r"assessment\.ratings\.(?P<rating>\w+)\.(counted|rises|grades|steps)"),
        "field.assessment.{2}",
    ),
    (re.compile(r"(proration)\.rule"), "field.proration"),
    (re.compile(r"(proration)\.day"), "field.proration.day"),
    (re.compile(r"tallies\.(?P<tally>\w+)\.(last_years|in_a_row)"), "field.tallies.{2}"),
    (
        re.compile(r"time_in_post\.(?P<time>\w+)\.(after_another_post)"),
        "field.time_in_post.{2}",
    ),
    (re.compile(r"(rounding)\.(?:component|total)"), "field.rounding"),
    (re.compile(r"split(?:\[\d+\])?\.(parts)"), "field.split"),
    (
        re.compile(
            r"pay\.(?P<component>\w+)\.(due_in|in_total|on_upgrade|paid|prorated|reckoned_on)"
        ),
        "field.{2}",
    ),
    (re.compile(r"(concurrent_posts)\.paid_at"), "field.concurrent_posts"),
    (
        re.compile(r"post_change\.(rule|grades|steps|waiting|takes)"),
        "field.post_change.{1}",
    ),
    (re.compile(r"(scheme)\.effective_on"), "field.effective_on"),
    (re.compile(r"(probation)\.months"), "field.probation.months"),
    (re.compile(r"(probation)\..*"), "field.probation"),
    (
        re.compile(
            r"(?:base|pegs\.\w+)\.peg\.(lag_years|rebased|every_years|first_year|never_lowered|"
            r"divided_by_12|until_published|after_publication|multiplier|not_below_yuan)"
        ),
        "field.peg.{1}",
    ),
    (re.compile(r"posts\.\w+\.(grades|steps)"), "field.posts.{1}"),
    (re.compile(r"(posts)"), "field.posts"),
    (re.compile(r"(placement)"), "field.placement"),
)
_OF_GROUP: Final = (("component", "pay"), ("tally", "tallies"), ("time", "time_in_post"))
"""Groups of those patterns that hold a name of a section."""
_BAND: Final = re.compile(r"\[(\d+)\]")
_FACT: Final = re.compile(r"facts\.(\w+)")
_NAMED: Final = re.compile(
    r"(pay|quantities|pegs|credits|tallies|time_in_post|series|supplied)\.(\w+)(.*)"
)


def place_text(path: str, lang: Language = "en", *, version: SchemeVersion | None = None) -> str:
    """Name the field of a scheme file that a path leads to.

    Args:
        path: Such as `effect.service.takes` or `pay.allowance.station`.
        lang: `"en"` or `"zh"`.
        version: The scheme; it gives the printed names of components and of keys.

    Returns:
        The name; the path itself where no name is known.

    Examples:
        >>> place_text("service.convention", "zh"), place_text("effect.rating.takes", "zh")
        ('月数的计算方法', '考核结果何时执行')
    """
    for pattern, key in _FIELDS:
        if found := pattern.fullmatch(path):
            word = wording.term(key.format(*(found[0], *found.groups())), lang)
            named = found.groupdict()
            for group, section in _OF_GROUP:
                if group in named:
                    return word.format(of=_label(section, named[group], lang, version))
            if "rating" in named:
                return word.format(of=wording.term(named["rating"], lang))
            of = named.get("fact") or named.get("kind") or ""
            return word.format(of=_of(of, lang, version)) if of else word
    if found := _FACT.fullmatch(path):
        return _of(found[1], lang, version) or path
    if found := _NAMED.fullmatch(path):
        label = _label(found[1], found[2], lang, version)
        stated = _stated(f"{found[1]}.{found[2]}", version)
        if isinstance(stated, Steps) and (band := _BAND.fullmatch(found[3])):
            return " / ".join([label, _band(stated, int(band[1]), lang)])
        facts = stated.by if isinstance(stated, Table) else ()
        keys = [key for key in found[3].strip(".").split(".") if key]
        names = zip_longest(keys, facts[: len(keys)], fillvalue="")
        return " / ".join([label, *(_key(fact, key, lang, version) for key, fact in names)])
    return path


def _of(name: str, lang: Language, version: SchemeVersion | None) -> str:
    """Name the fact or kind of service that a field is about."""
    declared = next((one for one in version.facts if one.name == name), None) if version else None
    if declared is not None:
        return declared.label.zh if lang == "zh" else declared.label.en
    return wording.term(f"field.of.{name}", lang).removeprefix("field.of.")


def _stated(path: str, version: SchemeVersion | None) -> Table | Steps | None:
    """Give the table or bands that a definition of the file states."""
    for definition in version.normal_form.definitions if version is not None else ():
        if definition.path == path and isinstance(definition.quantity, Table | Steps):
            return definition.quantity
    return None


def _band(bands: Steps, place: int, lang: Language) -> str:
    start = bands.starts[place]
    if isinstance(start, Missing):
        return f"[{place}]"
    shown = start.isoformat() if isinstance(start, date) else decimal_text(start)
    return wording.say("cli-show-from", {"start": shown}, lang)


def _label(section: str, name: str, lang: Language, version: SchemeVersion | None) -> str:
    if version is None:
        return name
    definition = version.normal_form.get(f"{section}.{name}") or version.normal_form.get(name)
    component = version.component(name)
    label = (
        component.label
        if component is not None
        else definition.label
        if definition is not None
        else None
    )
    if label is None:
        return name
    return label.zh if lang == "zh" else label.en


def _key(fact: str, key: str, lang: Language, version: SchemeVersion | None) -> str:
    post = version.post(key) if version is not None else None
    printed = version.value_label(fact, key) if version is not None else None
    label = post.label if post is not None else printed
    if label is not None:
        return label.zh if lang == "zh" else label.en
    named = f"{fact}.{key}"
    term = wording.term(named, lang)
    return wording.term(key, lang) if term == named else term
