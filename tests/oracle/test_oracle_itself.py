"""Hand-computed cases that check the oracle by itself; the steps are in the comments."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from .sample_3x18 import (
    Absence,
    Degree,
    Honour,
    Person,
    Qualification,
    Schooling,
    Spell,
    creditable_months,
    grade_on,
    pay_of_month,
)


def _spell(
    start: date,
    end: date | None = None,
    post: str = "staff",
    kind: str = "community",
    region: str = "990101",
) -> Spell:
    """A spell with the ordinary values filled in."""
    return Spell(start, end, post, kind, region)


def _grade(person: Person, on: date) -> int:
    """The grade on a day, which must exist."""
    found = grade_on(person, on)
    assert isinstance(found, tuple), found
    return found[1]


def _pay(person: Person, year: int, month: int) -> dict[str, int]:
    """The pay of a month, which must exist."""
    found = pay_of_month(person, year, month)
    assert isinstance(found, dict), found
    return found


NEW_2012 = date(2012, 1, 1)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2012, 1, 1), date(2012, 12, 31), 11),  # one day short of twelve
        (date(2012, 1, 1), date(2013, 1, 1), 12),
        (date(2013, 1, 31), date(2013, 2, 27), 0),
        (date(2013, 1, 31), date(2013, 2, 28), 1),  # no 31 February: complete on its last day
        (date(2013, 1, 31), date(2013, 3, 30), 1),  # one step: 31 March, not 28 March
        (date(2013, 1, 31), date(2013, 3, 31), 2),
        (date(2012, 2, 29), date(2013, 2, 28), 12),
        (date(2013, 2, 28), date(2013, 3, 28), 1),
    ],
)
def test_whole_months(start: date, end: date, months: int) -> None:
    """Whole months of one run."""
    person = Person([_spell(start, end)])
    assert creditable_months(person, date(2020, 1, 1)) == months


def test_rates_and_places() -> None:
    """Each kind at its rate; service elsewhere not at all."""
    year = (date(2010, 1, 1), date(2011, 1, 1))
    on = date(2015, 1, 1)
    assert creditable_months(Person([_spell(*year, region="99")]), on) == 12
    assert creditable_months(Person([_spell(*year, region="110101")]), on) == 0
    assert creditable_months(Person([_spell(*year, kind="military", region="11")]), on) == 12
    assert creditable_months(Person([_spell(*year, kind="grid", region="11")]), on) == 6
    assert creditable_months(Person([_spell(*year, kind="enterprise")]), on) == 0
    assert creditable_months(Person([_spell(*year, kind="village_committee")]), on) == 0
    # Seven months of grid work: 7 x 1/2.
    half = Person([_spell(date(2010, 1, 1), date(2010, 8, 1), kind="grid")])
    assert creditable_months(half, on) == Fraction(7, 2)


def test_touching_gaps_and_overlaps() -> None:
    """Touching spells are one run, a gap parts them, an overlap counts once."""
    on = date(2015, 1, 1)
    a = _spell(date(2010, 1, 1), date(2010, 1, 16))
    b = _spell(date(2010, 1, 16), date(2010, 2, 1))
    c = _spell(date(2010, 1, 17), date(2010, 2, 1))
    assert creditable_months(Person([a, b]), on) == 1  # 1 January to 1 February
    assert creditable_months(Person([a, c]), on) == 0  # two broken pieces
    # Grid the whole year, community from 16 March to 16 June: the community takes its 3 months;
    # the grid keeps 1 Jan - 15 Mar (2 months) and 16 Jun - 31 Dec (6 months: 16 Jun - 16 Dec).
    grid = _spell(date(2010, 1, 1), date(2011, 1, 1), kind="grid")
    community = _spell(date(2010, 3, 16), date(2010, 6, 16))
    assert creditable_months(Person([grid, community]), on) == 3 + Fraction(2 + 6, 2)
    # Military and community at the same rate; the higher post takes the shared days. Community
    # (deputy) 1 Jan - 15 Jul; military (staff) 1 Jul - 31 Dec keeps 16 Jul - 31 Dec: 6 + 5.
    military = _spell(date(2010, 7, 1), date(2011, 1, 1), kind="military")
    deputy = _spell(date(2010, 1, 1), date(2010, 7, 16), "deputy")
    assert creditable_months(Person([military, deputy]), on) == 6 + 5


def test_absences_interrupt() -> None:
    """Personal leave parts a run, sick leave does not, neither touches other kinds."""
    on = date(2014, 1, 1)
    spell = _spell(date(2013, 1, 1))
    one_day = (date(2013, 3, 10), date(2013, 3, 11))
    assert creditable_months(Person([spell], [Absence(*one_day, "sick")]), on) == 12
    # 1 Jan - 9 Mar: 2 months. 11 Mar - 31 Dec: 9 months (11 December).
    assert creditable_months(Person([spell], [Absence(*one_day, "personal")]), on) == 11
    grid = _spell(date(2013, 1, 1), kind="grid")
    assert creditable_months(Person([grid], [Absence(*one_day, "suspended")]), on) == 6


def test_rises_wait_for_january() -> None:
    """The count of 1 January holds all year."""
    person = Person([_spell(NEW_2012)])
    assert grade_on(person, date(2014, 12, 31)) == ("staff", 1)  # 24 months on 1 January 2014
    assert grade_on(person, date(2015, 1, 1)) == ("staff", 2)  # 36 months
    late = Person([_spell(date(2012, 1, 2))])
    assert grade_on(late, date(2015, 6, 1)) == ("staff", 1)  # 35 months on 1 January 2015
    assert grade_on(late, date(2016, 1, 1)) == ("staff", 2)


def test_posts_and_reasons() -> None:
    """The higher post of a day; no grade outside the place, the scope and the spells."""
    person = Person(
        [
            _spell(NEW_2012),
            _spell(date(2012, 5, 1), date(2012, 6, 1), "principal"),
            _spell(date(2012, 5, 1), date(2012, 7, 1), "deputy"),
        ]
    )
    assert grade_on(person, date(2012, 4, 30)) == ("staff", 1)
    assert grade_on(person, date(2012, 5, 31)) == ("principal", 7)
    assert grade_on(person, date(2012, 6, 30)) == ("deputy", 4)
    assert grade_on(person, date(2012, 7, 1)) == ("staff", 1)
    assert grade_on(person, date(2011, 12, 31)) == "not_in_service"
    assert grade_on(Person([_spell(NEW_2012, region="9902")]), NEW_2012) == "not_in_service"
    assert grade_on(Person([_spell(NEW_2012)], employment="part_time"), NEW_2012) == "out_of_scope"
    assert grade_on(Person([_spell(NEW_2012)], identity="institution"), NEW_2012) == "out_of_scope"
    assert pay_of_month(Person([_spell(date(2012, 2, 1))]), 2012, 1) == "not_in_service"


def test_ratings() -> None:
    """Years not counted, lowerings, and early rises."""
    # Basic in 2013: on 1 January 2015 36 - 12 = 24 months; on 1 January 2016 48 - 12 = 36.
    basic = Person([_spell(NEW_2012)], ratings={2013: "basic"})
    assert _grade(basic, date(2015, 6, 1)) == 1
    assert _grade(basic, date(2016, 6, 1)) == 2
    # Deputy of 2000: 144 months on 1 January 2012 make 4 + 4 = 8. Fail in 2012: on 1 January 2013
    # 156 - 12 = 144: 8 - 1 = 7. On 1 January 2016 192 - 12 = 180: 4 + 5 - 1 = 8.
    fail = Person([_spell(date(2000, 1, 1), post="deputy")], ratings={2012: "fail"})
    assert [_grade(fail, date(y, 1, 1)) for y in (2012, 2013, 2016)] == [8, 7, 8]
    # Three in a row make one pair; the fourth makes the second; the sixth makes no third.
    row = Person([_spell(NEW_2012)], ratings=dict.fromkeys(range(2012, 2018), "excellent"))
    # 1 + rises (1 from 2015, 2 from 2018) + pairs (2012-13 from 2014; 2014-15 from 2016).
    grades = [_grade(row, date(y, 7, 1)) for y in range(2013, 2019)]
    assert grades == [1, 2, 3, 4, 4, 5]
    # A year without a rating breaks the row.
    broken = Person([_spell(NEW_2012)], ratings={2012: "excellent", 2014: "excellent"})
    assert _grade(broken, date(2015, 1, 1)) == 2


def test_education_qualification_honour() -> None:
    """The pair of schooling and degree, the greater of two, and the dates of effect."""
    person = Person(
        [_spell(NEW_2012)],
        schooling=[
            Schooling("bachelor", date(2013, 3, 20)),
            Schooling("master", date(2016, 6, 30)),
        ],
        degrees=[Degree("bachelor", date(2014, 4, 1))],
        qualifications=[Qualification("social_worker", date(2014, 9, 1))],
        honours=[Honour("county", date(2012, 1, 1)), Honour("city", date(2016, 1, 1))],
    )
    # 1 January 2013: 12 months. From 1 March 2013 12 deemed: 24, no rise yet.
    assert _grade(person, date(2013, 3, 1)) == 1
    # 1 January 2014: 24 + 12 = 36: one rise.
    assert _grade(person, date(2014, 1, 1)) == 2
    # From 1 April 2014 the pair is bachelor: one grade, no deemed months: 24, no rise: 1 + 1.
    assert _grade(person, date(2014, 4, 1)) == 2
    # Registered on 1 September, in effect on 1 October: two grades instead of one.
    assert _grade(person, date(2014, 9, 30)) == 2
    assert _grade(person, date(2014, 10, 1)) == 3
    # 2016: 48 months, one rise: 1 + 1 + 2. Master with a bachelor's degree is still 1 < 2.
    assert _grade(person, date(2016, 12, 31)) == 4
    # 2017: the city honour of 1 January 2016: 60 months: 1 + 1 + 2 + 1.
    assert _grade(person, date(2017, 1, 1)) == 5
    # A doctor's degree alone: 60 deemed months, mid-year: (24 + 60) / 36: two rises.
    doctor = Person([_spell(NEW_2012)], degrees=[Degree("doctor", date(2014, 6, 15))])
    assert _grade(doctor, date(2014, 5, 31)) == 1
    assert _grade(doctor, date(2014, 6, 1)) == 3


def test_range_of_the_post() -> None:
    """The sum is brought into the range at the end."""
    # 2012: 480 months from 1972: 13 rises: 1 + 13 = 14, brought to 12.
    assert _grade(Person([_spell(date(1972, 1, 1))]), NEW_2012) == 12
    # A fail with nothing to lower: 1 - 1 = 0, brought to 1.
    assert _grade(Person([_spell(NEW_2012)], ratings={2012: "fail"}), date(2013, 1, 1)) == 1


def test_pay_plain() -> None:
    """Staff, grade 1, 2012 and 2013."""
    person = Person(
        [_spell(NEW_2012)], ratings={2012: "competent"}, supplied_on_call={(2013, 1): 60_000}
    )
    # January 2012: wage 2010, 3011 x 0.6 = 1806.6; x 0.80 = 1445.28: 1445 yuan.
    # Basic 1445 x 0.7 = 1011.50; probation x 0.8 = 809.20.
    assert _pay(person, 2012, 1) == {
        "basic": 80_920,
        "professional": 0,
        "seniority": 0,
        "on_call": 0,
        "gross": 80_920,
    }
    assert _pay(person, 2012, 6)["performance"] == 0  # all six months are probation
    # July 2012: wage 2011, 3346 x 0.6 x 0.8 = 1606.08: 1606; basic 1124.20; probation is over.
    assert _pay(person, 2012, 7)["basic"] == 112_420
    # Performance 481.80 a month, six times: 2890.80.
    assert _pay(person, 2012, 12)["performance"] == 289_080
    january = _pay(person, 2013, 1)
    assert "performance" not in january
    assert january["on_call"] == 50_000
    assert january["gross"] == 162_420
    assert _pay(person, 2013, 6)["gross"] == 112_420 + 289_080
    # July 2013: wage 2012, 3718 x 0.6 x 0.8 = 1784.64: 1785; basic 1249.50.
    assert _pay(person, 2013, 7)["basic"] == 124_950


def test_pay_rating_factor() -> None:
    """Last year's rating multiplies performance pay, and not if there was no spell last year."""
    # 481.80 x 1.2 = 578.16, six times: 3468.96 (first half of 2013).
    person = Person([_spell(NEW_2012)], ratings={2012: "excellent"})
    assert _pay(person, 2013, 6)["performance"] == 346_896
    person = Person([_spell(NEW_2012)], ratings={2012: "fail"})
    assert _pay(person, 2013, 6)["performance"] == 0
    # Gone in 2012: the rating of 2012 plays no part. Grade 1: 1606 yuan as above.
    back = Person(
        [_spell(date(2011, 1, 1), date(2012, 1, 1)), _spell(date(2013, 1, 1))],
        ratings={2012: "fail"},
    )
    assert _pay(back, 2013, 6)["performance"] == 289_080


def test_pay_absences_and_parts_of_months() -> None:
    """Days carry their shares; each component is rounded once."""
    ten = (date(2013, 4, 11), date(2013, 4, 21))
    spells = [_spell(NEW_2012)]
    papers = [Qualification("assistant", date(2013, 4, 30))]
    # Sick 10 of 30 days: 1124.20 x (20 + 6) / 30 = 974.3066...
    assert _pay(Person(spells, [Absence(*ten, "sick")]), 2013, 4)["basic"] == 97_431
    # Sick and personal on the same days: nothing: 1124.20 x 20 / 30 = 749.4666...
    both = [Absence(*ten, "sick"), Absence(*ten, "personal"), Absence(*ten, "maternity")]
    assert _pay(Person(spells, both), 2013, 4)["basic"] == 74_947
    assert _pay(Person(spells, [Absence(*ten, "maternity")]), 2013, 4)["basic"] == 112_420
    # The assistant's paper works from 1 May 2013: 100 yuan; grade 2: 2007.6 x 0.84 = 1686.384:
    # 1686; basic 1180.20. Leaving on 11 May: 10 of 31 days: 380.7096... and 32.2580...
    leaver = Person([_spell(NEW_2012, date(2013, 5, 11))], qualifications=papers)
    assert _pay(leaver, 2013, 4)["professional"] == 0
    may = _pay(leaver, 2013, 5)
    assert (may["basic"], may["professional"], may["gross"]) == (38_071, 3_226, 41_297)
    assert pay_of_month(leaver, 2013, 6) == "not_in_service"
    # Sick leave leaves the allowance alone; suspension does not: 10 of 31 days off: 67.7419...
    may_ten = (date(2013, 5, 1), date(2013, 5, 11))
    sick = Person(spells, [Absence(*may_ten, "sick")], qualifications=papers)
    assert _pay(sick, 2013, 5)["professional"] == 10_000
    away = Person(spells, [Absence(*may_ten, "suspended")], qualifications=papers)
    assert _pay(away, 2013, 5)["professional"] == 6_774


def test_pay_probation_ends_within_a_month() -> None:
    """Six months from 31 August end with 27 February; 28 February is paid in full."""
    person = Person([_spell(date(2012, 8, 31))])
    # February 2013: grade 1: 1124.20 x (27 x 0.8 + 1) / 28 = 907.3900: 22.6 / 28 x 112420 fen.
    february = _pay(person, 2013, 2)
    assert february["basic"] == 90_739
    # Performance: February 481.80 / 28 = 17.2071...; March to June 481.80 each.
    assert _pay(person, 2013, 6)["performance"] == 1_721 + 4 * 48_180


def test_pay_seniority_and_wages() -> None:
    """Seniority by full years on 1 January; wages run out in July 2020."""
    person = Person([_spell(date(2008, 1, 1))], ratings={2010: "basic"})
    assert _pay(person, 2012, 12)["seniority"] == 0  # 48 months
    assert _pay(person, 2013, 1)["seniority"] == 5_000  # 60 months, the year 2010 too
    assert _pay(person, 2018, 1)["seniority"] == 12_000
    # June 2019: wage 2017; 132 - 12 = 120 months: 3 rises: grade 4: 5807 x 0.6 x 0.93 = 3240.306.
    assert _pay(person, 2019, 6)["basic"] == 3240 * 70
    # The wage of 2018 is not out: that of 2017 is used for one year more.
    assert _pay(person, 2019, 7)["basic"] == 3240 * 70
    assert pay_of_month(person, 2020, 7) == "no_wage"
