"""The ladders: ranges, waiting, what gives the grade instead; the credits that feed them, and how they are grouped."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from cwgrade.gaps import Missing, Reference, Stated
from cwgrade.ladder import Boundary
from cwgrade.law.effects import NOT_STATED
from cwgrade.law.ladder import Cap, Feeds, Ladder
from cwgrade.law.post_change import ChangeRule, PostChange
from cwgrade.quantities import Product, Unit
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.domains import printed_values
from cwgrade.schemefile.formulas import KEY_OF_UNIT
from cwgrade.schemefile.problems import At, Path, Problem, names_in, problem
from cwgrade.schemefile.suggest import offer
from cwgrade.schemefile.uses import path_of, places_below, shown_name

__all__ = ["check_ladders"]


def check_ladders(version: SchemeVersion) -> Iterator[Problem]:
    """Check `[ladder]`, `[step]`, `[post_change]`, `[credits]` and `[stacking]`."""
    yield from _unfed(version)
    for ladder in version.ladders:
        yield from _ranges(version, ladder)
        if ladder.graded_by is None:
            yield from _waiting(version, ladder)
        else:
            yield from _graded(version, ladder)
        yield from _rungs_given(version, ladder)
    yield from _post_change(version, version.post_change)
    if version.ladder is not None:
        yield from _credits(version)


def _unfed(version: SchemeVersion) -> Iterator[Problem]:
    """Tell what belongs to a ladder that the file does not have."""
    if version.ladder is None:
        yield from _needs(version, Feeds.GRADE, "needs-ladder", ("ladder",))
        if version.stacking is not None:
            yield problem("needs-ladder", ("stacking",), ("ladder",), value="stacking")
        if version.step is not None:
            yield problem("needs-ladder", ("step",), ("ladder",), value="step")
    if version.step is None:
        yield from _needs(version, Feeds.STEP, "needs-step", ("step",))


def _needs(version: SchemeVersion, feeds: Feeds, code: str, rests_on: Path) -> Iterator[Problem]:
    for one in version.credits:
        if one.feeds is feeds:
            name = f"credits.{one.name}"
            yield problem(code, ("credits", one.name), rests_on, value=name)
    for post in version.posts:
        if (post.grades if feeds is Feeds.GRADE else post.steps) is not None:
            path: Path = ("posts", post.id, f"{feeds}s")
            yield problem(code, path, rests_on, value=path[-1])
    if version.assessment is None or feeds is Feeds.GRADE:
        return
    early = version.assessment.early
    if early is not None and early.feeds == feeds:
        yield problem(code, ("assessment", "early", "feeds"), rests_on, value=early.feeds)
    for rating in version.assessment.ratings:
        if rating.steps:
            path = ("assessment", "ratings", rating.rating, "steps")
            yield problem(code, path, rests_on, value="steps")


def _ranges(version: SchemeVersion, ladder: Ladder) -> Iterator[Problem]:
    low, high = ladder.rungs
    whole: Path = (ladder.section, "grades")
    facts: dict[str, object] = {"low": low, "high": high, "section": ladder.section}
    if isinstance(ladder.start, int) and not low <= ladder.start <= high:
        path: Path = (ladder.section, "start")
        yield problem("outside-ladder", path, whole, value=ladder.start, **facts)
    for post in version.posts:
        grades = ladder.rungs_of(post)
        if not (low <= grades[0] and grades[1] <= high):
            told = f"{grades[0]}–{grades[1]}"
            path = ("posts", post.id, f"{ladder.name}s")
            yield problem("outside-ladder", path, whole, value=told, **facts)


# --- waiting ---------------------------------------------------------------------------------------------------------


def _waiting(version: SchemeVersion, ladder: Ladder) -> Iterator[Problem]:
    low, high = ladder.rungs
    own: Path = (ladder.section,)
    path: Path = (*own, "thresholds")
    months: Path = (*own, "waiting_months")
    interval = ladder.waiting_months is not None or ladder.waiting_months_by_post
    if interval and ladder.has_thresholds:
        yield problem("two-waiting-rules", own, path, months)
    if not interval and not ladder.has_thresholds and high > low:
        yield problem("no-waiting-rule", own, (*own, "grades"))
    if interval and ladder.boundary is Boundary.EXCEEDED:
        yield problem("boundary-without-list", (*own, "boundary"))
    if version.service is None:
        yield Problem("ladder-needs-service", own, {}, (("service",),), spoils=True)
    yield from _listed(path, ladder, ladder.thresholds, ladder.grades)
    for post in version.posts:
        thresholds = dict(ladder.thresholds_by_post).get(post.id, ())
        rungs = ladder.range_of(post)
        if not isinstance(rungs, Missing):
            rungs = (ladder.start if isinstance(ladder.start, int) else rungs[0], rungs[1])
        yield from _listed((*path, post.id), ladder, thresholds, rungs)
    for where, by_post in (
        (months, ladder.waiting_months_by_post),
        (path, ladder.thresholds_by_post),
    ):
        yield from _posts_listed(version, where, [name for name, _ in by_post])


def _listed(
    path: Path,
    ladder: Ladder,
    thresholds: tuple[int | Missing, ...],
    rungs: Stated[tuple[int, int]],
) -> Iterator[Problem]:
    """Check that a list has one threshold for each rung above the first, rising."""
    if not isinstance(rungs, Missing) and thresholds and len(thresholds) != rungs[1] - rungs[0]:
        low, high = rungs
        facts = {"value": len(thresholds), "count": high - low, "low": low, "high": high}
        yield problem("thresholds-count", path, (ladder.section, "grades"), **facts)
    stated = [(place, one) for place, one in enumerate(thresholds) if isinstance(one, int)]
    for (_, before), (place, after) in itertools.pairwise(stated):
        if after <= before:
            yield problem("thresholds-not-rising", (*path, place), value=after, before=before)


def _posts_listed(version: SchemeVersion, path: Path, listed: list[str]) -> Iterator[Problem]:
    """Check that a table by post has every post and no other."""
    posts = [post.id for post in version.posts]
    for name in listed:
        if name not in posts:
            near = offer(name, posts, printed_values(version, "post"))
            facts = {"value": name, "by": "post", **near}
            yield problem("unknown-table-key", (*path, name), names_in("posts"), **facts)
    absent = [name for name in posts if name not in listed]
    if listed and absent:
        facts = {"value": absent, "count": len(absent), "by": ["post"]}
        yield problem("cells-missing", path, names_in("posts"), **facts)


# --- what gives the grade otherwise ----------------------------------------------------------------------------------


def _graded(version: SchemeVersion, ladder: Ladder) -> Iterator[Problem]:
    """Refuse what waiting and ratings would do to a rung that a quantity gives: it would be passed over in silence."""
    given = {
        "start": ladder.start is not NOT_STATED,
        "start_after_prior_service": ladder.start_after_prior_service is not None,
        "waiting_months": bool(ladder.waiting_months or ladder.waiting_months_by_post),
        "thresholds": ladder.has_thresholds,
        "boundary": ladder.boundary is not NOT_STATED,
        "cap": ladder.cap is not Cap.AT_END,
    }
    paths: list[Path] = [(ladder.section, name) for name, stated in given.items() if stated]
    # who extends a scheme in which rises are waited for takes its ratings over with the rest
    if version.assessment is not None and not version.extends:
        early, moved = version.assessment.early, f"{ladder.name}s"
        paths += [
            ("assessment", "ratings", one.rating, moved)
            for one in version.assessment.ratings
            if (one.grades if ladder.name == Feeds.GRADE else one.steps)
        ]
        if early is not None and early.feeds == ladder.name:
            paths.append(("assessment", "early"))
        if all(one.graded_by is not None for one in version.ladders):
            # which years count matters to a ladder that is waited for, and there is none
            paths += [
                ("assessment", "ratings", one.rating, name)
                for one in version.assessment.ratings
                for name, stated in (("counted", one.counted), ("rises", one.rises))
                if stated is not True
            ]
    for path in paths:
        yield problem("beside-graded-by", path, (ladder.section, "graded_by"), value=path[-1])


def _rungs_given(version: SchemeVersion, ladder: Ladder) -> Iterator[Problem]:
    """Check that a quantity which gives a rung counts rungs, and whole ones."""
    form = version.normal_form
    places: list[tuple[Path, str]] = []
    if isinstance(ladder.start, Reference):
        places.append(((ladder.section, "start", "quantity"), ladder.start.quantity))
    if ladder.graded_by is not None:
        places.append(((ladder.section, "graded_by"), ladder.graded_by))
    for path, name in places:
        definition = form.get(name)
        if definition is None or definition.unit in (Unit.OPEN, Unit.VALUE):
            # an unknown name and a name that is no number are told where names are
            continue
        below = tuple(places_below(version, name))
        if definition.unit is not Unit.GRADES:
            told = f"{name} ({KEY_OF_UNIT.get(definition.unit, str(definition.unit))})"
            yield problem("cell-unit", path, *below, value=told, unit="grades")
            continue
        waiting, seen = [name], {name}
        while waiting:
            one = form[waiting.pop()]
            if isinstance(one.quantity, Product):
                facts = {"value": name, "product": At(path_of(one), shown_name(one))}
                yield problem("rungs-not-whole", path, *below, **facts)
            inner = [form.get(needed) for needed in one.needs()]
            counted = {one.name for one in inner if one is not None and one.unit is Unit.GRADES}
            waiting += sorted(counted - seen)
            seen |= counted


# --- a change of post ------------------------------------------------------------------------------------------------


def _post_change(version: SchemeVersion, change: PostChange) -> Iterator[Problem]:
    path: Path = ("post_change",)
    rule: Path = (*path, "rule")
    by = {"grades": change.grades, "steps": change.steps}
    if version.ladder is None and change.rule is not NOT_STATED:
        yield problem("needs-ladder", rule, ("ladder",), value="post_change")
        return
    if change.rule is ChangeRule.SHIFTED:
        if not any(by.values()):
            yield problem("shift-without-grades", rule, (*path, "grades"))
        if change.steps and version.step is None:
            yield problem("needs-step", (*path, "steps"), ("step",), value="steps")
    else:
        for name in (name for name, one in by.items() if one):
            yield problem("shift-unused", (*path, name), rule, value=name)
    if change.rule is ChangeRule.RECOMPUTED and not isinstance(change.waiting, Missing):
        yield problem("waiting-recomputed", (*path, "waiting"), rule)


# --- credits ---------------------------------------------------------------------------------------------------------


def _credits(version: SchemeVersion) -> Iterator[Problem]:
    units = {one.name: one.formula.unit for one in version.credits}
    feeds = {one.name: one.feeds for one in version.credits}
    graded = {one.name for one in version.ladders if one.graded_by is not None}
    for name, unit in units.items():
        if unit is None:
            yield problem("credit-combined", ("credits", name))
        elif unit not in (Unit.GRADES, Unit.MONTHS):
            yield problem("credit-unit", ("credits", name, KEY_OF_UNIT[unit]))
        elif unit is Unit.MONTHS and feeds[name] in graded:
            path: Path = ("credits", name, "months")
            section = "ladder" if feeds[name] is Feeds.GRADE else "step"
            yield problem("beside-graded-by", path, (section, "graded_by"), value="months")
    grouped: dict[str, Path] = {}
    for place, group in enumerate(version.stacking.best_of if version.stacking else ()):
        if not group:
            yield problem("no-values", ("stacking", "best_of", place))
        known = [name for name in group if name in units]
        if version.step is not None and len({feeds[name] for name in known}) > 1:
            told = [f"{name} ({feeds[name]})" for name in known]
            path = ("stacking", "best_of", place)
            rests_on = [("credits", name) for name in known]
            yield problem("group-feeds-two", path, *rests_on, value=told)
        for index, name in enumerate(group):
            path = ("stacking", "best_of", place, index)
            if name not in units:
                facts = {"value": name, **offer(name, units)}
                yield problem("unknown-credit", path, names_in("credits"), **facts)
            elif name in grouped:
                yield problem("in-two-groups", path, value=name, first=At(grouped[name]))
            elif units[name] is Unit.MONTHS:
                yield problem("months-in-group", path, value=name)
            grouped.setdefault(name, path)
