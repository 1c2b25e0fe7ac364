"""The rules of a scheme that are no amounts, as short tables, section by section."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from cwgrade.cli.cells import key_label, label_of
from cwgrade.cli.grid import Block
from cwgrade.dates import PartialDate
from cwgrade.decimals import decimal_text
from cwgrade.gaps import Missing
from cwgrade.law.assessment import RatingRule
from cwgrade.law.checks import Bound, CheckKind
from cwgrade.law.effects import Effect
from cwgrade.law.ladder import Ladder
from cwgrade.law.post_change import ChangeRule, PostChange
from cwgrade.law.service import Absence
from cwgrade.money import Rounding, yuan_text
from cwgrade.scheme import SchemeVersion
from cwgrade.staging import is_computed
from cwgrade.wording import Language, say, term
from cwgrade.worker import ATTAINED

__all__ = ["clauses_of"]


def clauses_of(version: SchemeVersion, lang: Language) -> tuple[Block, ...]:
    """Give the tables of rules that a scheme has, in the order of a file."""
    blocks = (
        *_series(version, lang),
        *_ratings(version, lang),
        *_service(version, lang),
        *_absences(version, lang),
        *_effects(version, lang),
        _operations(version, lang),
        *_checks(version, lang),
        *_transition(version, lang),
        *_recognition(version, lang),
    )
    return tuple(block for block in blocks if len(block.rows) > 1)


def _stated(value: object, lang: Language, group: str = "") -> str:
    """Write a field: a word, a number, or that the source does not state it."""
    if isinstance(value, Missing):
        return say("cli-show-not-stated", {}, lang)
    if isinstance(value, bool):
        return term("yes" if value else "no", lang)
    if isinstance(value, int | Fraction):
        return decimal_text(value)
    if isinstance(value, Rounding):
        return say(
            "cli-show-rounded",
            {"to": term(str(value.to), lang), "mode": term(str(value.mode), lang)},
            lang,
        )
    word = str(value)
    told = term(f"{group}.{word}", lang) if group else ""
    return told if told and told != f"{group}.{word}" else term(word, lang)


def _head(lang: Language, *columns: str) -> tuple[str, ...]:
    return tuple(say(f"cli-show-{column}", {}, lang) for column in columns)


def _series(version: SchemeVersion, lang: Language) -> Iterator[Block]:
    for one in version.series:
        rows = [_head(lang, "year", "yuan", "published")]
        for figure in sorted(one.on_file.figures, key=lambda figure: figure.year):
            published = figure.published_on
            day = published.isoformat() if isinstance(published, date) else str(published)
            shown = day if isinstance(published, date | PartialDate) else term(day, lang)
            rows.append((str(figure.year), yuan_text(figure.fen), shown))
        yield Block(title=f"{getattr(one.label, lang)} [series.{one.name}]", rows=tuple(rows))


def _moves(rating: RatingRule, lang: Language) -> Iterator[str]:
    for change in (rating.grades, rating.steps):
        if change:
            yield f"{change:+d}" if isinstance(change, int) else _stated(change, lang)


def _ratings(version: SchemeVersion, lang: Language) -> Iterator[Block]:
    assessment = version.assessment
    if assessment is None:
        return
    rows = [_head(lang, "rating", "counted", "rises", "rating-grades")]
    rows += [
        (
            str(getattr(one.label, lang)),
            _stated(one.counted, lang),
            _stated(one.rises, lang),
            " / ".join(_moves(one, lang)) or "–",
        )
        for one in assessment.ratings
    ]
    if assessment.early is not None:
        early = assessment.early
        facts: dict[str, object] = {
            "rating": _stated(early.rating, lang),
            "count": _stated(early.consecutive, lang),
            "most": _stated(early.at_most, lang),
        }
        rows.append((say("cli-show-early", facts, lang), "", "", "+1"))
    for one in assessment.consequences:
        facts = {"rating": _stated(one.rating, lang), "count": one.consecutive}
        told = say("cli-show-consequence", facts | {"what": getattr(one.what, lang)}, lang)
        rows.append((told, "", "", ""))
    yield Block(title=say("cli-show-ratings", {}, lang), rows=tuple(rows), numbers=False)


def _service(version: SchemeVersion, lang: Language) -> Iterator[Block]:
    rule = version.service
    if rule is None:
        return
    rows = [_head(lang, "rule", "value")]
    rows.append((say("cli-show-convention", {}, lang), _stated(rule.convention, lang)))
    rows.append((say("cli-show-gaps", {}, lang), _stated(rule.gaps, lang)))
    if rule.count_from is not None:
        rows.append((say("cli-show-count-from", {}, lang), _stated(rule.count_from, lang)))
    for kind in rule.kinds:
        facts = {"rate": _stated(kind.rate, lang), "within": _stated(kind.within, lang, "within")}
        rows.append((_stated(kind.kind, lang, "kind"), say("cli-show-kind", facts, lang)))
    rows.append((say("cli-show-other-kinds", {}, lang), _stated(rule.other_kinds, lang)))
    for time in version.time_in_post:
        posts = [key_label(version, "post", post, lang) for post in time.posts]
        told: dict[str, object] = {
            "unit": _stated(time.unit, lang, "unit"),
            "posts": posts or say("cli-show-present-post", {}, lang),
            "after": _stated(time.after_another_post, lang),
        }
        rows.append((str(getattr(time.label, lang)), say("cli-show-time-in-post", told, lang)))
    for ladder in version.ladders:
        rows.extend(_waiting(version, ladder, lang))
    yield Block(title=say("cli-show-service", {}, lang), rows=tuple(rows), numbers=False)


def _waiting(version: SchemeVersion, ladder: Ladder, lang: Language) -> Iterator[tuple[str, str]]:
    waits = {ladder.wait_of(post): post for post in version.posts}
    for wait, post in waits.items():
        told = str(getattr(ladder.label, lang))
        if len(waits) > 1:
            told = f"{told} / {getattr(post.label, lang)}"
        if wait.months is not None:
            name = say("cli-show-waiting", {"ladder": told}, lang)
            yield name, _stated(wait.months, lang)
        if wait.thresholds:
            listed = [_stated(one, lang) for one in wait.thresholds]
            facts = {"months": listed, "boundary": _stated(ladder.boundary, lang)}
            name = say("cli-show-thresholds", {"ladder": told}, lang)
            yield name, say("cli-show-thresholds-at", facts, lang)
    if ladder.graded_by is not None:
        name = say("cli-show-graded-by", {"ladder": getattr(ladder.label, lang)}, lang)
        yield name, label_of(version, ladder.graded_by, lang)


def _absences(version: SchemeVersion, lang: Language) -> Iterator[Block]:
    rows = [_head(lang, "absence", "counts-as-service", "paid-share")]
    rows += [
        (
            _stated(one.kind, lang, "absence"),
            _stated(one.counts_as_service, lang),
            _paid(one, version, lang),
        )
        for one in version.absences
    ]
    yield Block(title=say("cli-show-absences", {}, lang), rows=tuple(rows), numbers=False)


def _paid(absence: Absence, version: SchemeVersion, lang: Language) -> str:
    if not absence.pay_by_component:
        return _stated(absence.pay, lang)
    told = []
    for name, share in absence.pay_by_component:
        component = version.component(name)
        label = str(getattr(component.label, lang)) if component else name
        told.append(f"{label} {_stated(share, lang)}")
    return ("、" if lang == "zh" else ", ").join(told)


def _effects(version: SchemeVersion, lang: Language) -> Iterator[Block]:
    rows = [_head(lang, "fact", "counts-from", "takes", "clause")]
    rows += [
        (
            _fact(version, one.fact, lang),
            _event(version, one, lang),
            _takes(one, lang),
            f"{one.source} {one.clause}".strip(),
        )
        for one in version.effects
    ]
    yield Block(title=say("cli-show-effects", {}, lang), rows=tuple(rows), numbers=False)


def _fact(version: SchemeVersion, fact: str, lang: Language) -> str:
    """Give the label of a fact: its own, where the scheme declares it."""
    if fact == "service":
        return say("cli-show-service", {}, lang)
    named = [(one.name, one.label) for one in version.facts]
    named += [(one.name, one.label) for one in version.time_in_post]
    return next(
        (str(getattr(label, lang)) for name, label in named if name == fact), term(fact, lang)
    )


def _event(version: SchemeVersion, effect: Effect, lang: Language) -> str:
    if effect.fact in ("service", *(one.name for one in version.time_in_post)):
        return _stated(effect.reckoned_from, lang)
    return _stated(effect.event, lang) if effect.fact in (*ATTAINED, "rating") else "–"


def _takes(effect: Effect | PostChange, lang: Language) -> str:
    told = _stated(effect.takes, lang, "takes")
    return f"{told} ({effect.annual_day})" if effect.annual_day else told


def _post_change(version: SchemeVersion, lang: Language) -> str:
    change = version.post_change
    told = [_takes(change, lang)]
    if version.ladders:
        told.insert(0, _stated(change.rule, lang))
        if change.rule is ChangeRule.SHIFTED:
            told += [_stated(shift, lang) for shift in (change.grades, change.steps) if shift]
        if change.rule is not ChangeRule.RECOMPUTED:
            told.append(_stated(change.waiting, lang))
    return ("，" if lang == "zh" else ", ").join(told)


def _operations(version: SchemeVersion, lang: Language) -> Block:
    rows = [_head(lang, "rule", "value")]
    if len(version.posts) > 1:
        paid_at = version.concurrent_posts.paid_at
        rows.append((say("cli-show-concurrent", {}, lang), _stated(paid_at, lang)))
        rows.append((say("cli-show-post-change", {}, lang), _post_change(version, lang)))
    if version.probation is not None:
        rows.append((say("cli-show-probation", {}, lang), _stated(version.probation.months, lang)))
    rows.append(
        (say("cli-show-proration", {}, lang), _stated(version.proration.rule, lang, "proration"))
    )
    rows.append((say("cli-show-rounding", {}, lang), _stated(version.rounding.component, lang)))
    if version.rounding.total is not None:
        rows.append(
            (say("cli-show-rounding-total", {}, lang), _stated(version.rounding.total, lang))
        )
    for split in version.split:
        label = say("cli-show-parts", {"name": label_of(version, split.of, lang)}, lang)
        rows.append((label, _stated(split.parts, lang)))
    for one in version.excluded:
        values = [_stated(value, lang, one.fact) for value in one.values]
        facts = {"fact": term(one.fact, lang), "values": values}
        rows.append(
            (say("cli-show-excluded", {}, lang), say("cli-show-excluded-fact", facts, lang))
        )
    return Block(title=say("cli-show-operations", {}, lang), rows=tuple(rows), numbers=False)


def _checks(version: SchemeVersion, lang: Language) -> Iterator[Block]:
    rows = [_head(lang, "check", "kind-of-check", "bound")]
    for one in version.checks:
        bounds = [
            say(code, {"amount": _bound(version, bound, lang)}, lang)
            for code, bound in (
                ("cli-check-least", one.at_least),
                ("cli-check-most", one.at_most),
                ("cli-check-most", one.at_most_share),
                ("cli-check-head", one.fen_per_head),
            )
            if bound is not None
        ]
        per = "year" if one.kind is CheckKind.QUOTA else str(one.per)
        kind = say(
            "cli-show-check-kind", {"kind": term(one.kind, lang), "per": term(per, lang)}, lang
        )
        rows.append((str(getattr(one.label, lang)), kind, ", ".join(bounds)))
    yield Block(title=say("cli-show-checks", {}, lang), rows=tuple(rows), numbers=False)


def _bound(version: SchemeVersion, bound: object, lang: Language) -> str:
    match bound:
        case Bound(quantity=name, times=times):
            told = label_of(version, name, lang)
            return told if times == 1 else f"{_stated(times, lang)} × {told}"
        case Fraction():
            return f"{decimal_text(bound * 100)}%"
        case int():
            return yuan_text(bound)
        case _:
            return _stated(bound, lang)


def _transition(version: SchemeVersion, lang: Language) -> Iterator[Block]:
    one = version.transition
    if one is None:
        return
    rows = [_head(lang, "rule", "value")]
    for name, stated in (
        ("rule", one.rule),
        ("table", one.table),
        ("shift", one.shift_fen),
        ("protection", one.protection),
        ("waiting", one.waiting),
    ):
        if stated is None or stated == ():
            continue
        told = _stated(stated, lang, "transition")
        if isinstance(stated, tuple):
            told = ", ".join(f"{old} → {new}" for old, new in stated)
        elif isinstance(stated, int):
            told = yuan_text(stated)
        rows.append((say(f"cli-show-transition-{name}", {}, lang), told))
    if one.compared:
        told = _stated(one.compared, lang, "transition")
        if isinstance(one.compared, tuple):
            pay = {component.name: str(getattr(component.label, lang)) for component in version.pay}
            told = _list(lang, [pay[name] for name in one.compared])
        rows.append((say("cli-show-transition-compared", {}, lang), told))
    for stage in one.staged:
        posts = [version.post(name) for name in stage.posts]
        labels = [str(getattr(post.label, lang)) for post in posts if post is not None]
        day = say("cli-show-transition-stage", {"day": stage.effective_on}, lang)
        rows.append((day, _list(lang, labels)))
    key = "cli-show-transition-computed" if is_computed(version) else "cli-show-transition"
    title = say(key, {"earlier": term(one.earlier, lang)}, lang)
    yield Block(title=title, rows=tuple(rows), numbers=False)


def _recognition(version: SchemeVersion, lang: Language) -> Iterator[Block]:
    one = version.recognition
    if one is None:
        return
    rows = [
        _head(lang, "rule", "value"),
        *(
            (say(f"cli-show-{key}", {}, lang), _stated(stated, lang, list_name))
            for key, stated, list_name in (
                ("transition-rule", one.rule, "transition"),
                ("recognition-within", one.within, "within"),
                ("transition-waiting", one.waiting, "transition"),
            )
        ),
    ]
    if isinstance(one.table, tuple) and one.table:
        told = ", ".join(f"{old} → {new}" for old, new in one.table)
        rows.append((say("cli-show-transition-table", {}, lang), told))
    yield Block(title=say("cli-show-recognition", {}, lang), rows=tuple(rows), numbers=False)


def _list(lang: Language, words: list[str]) -> str:
    return ("、" if lang == "zh" else ", ").join(words)
