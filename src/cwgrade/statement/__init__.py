"""Results in words: derivations, outcomes and payslips for a person, in Chinese and English.

Every sentence comes from `cwgrade.wording`. A function takes the scheme's sources, or the version
that was asked, to print titles and names; without them ids are shown.
"""

from __future__ import annotations

from cwgrade.statement.career import career_text, change_lines, forecast_text
from cwgrade.statement.difference import difference_text
from cwgrade.statement.gaps import gap_text
from cwgrade.statement.outcomes import outcome_text
from cwgrade.statement.page import payslip_html
from cwgrade.statement.terminal import grading_text, payslip_text
from cwgrade.statement.tree import derivation_text
from cwgrade.statement.why import grade_reasons
from cwgrade.statement.whynot import to_reach_text, why_not_text
from cwgrade.statement.words import fact_text

__all__ = [
    "career_text",
    "change_lines",
    "derivation_text",
    "difference_text",
    "fact_text",
    "forecast_text",
    "gap_text",
    "grade_reasons",
    "grading_text",
    "outcome_text",
    "payslip_html",
    "payslip_text",
    "to_reach_text",
    "why_not_text",
]
