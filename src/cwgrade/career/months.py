"""The pay of the months of a career: one payslip, or those of the place left and of the place entered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from cwgrade.career.places import Places
from cwgrade.dates import next_month
from cwgrade.errors import NotInForce
from cwgrade.outcomes import Decided, NotApplicable, NotEligible
from cwgrade.pay import Payslip, pay_in_month
from cwgrade.reasons import Reason
from cwgrade.scheme import Beyond, Scheme

__all__ = ["CareerMonth", "asked_in", "month_of", "months_of"]


@attrs.frozen(kw_only=True)
class CareerMonth:
    """The pay of one month of a career.

    Attributes:
        year: The year.
        month: The month, 1 to 12.
        payslips: What `pay_for_month` gives under each scheme that is asked on a day of the month, in that order: one,
            or those of the place left and of the place entered.
        silences: Why a scheme that is asked cannot answer.
    """

    year: int
    month: int
    payslips: tuple[Payslip, ...]
    silences: tuple[Reason, ...] = ()

    @property
    def gross_fen(self) -> int | None:
        """The sum of what is payable in the month, in fen; `None` where a payslip or a silence leaves it open."""
        if self.silences or not self.payslips:
            return None
        amounts = [_amount(payslip) for payslip in self.payslips]
        known = [one for one in amounts if one is not None]
        return sum(known) if len(known) == len(amounts) else None


def _amount(payslip: Payslip) -> int | None:
    match payslip.outcome:
        case Decided(fen):
            return fen
        case NotEligible() | NotApplicable():
            return 0
        case _:
            return None


def months_of(places: Places, *, start: date, end: date, beyond: Beyond) -> Iterator[CareerMonth]:
    """Give the pay of each month that some days touch.

    Args:
        places: The scheme of each of a worker's days.
        start: The first day.
        end: The day after the last.
        beyond: What to do after the last attested day of a scheme.
    """
    first = start.replace(day=1)
    while first < end:
        yield month_of(places, first, beyond=beyond)
        first = next_month(first)


def month_of(places: Places, first: date, *, beyond: Beyond) -> CareerMonth:
    """Ask every scheme that is asked on a day of a month for the month's pay.

    Args:
        places: The scheme of each of a worker's days.
        first: The month's first day.
        beyond: What to do after the last attested day of a scheme.
    """
    payslips: list[Payslip] = []
    silences: list[Reason] = []
    for scheme in asked_in(places, first):
        if isinstance(scheme, Reason):
            silences.append(scheme)
            continue
        try:
            payslips.append(
                pay_in_month(
                    places.standpoint(scheme, beyond, of_month=True),
                    year=first.year,
                    month=first.month,
                )
            )
        except NotInForce as error:
            facts = tuple((name, str(value)) for name, value in error.facts.items())
            silences.append(Reason(code=error.code, facts=facts))
    return CareerMonth(
        year=first.year,
        month=first.month,
        payslips=tuple(payslips),
        silences=tuple(dict.fromkeys(silences)),
    )


def asked_in(places: Places, first: date) -> tuple[Scheme | Reason, ...]:
    """Give the schemes that are asked on the days of a month, each once, and why one cannot be.

    Args:
        places: The scheme of each day.
        first: The month's first day.
    """
    after = next_month(first)
    days = [first, *sorted(day for day in places.marks if first < day < after)]
    found: list[Scheme | Reason] = []
    for day in days:
        one = places.on(day)
        if one not in found:
            found.append(one)
    return tuple(found)
