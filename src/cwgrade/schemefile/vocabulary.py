"""The sections of a scheme file: every key, what it holds, and whether it may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

import attrs

from cwgrade.dates import FIRST_YEAR, LAST_YEAR, Reckoning, Takes
from cwgrade.ladder import Boundary, WaitingAfter
from cwgrade.law.assessment import Assessment, Consequence, Early, RatingRule, Tally
from cwgrade.law.effects import Effect
from cwgrade.law.formulas import NamedQuantity
from cwgrade.law.ladder import Cap, Credit, Feeds, Ladder, Stacking
from cwgrade.law.pay import (
    Accrual,
    Component,
    OnUpgrade,
    Parts,
    Probation,
    Proration,
    ProrationRule,
    ReckonedOn,
    Rhythm,
    RoundingRules,
    Split,
)
from cwgrade.law.pegs import Base, NamedPeg, NamedSeries, Peg
from cwgrade.law.post_change import ChangeRule, PostChange
from cwgrade.law.posts import ConcurrentPosts, ConcurrentRule, DeclaredFact, Exclusion, Post
from cwgrade.law.service import Absence, KindOfService, Service
from cwgrade.law.time_in_post import TimeInPost, TimeUnit
from cwgrade.schemefile.checks_roster import CHECK
from cwgrade.schemefile.formulas import cell_kind
from cwgrade.schemefile.header import HEADER
from cwgrade.schemefile.kinds import (
    ADDRESS,
    ANNUAL_DAY,
    AREA,
    DAY,
    DUE_MONTHS,
    FACTORS,
    FEN,
    GRADES,
    LABEL,
    ONLY_A_GAP,
    PUBLISHED,
    ROUNDING,
    SHARE,
    TEXT,
    TEXTS,
    YES_OR_NO,
    Kind,
    list_of,
    stated,
    whole,
    words,
)
from cwgrade.schemefile.recognition import RECOGNITION
from cwgrade.schemefile.sections import Section, key, named, needed, section_kind, tables_of
from cwgrade.schemefile.shapes import (
    FIRST_GRADE,
    LABELS,
    SHARE_OR_TABLE,
    SHARES,
    TWELFTH,
    figures_kind,
    months,
    shape_absence,
    shape_fact,
    shape_figure,
    shape_ladder,
    shape_peg,
    shape_priced,
    shape_probation,
    shape_series,
    shape_step,
    thresholds,
)
from cwgrade.schemefile.transition import TRANSITION
from cwgrade.series import AfterPublication, Figure, ReferenceSeries, SeriesUnit
from cwgrade.service import AfterAnotherPost, Convention, GapsRule, Within
from cwgrade.sources import Citation, LegalSource, Trust
from cwgrade.worker import EVENTS

__all__ = [
    "CHANGE_READINGS",
    "HEADER",
    "NAMED",
    "NEEDED",
    "PRORATION_READINGS",
    "RATING_EVENTS",
    "SCOPE",
    "SECTIONS",
    "SINGLE",
    "SOURCE",
    "SPLIT",
    "UNTIL_ANNOUNCED",
]

_YEAR: Final = 12
_LONGEST_PROBATION: Final = 120
_MOST_YEARS: Final = 50
_MOST_GRADES: Final = 99

CHANGE_READINGS: Final = ("recomputed", "kept")
"""The readings of a missing rule for a change of post; by how much a grade may be shifted nobody can enumerate."""
RATING_EVENTS: Final = ("period_end", "announced")
UNTIL_ANNOUNCED: Final = ("counted", "not_counted")
PRORATION_READINGS: Final = tuple(
    f"{rule} {day}" if day else str(rule)
    for rule in ProrationRule
    for day in ((1, 15, 31) if rule is ProrationRule.STATE_ON_DAY else (None,))
)
"""The readings of a missing rule of proration; a stated day is tried as the 1st, the 15th and the last."""


def _choice(choice: type[Enum], among: tuple[str, ...] = (), *, settled: bool = False) -> Kind:
    """Make the kind of a closed list of words, of which a gap may single some out."""
    among = among or tuple(str(one.value) for one in choice)
    return stated(words(choice), among=among, settled=settled)


_ROUNDED: Final = stated(ROUNDING, settled=True)
_CITED: Final = {"source": needed(TEXT), "clause": key(TEXT)}
_MAY_CITE: Final = {"source": key(TEXT), "clause": key(TEXT)}
_TITLED: Final = {"label": needed(LABEL), **_CITED}

SOURCE: Final = Section(
    make=LegalSource,
    keys={
        "instrument": needed(TEXT),
        "issuer": key(TEXT),
        "number": key(TEXT),
        "url": key(ADDRESS),
        "read_on": needed(DAY),
        "trust": needed(words(Trust)),
        "note": key(TEXT),
    },
)
_EXCLUSION: Final = Section(
    make=Exclusion, keys={"fact": needed(TEXT), "values": needed(TEXTS), **_CITED}
)


def _scope(excluded: tuple[Exclusion, ...] = ()) -> tuple[Exclusion, ...]:
    """Who is not paid under the scheme.

    Attributes:
        excluded: A fact of a worker, and the values that put somebody outside.
    """
    return excluded


SCOPE: Final = Section(
    make=_scope,
    keys={"excluded": key(tables_of(_EXCLUSION))},
)
SPLIT: Final = Section(
    make=Split,
    keys={
        "of": needed(TEXT),
        "shares": needed(SHARES),
        "parts": key(_choice(Parts)),
        **_CITED,
    },
)

_KIND_OF_SERVICE: Final = Section(
    make=KindOfService, keys={"rate": key(stated(SHARE)), "within": key(_choice(Within))}
)
_RATING: Final = Section(
    make=RatingRule,
    keys={
        "label": needed(LABEL),
        "counted": key(stated(YES_OR_NO)),
        "rises": key(stated(YES_OR_NO)),
        "grades": key(stated(whole(-10, 10), settled=True)),
        "steps": key(stated(whole(-10, 10), settled=True)),
    },
)
_EARLY: Final = Section(
    make=Early,
    keys={
        "rating": needed(TEXT),
        "consecutive": needed(stated(whole(1, _MOST_YEARS))),
        "at_most": needed(stated(whole(1, _MOST_YEARS))),
        "waiting": key(_choice(WaitingAfter, settled=True)),
        "feeds": key(words(Feeds)),
        **_CITED,
    },
)
_CONSEQUENCE: Final = Section(
    make=Consequence,
    keys={
        "rating": needed(TEXT),
        "consecutive": needed(whole(1, _MOST_YEARS)),
        "what": needed(LABEL),
        **_CITED,
    },
)
_FIGURE: Final = Section(
    make=Figure,
    keys={
        "year": needed(whole(FIRST_YEAR, LAST_YEAR)),
        "yuan": needed(FEN, "fen"),
        "published_on": needed(PUBLISHED),
        **_CITED,
    },
    shape=shape_figure,
    also=(Citation,),
)
_PEG: Final = Section(
    make=Peg,
    keys={
        "series": needed(TEXT),
        "multiplier": key(cell_kind("times")),
        "lag_years": needed(stated(whole(0, _MOST_YEARS))),
        "rebased": needed(stated(ANNUAL_DAY)),
        "every_years": key(stated(whole(1, _MOST_YEARS), settled=True)),
        "first_year": key(stated(whole(FIRST_YEAR, LAST_YEAR), settled=True)),
        "never_lowered": key(stated(YES_OR_NO, settled=True)),
        "not_below_yuan": key(cell_kind("yuan"), "not_below"),
        "divided_by_12": key(stated(TWELFTH, settled=True)),
        "until_published": key(stated(YES_OR_NO)),
        "after_publication": key(_choice(AfterPublication)),
    },
    shape=shape_peg,
)

_LADDER: Final = Section(
    make=Ladder,
    keys={
        "label": needed(LABEL),
        "grades": needed(stated(GRADES)),
        "start": key(FIRST_GRADE),
        "start_after_prior_service": key(ONLY_A_GAP),
        "waiting_years": key(months(_YEAR)),
        "waiting_months": key(months(1)),
        "thresholds_years": key(thresholds(_YEAR)),
        "thresholds_months": key(thresholds(1)),
        "graded_by": key(TEXT),
        "boundary": key(_choice(Boundary)),
        "cap": key(_choice(Cap, settled=True)),
        **_CITED,
    },
    shape=shape_ladder,
)


NAMED: Final[Mapping[str, tuple[str, str, Section]]] = {
    "facts": (
        "facts",
        "name",
        Section(
            make=DeclaredFact,
            keys={**_TITLED, "values": needed(TEXTS), "labels": key(LABELS)},
            shape=shape_fact,
        ),
    ),
    "posts": (
        "posts",
        "id",
        Section(
            make=Post,
            keys={
                **_TITLED,
                "titles": key(TEXTS),
                "holds_all": key(TEXTS),
                "grades": key(stated(GRADES, settled=True)),
                "steps": key(stated(GRADES, settled=True)),
            },
        ),
    ),
    "absences": (
        "absences",
        "kind",
        Section(
            make=Absence,
            keys={
                "counts_as_service": key(stated(YES_OR_NO)),
                "pay": key(SHARE_OR_TABLE),
                **_CITED,
            },
            shape=shape_absence,
        ),
    ),
    "effect": (
        "effects",
        "fact",
        Section(
            make=Effect,
            keys={
                "event": key(stated(TEXT, among=(*EVENTS, *RATING_EVENTS))),
                "takes": key(_choice(Takes)),
                "annual_day": key(ANNUAL_DAY),
                "reckoned_from": key(_choice(Reckoning)),
                **_CITED,
            },
        ),
    ),
    "credits": (
        "credits",
        "name",
        Section(make=Credit, keys={**_TITLED, "feeds": key(words(Feeds))}, formula="needed"),
    ),
    "tallies": (
        "tallies",
        "name",
        Section(
            make=Tally,
            keys={
                **_TITLED,
                "ratings": needed(TEXTS),
                "last_years": key(stated(whole(1, _MOST_YEARS), settled=True)),
                "in_a_row": key(stated(YES_OR_NO, settled=True)),
            },
        ),
    ),
    "time_in_post": (
        "time_in_post",
        "name",
        Section(
            make=TimeInPost,
            keys={
                **_TITLED,
                "unit": key(words(TimeUnit)),
                "posts": key(TEXTS),
                "after_another_post": key(_choice(AfterAnotherPost)),
            },
        ),
    ),
    "series": (
        "series",
        "name",
        Section(
            make=NamedSeries,
            keys={
                "label": needed(LABEL),
                "measure": needed(TEXT),
                "region": needed(AREA),
                "unit": needed(words(SeriesUnit)),
                "figures": needed(figures_kind(tables_of(_FIGURE))),
            },
            shape=shape_series,
            also=(ReferenceSeries,),
        ),
    ),
    "pegs": (
        "pegs",
        "name",
        Section(
            make=NamedPeg,
            keys={**_TITLED, "peg": needed(section_kind(_PEG)), "rounded": key(_ROUNDED)},
        ),
    ),
    "quantities": (
        "quantities",
        "name",
        Section(make=NamedQuantity, keys=_TITLED, formula="needed"),
    ),
    "pay": (
        "pay",
        "name",
        Section(
            make=Component,
            keys={
                **_TITLED,
                "factors": key(FACTORS),
                "accrues_per": key(words(Accrual)),
                "paid": key(_choice(Rhythm, settled=True)),
                "paid_in": key(stated(list_of(whole(1, _YEAR)))),
                "due_in": key(stated(DUE_MONTHS, settled=True)),
                "prorated": key(stated(YES_OR_NO, settled=True)),
                "reckoned_on": key(_choice(ReckonedOn)),
                "on_upgrade": key(_choice(OnUpgrade)),
                "rounded": key(_ROUNDED),
                "in_total": key(stated(YES_OR_NO, settled=True)),
                "supplied": key(YES_OR_NO),
                "at_most_yuan": key(stated(FEN, settled=True), "at_most_fen"),
                "needs_document": key(YES_OR_NO),
                "protects": key(YES_OR_NO),
            },
            formula="optional",
            shape=shape_priced,
        ),
    ),
    "checks": ("checks", "name", CHECK),
}
"""Sections of named tables: the field of the version, the field that takes the name, and what each table is."""

SINGLE: Final[Mapping[str, Section]] = {
    "concurrent_posts": Section(
        make=ConcurrentPosts,
        keys={"paid_at": key(_choice(ConcurrentRule)), "titles": key(TEXTS), **_MAY_CITE},
    ),
    "post_change": Section(
        make=PostChange,
        keys={
            "rule": key(_choice(ChangeRule, among=CHANGE_READINGS)),
            "grades": key(stated(whole(-_MOST_GRADES, _MOST_GRADES, stand_in=0))),
            "steps": key(stated(whole(-_MOST_GRADES, _MOST_GRADES, stand_in=0))),
            "waiting": key(_choice(WaitingAfter)),
            "takes": key(_choice(Takes)),
            "annual_day": key(ANNUAL_DAY),
            **_MAY_CITE,
        },
    ),
    "service": Section(
        make=Service,
        keys={
            "convention": key(_choice(Convention)),
            "gaps": key(_choice(GapsRule)),
            "count_from": key(stated(DAY, settled=True)),
            "kinds": needed(named(_KIND_OF_SERVICE, "kind")),
            "other_kinds": key(stated(SHARE)),
            **_CITED,
        },
    ),
    "ladder": _LADDER,
    "step": attrs.evolve(_LADDER, shape=shape_step),
    "stacking": Section(make=Stacking, keys={"best_of": needed(list_of(TEXTS)), **_CITED}),
    "assessment": Section(
        make=Assessment,
        keys={
            "ratings": needed(named(_RATING, "rating")),
            "early": key(section_kind(_EARLY)),
            "consequences": key(tables_of(_CONSEQUENCE)),
            "until_announced": key(stated(words(UNTIL_ANNOUNCED), among=UNTIL_ANNOUNCED)),
            **_CITED,
        },
    ),
    "base": Section(
        make=Base,
        keys={
            "label": needed(LABEL),
            "peg": key(section_kind(_PEG)),
            "rounded": key(_ROUNDED),
            **_CITED,
        },
        formula="optional",
        shape=shape_priced,
    ),
    "probation": Section(
        make=Probation,
        keys={
            "months": needed(stated(whole(1, _LONGEST_PROBATION), unit="months")),
            "times": key(SHARE_OR_TABLE),
            **_CITED,
        },
        shape=shape_probation,
    ),
    "proration": Section(
        make=Proration,
        keys={
            "rule": key(_choice(ProrationRule, among=PRORATION_READINGS)),
            "day": key(stated(whole(1, 31), settled=True)),
            **_MAY_CITE,
        },
    ),
    "rounding": Section(
        make=RoundingRules,
        keys={"component": key(stated(ROUNDING)), "total": key(_ROUNDED), **_MAY_CITE},
    ),
    "transition": TRANSITION,
    "recognition": RECOGNITION,
}
"""Sections of which a file has one."""

NEEDED: Final = ("scheme", "sources", "posts", "pay")
"""Sections that a scheme cannot do without."""
SECTIONS: Final = ("format", "scheme", "sources", "scope", "split", *NAMED, *SINGLE)
"""Every name that may stand at the top of a file, in the order that messages list them."""
