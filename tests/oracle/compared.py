"""One career held against the oracle: each month, days of the timeline, and back pay by cause and component."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from cwgrade.arrears import Snapshot as LibrarySnapshot
from cwgrade.arrears import arrears_between
from cwgrade.career import Career as LibraryCareer
from cwgrade.career import CareerEntry, career_of
from cwgrade.outcomes import Decided, NotEligible
from cwgrade.pay import Payslip
from cwgrade.scheme import Schemes
from tests.oracle import over_time as oracle
from tests.oracle.careers import Career, a_career, scheme_of, worker_of
from tests.oracle.reform_careers import a_reform_career

__all__ = ["Tally", "compare", "differences"]

_ONE_DAY: Final = timedelta(days=1)
_A_REFORM: Final = 3
"""One in so many careers goes through a reform."""
_SETTLED: Final = 12
"""For how many months back pay is compared."""
_DAYS: Final = 6
"""How many days of each timeline are looked at beside the first of each month and the edges."""


@dataclass
class Tally:
    """How much was compared, and what differs."""

    careers: int = 0
    months: int = 0
    days: int = 0
    settled: int = 0
    parts: int = 0
    skipped: int = 0
    wrong: list[str] = field(default_factory=list)


def _month(slip: Payslip) -> oracle.Month:
    """Give the library's month in the oracle's words."""
    if isinstance(slip.outcome, NotEligible):
        return oracle.Month(oracle.NOT_PAID)
    total = slip.outcome.value if isinstance(slip.outcome, Decided) else oracle.OPEN
    lines = {line.component: line.payable_fen for line in slip.lines if line.component != "bonus"}
    return oracle.Month(total, tuple(sorted(lines.items())))


def _same_month(found: oracle.Month, expected: oracle.Month) -> bool:
    if found.total != expected.total:
        return False
    # where there is no total, the oracle of 3x18 lists nothing
    return not expected.lines or found.lines == expected.lines


def _day(entry: CareerEntry) -> oracle.Day:
    """Give the library's entry in the oracle's words."""
    if entry.grading is None or entry.payslip is None:
        return oracle.Day(oracle.NOT_IN_FORCE, oracle.NOT_IN_FORCE)
    grading, worth = entry.grading.outcome, entry.payslip.outcome
    if isinstance(grading, NotEligible):
        return oracle.Day(oracle.NOT_PAID, oracle.NOT_PAID)
    return oracle.Day(
        (grading.value.post, grading.value.grade, grading.value.step)
        if isinstance(grading, Decided) and grading.value.grade is not None
        else oracle.OPEN,
        worth.value if isinstance(worth, Decided) else oracle.OPEN,
    )


def _months(start: date, end: date) -> list[tuple[int, int]]:
    found, day = [], start
    while day < end:
        if day.day == 1 or day == start:
            found.append((day.year, day.month))
        day += _ONE_DAY
    return found


class _Comparison:
    def __init__(self, career: Career, random: Random, tally: Tally) -> None:
        self.career, self.random, self.tally = career, random, tally

    def wrong(self, text: str) -> None:
        self.tally.wrong.append(text)

    def walk(self, snapshots: dict[str, oracle.Snapshot], known_on: date | None) -> None:
        """Hold the timeline and its months against the oracle, as of a day of knowing."""
        seen = {place: replace(one, known_on=known_on) for place, one in snapshots.items()}
        facts = {place: oracle.known(one) for place, one in seen.items()}
        rules = {place: oracle.Rules(one, facts) for place, one in facts.items()}
        one = next(iter(seen.values()))
        schemes = [scheme_of(snapshot) for snapshot in seen.values()]
        career = career_of(
            worker_of(one),
            schemes[0] if len(schemes) == 1 else Schemes.of(schemes),
            start=self.career.start,
            end=self.career.end,
            known_on=known_on,
        )
        self.compare_months(career, seen, rules, known_on)
        self.compare_days(career, seen, rules, known_on)

    def compare_months(
        self,
        career: LibraryCareer,
        seen: dict[str, oracle.Snapshot],
        rules: dict[str, oracle.Rules],
        known_on: date | None,
    ) -> None:
        """Each month has the answer of each place that is asked on one of its days."""
        expected_months = _months(self.career.start, self.career.end)
        if [(month.year, month.month) for month in career.months] != expected_months:
            self.wrong(f"months {career.start} to {career.end}")
        for month in career.months:
            slips = {slip.derivation.scheme_id: slip for slip in month.payslips}
            places = list(seen)
            if len(seen) > 1:
                first = date(month.year, month.month, 1)
                day, days = max(first, career.start), set[str]()
                while (day.year, day.month) == (first.year, first.month) and day < career.end:
                    found = oracle.places_on(seen, day)
                    days |= {place for place in found if place and len(found) == 1}
                    day += _ONE_DAY
                places = sorted(days)
            for place in places:
                expected = rules[place].month(month.year, month.month)
                self.tally.months += 1
                if expected.total == oracle.TOO_MANY:
                    self.tally.skipped += 1
                elif place not in slips:
                    if expected.total != oracle.NOT_IN_FORCE:
                        self.wrong(
                            f"{place} {month.year}-{month.month} known {known_on}: no payslip"
                        )
                elif not _same_month(_month(slips[place]), expected):
                    self.wrong(
                        f"{place} {month.year}-{month.month} known {known_on}:\n"
                        f"  library {_month(slips[place])}\n  oracle  {expected}"
                    )

    def compare_days(
        self,
        career: LibraryCareer,
        seen: dict[str, oracle.Snapshot],
        rules: dict[str, oracle.Rules],
        known_on: date | None,
    ) -> None:
        """The first of each month, the edges of entries, and some days between."""
        length = (career.end - career.start).days
        days = {date(*month, 1) for month in _months(career.start, career.end)}
        days |= {entry.start + gap * _ONE_DAY for entry in career.entries for gap in (-1, 0)}
        days |= {career.start + self.random.randrange(length) * _ONE_DAY for _ in range(_DAYS)}
        for day in sorted(days):
            if not career.start <= day < career.end:
                continue
            entry = career.entry_on(day)
            self.tally.days += 1
            if len(seen) > 1:
                places = oracle.places_on(seen, day)
                place = places.pop() if len(places) == 1 else None
                if place is None:
                    if entry.gross_fen is not None:
                        self.wrong(f"{day} known {known_on}: {entry.gross_fen} in no place")
                    continue
                if entry.scheme_id not in {place, None}:
                    self.wrong(f"{day} known {known_on}: {entry.scheme_id}, not {place}")
                    continue
            else:
                place = next(iter(seen))
            expected = rules[place].day(day)
            if expected.placed == oracle.TOO_MANY:
                self.tally.skipped += 1
            elif _day(entry) != expected:
                self.wrong(
                    f"{place} on {day} known {known_on}: library {_day(entry)}, oracle {expected}"
                )

    def settle(self, place: str) -> None:
        """Hold back pay between the two moments against the oracle."""
        earlier, later = self.career.earlier[place], self.career.later[place]
        months = _months(self.career.start, self.career.end)[:_SETTLED]
        found = arrears_between(_snapshot(earlier), _snapshot(later), months=months)
        expected = oracle.back_pay(earlier, later, months)
        for month in found.months:
            at = (month.year, month.month)
            right = expected[at]
            self.tally.settled += 1
            if (month.before_fen, month.after_fen) != (right.before, right.after):
                self.wrong(f"{place} {at} due {month.before_fen}, {month.after_fen}: {right}")
                continue
            ours = Counter[tuple[str, date | None, str]]()
            theirs = Counter[tuple[str, date | None, str]]()
            for part in month.parts:
                ours[str(part.cause), part.became_known, part.component] += part.fen
            for one in right.parts:
                theirs[one.cause, one.became_known, one.component] += one.fen
            self.tally.parts += len(theirs)
            if {key: fen for key, fen in ours.items() if fen} != {
                key: fen for key, fen in theirs.items() if fen
            }:
                self.wrong(
                    f"{place} {at} {earlier.known_on} to {later.known_on}:\n"
                    f"  library {dict(ours)}\n  oracle  {dict(theirs)}"
                )


def _snapshot(snapshot: oracle.Snapshot) -> LibrarySnapshot:
    return LibrarySnapshot(
        worker=worker_of(snapshot), scheme=scheme_of(snapshot), known_on=snapshot.known_on
    )


def differences(career: Career, random: Random, tally: Tally) -> list[str]:
    """Compare one career; give what differs."""
    began = len(tally.wrong)
    one = _Comparison(career, random, tally)
    tally.careers += 1
    known_on = next(iter(career.earlier.values())).known_on
    one.walk(career.earlier, known_on)
    one.walk(career.later, next(iter(career.later.values())).known_on)
    if random.random() < 0.3:
        one.walk(career.later, None)
    for place in career.places:
        one.settle(place)
    return tally.wrong[began:]


def compare(careers: int, seed: int) -> Tally:
    """Compare a number of invented careers."""
    tally = Tally()
    for number in range(careers):
        random = Random(f"{seed}-{number}")  # noqa: S311 -- people are invented, nothing is secret
        made = a_reform_career(random) if number % _A_REFORM == 0 else a_career(random)
        found = differences(made, random, tally)
        if found:
            tally.wrong[-len(found) :] = [f"career {number} of seed {seed}: {one}" for one in found]
    return tally
