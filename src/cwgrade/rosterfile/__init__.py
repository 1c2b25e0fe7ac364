"""Rosters: reading them from the sheets that offices keep, and writing tables back.

A roster has one row for each worker; beside it may stand long sheets for service, education,
qualifications, ratings, absences and honours. Columns, their values and their spellings are
defined in `columns` and
`spellings.toml`.
"""

from cwgrade.rosterfile.contract import table_schema
from cwgrade.rosterfile.layout import SkippedRow
from cwgrade.rosterfile.payments import Payments, read_payments
from cwgrade.rosterfile.reading import read_roster
from cwgrade.rosterfile.roster import Notice, Roster, RosterRow
from cwgrade.rosterfile.template import write_roster_template
from cwgrade.rosterfile.writing import Cell, Yuan, write_table

__all__ = [
    "Cell",
    "Notice",
    "Payments",
    "Roster",
    "RosterRow",
    "SkippedRow",
    "Yuan",
    "read_payments",
    "read_roster",
    "table_schema",
    "write_roster_template",
    "write_table",
]
