"""The one form in which any definition states its value: a number, a table, bands, or named quantities combined.

The field's name is the unit: `yuan`, `times`, `share`, `grades`, `months`, `points`, or `value` for a value of a fact.
"""

from __future__ import annotations

import attrs

from cwgrade.gaps import Stated
from cwgrade.money import Rounding
from cwgrade.quantities import Add, Definition, Highest, Lowest, Number, Product, Steps, Table, Unit
from cwgrade.sources import Citation, Label

__all__ = ["Formula", "NamedQuantity", "StatedForm", "define"]

StatedForm = Number | Table | Steps | Add | Product | Highest | Lowest
"""The forms that a file can state directly."""


@attrs.frozen(kw_only=True)
class Formula:
    """How a value is found.

    Attributes:
        unit: What it counts; `None` where it follows from the parts.
        form: The form.
        rounded: The rounding of the value itself, before anything is made of it.
    """

    unit: Unit | None
    form: StatedForm
    rounded: Stated[Rounding] | None = None

    @property
    def written(self) -> StatedForm:
        """The form as it is written: a table or bands also where the source prints no values or no bounds."""
        if isinstance(self.form, Number) and self.form.instead_of is not None:
            return self.form.instead_of
        return self.form


@attrs.frozen(kw_only=True)
class NamedQuantity:
    """`[quantities.NAME]`: a quantity defined directly, for a local oddity.

    Attributes:
        name: Its name.
        label: Its printed name.
        formula: How it is found.
        source: Where it is stated.
        clause: Article or item.
    """

    name: str
    label: Label
    formula: Formula
    source: str
    clause: str = ""

    def lower(self) -> Definition:
        """Give the definition."""
        return define(
            self.name, f"quantities.{self.name}", self.formula, self.label, self.source, self.clause
        )


def define(
    name: str, path: str, formula: Formula, label: Label, source: str, clause: str
) -> Definition:
    """Make a definition of a formula; a unit that is left open is found when the scheme is checked."""
    return Definition(
        name=name,
        path=path,
        unit=formula.unit or Unit.OPEN,
        quantity=formula.form,
        label=label,
        citation=Citation(source=source, clause=clause) if source else None,
        rounding=formula.rounded,
    )
