"""What a scheme file says as a whole, once its sections are read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.checks_amounts import check_amounts
from cwgrade.schemefile.checks_header import check_header
from cwgrade.schemefile.checks_history import check_history
from cwgrade.schemefile.checks_ladder import check_ladders
from cwgrade.schemefile.checks_names import check_names
from cwgrade.schemefile.checks_pay import check_pay
from cwgrade.schemefile.checks_roster import check_roster_checks
from cwgrade.schemefile.problems import Problem
from cwgrade.schemefile.recognition import check_recognition
from cwgrade.schemefile.transition import check_transition

__all__ = ["check_version"]


def check_version(version: SchemeVersion) -> Iterator[Problem]:
    """Find everything that is wrong with a scheme whose sections are read.

    Args:
        version: The scheme; something may stand in for what could not be read.

    Returns:
        Faults with the path of the field that is at fault; those that others may rest on come first.
    """
    return itertools.chain(
        check_header(version),
        check_history(version),
        check_ladders(version),
        check_pay(version),
        check_names(version),
        check_amounts(version),
        check_transition(version),
        check_recognition(version),
        check_roster_checks(version),
    )
