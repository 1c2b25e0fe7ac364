"""OpenFisca-Core: variables with formulas that ask for each other. Money in whole fen, written out by the author.

It has no spells: its group entities have sums and counts over members, and no running maximum. History is left out.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.peers import rule
from benchmarks.peers.engine import Answer, Engine
from benchmarks.peers.rule import Columns

MONTH: Final = str(rule.DAY.astype("datetime64[M]"))
INPUTS: Final = (
    *("post", "service", "schooling", "qualification", "excellent", "failed", "region"),
    "probation",
)


def _grade(person: Any, period: Any) -> Any:
    post = person("post", period)
    low = np.array(rule.LOWEST)[post]
    schooling = np.array(rule.SCHOOLING_MONTHS)[person("schooling", period)]
    risen = low + (person("service", period) + schooling) // 36
    risen = risen + np.array(rule.QUALIFICATION_GRADES)[person("qualification", period)]
    risen = risen + person("excellent", period) // 3 - person("failed", period)
    return np.clip(risen, low, np.array(rule.HIGHEST)[post])


def _pay(person: Any, period: Any) -> Any:
    share = (np.array(rule.WAGE) * 80)[person("region", period)]
    return (share * np.array(rule.COEFFICIENT)[person("grade", period) - 1] + 60_000) // 120_000


def _fen(person: Any, period: Any) -> Any:
    pay = person("pay", period)
    allowance = np.array(rule.ALLOWANCE)[person("qualification", period)]
    whole = pay + allowance + (3 * pay + 5) // 10
    return np.where(person("probation", period), (4 * whole + 2) // 5, whole)


@cache
def _system() -> TaxBenefitSystem:
    worker = build_entity(key="worker", plural="workers", label="", is_person=True)
    system = TaxBenefitSystem([worker])
    formulas = {"grade": _grade, "pay": _pay, "fen": _fen}
    for name in (*INPUTS, *formulas):
        given: dict[str, Any] = {
            "value_type": bool if name == "probation" else int,
            "entity": worker,
            "definition_period": DateUnit.MONTH,
            "label": name,
        }
        if name in formulas:
            given["formula"] = formulas[name]
        system.add_variable(type(name, (Variable,), given))
    return system


def grade(columns: Columns) -> Answer:
    simulation = SimulationBuilder().build_default_simulation(_system(), len(columns["post"]))
    for name in INPUTS:
        simulation.set_input(name, MONTH, columns[name])
    return simulation.calculate("grade", MONTH), simulation.calculate("fen", MONTH)


ENGINES: Final = (Engine("openfisca", "fen", "grade", grade),)
