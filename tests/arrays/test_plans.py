"""Plans look up what the tables hold, whatever is fused, numbered otherwise, shared among threads or compiled."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.util import find_spec
from typing import Any

import attrs
import numpy as np
import pytest

from cwgrade.arrays.fusion import fuse, fuse_days
from cwgrade.arrays.plans import Kernel, Plan
from cwgrade.arrays.sums import sums_by_day
from cwgrade.catalogue import load_scheme, scheme_ids
from cwgrade.errors import MissingExtra
from cwgrade.tables import SchemeTables, TooManyCells, tabulate

KERNELS: Sequence[Any] = (
    "numpy",
    pytest.param("numba", marks=pytest.mark.skipif(not find_spec("numba"), reason="no Numba")),
)
DAY = date(2018, 3, 1)
FEN = ("fen:pay.basic", "fen:pay.professional", "fen:pay.seniority")
ROWS = 200_000


@cache
def sample(on: date = DAY) -> SchemeTables:
    version = load_scheme("sample-3x18").version_on(on)
    return tabulate(version, on=on, targets=("grade", *FEN))


@cache
def plan() -> Plan:
    return fuse(sample(), ("grade", *FEN), keep=("grade",))


def someone(tables: SchemeTables, rows: int, seed: int = 5) -> dict[str, np.ndarray[Any, Any]]:
    pick = np.random.default_rng(seed)
    return {
        leaf.name: pick.integers(0, len(leaf.values), rows).astype(np.int16)
        for leaf in tables.leaves
    }


class TestRun:
    @pytest.mark.parametrize("kernel", KERNELS)
    def test_a_row_is_what_looking_up_one_by_one_gives(self, kernel: Kernel) -> None:
        leaves = someone(sample(), 500)
        found = plan().run(leaves, 500, kernel=kernel)
        for row in range(500):
            facts = {one.name: one.values[leaves[one.name][row]] for one in sample().leaves}
            right = sample().look_up(facts)
            for name in ("grade", *FEN):
                assert plan().values[name][found[name][row]] == right[name]

    @pytest.mark.parametrize("kernel", KERNELS)
    @pytest.mark.parametrize("threads", [1, 2, 3])
    def test_threads_and_kernels_give_the_same(self, kernel: Kernel, threads: int) -> None:
        leaves = someone(sample(), ROWS)
        alone = plan().run(leaves, ROWS)
        shared = plan().run(leaves, ROWS, kernel=kernel, threads=threads)
        for name, codes in alone.items():
            assert shared[name].dtype == codes.dtype
            assert np.array_equal(shared[name], codes)

    @pytest.mark.parametrize("kernel", KERNELS)
    def test_a_table_that_grew_too_large_goes_by_classes(
        self, kernel: Kernel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        leaves = someone(sample(), 3000)
        monkeypatch.setattr("cwgrade.arrays.plans._MOST_EXPANDED", 0)
        by_classes = attrs.evolve(plan())
        assert any(term.table is not None for step in by_classes.steps for term in step.terms)
        right = plan().run(leaves, 3000)
        for name, codes in by_classes.run(leaves, 3000, kernel=kernel).items():
            assert np.array_equal(codes, right[name])

    def test_no_rows(self) -> None:
        found = plan().run(someone(sample(), 0), 0)
        assert all(len(codes) == 0 for codes in found.values())

    @pytest.mark.parametrize("kernel", KERNELS)
    def test_a_leaf_can_be_a_target(self, kernel: Kernel) -> None:
        leaves = someone(sample(), 50)
        with_post = fuse(sample(), ("post", "grade"))
        found = with_post.run(leaves, 50, kernel=kernel)["post"]
        posts = next(leaf.values for leaf in sample().leaves if leaf.name == "post")
        assert [with_post.values["post"][code] for code in found] == [
            posts[code] for code in leaves["post"]
        ]

    def test_a_cell_put_wrong_is_seen(self) -> None:
        """What is looked up comes from the tables, and from nowhere else."""
        stage = next(one for one in sample().stages if one.name == "grade")
        codes = stage.codes[:]
        codes[7] = (codes[7] + 1) % len(stage.values)
        wrong = attrs.evolve(stage, codes=codes)
        stages = tuple(wrong if one is stage else one for one in sample().stages)
        spoilt = fuse(attrs.evolve(sample(), stages=stages), ("grade", *FEN), keep=("grade",))
        leaves = someone(sample(), ROWS)
        right, found = plan().run(leaves, ROWS), spoilt.run(leaves, ROWS)
        grades = [np.array(one.values["grade"], object) for one in (plan(), spoilt)]
        assert (grades[0][right["grade"]] != grades[1][found["grade"]]).any()


@pytest.mark.skipif(not find_spec("numba"), reason="no Numba")
@pytest.mark.parametrize("scheme", scheme_ids())
def test_both_kernels_are_equal_bit_for_bit(scheme: str) -> None:
    version = load_scheme(scheme).versions[-1]
    tables = tabulate(version, on=version.attested_until)
    both = fuse(tables, tables.targets, keep=("grade", "step"))
    leaves = someone(tables, 5_000)
    by_numpy, compiled = both.run(leaves, 5_000), both.run(leaves, 5_000, kernel="numba")
    for name, codes in by_numpy.items():
        assert compiled[name].dtype == codes.dtype
        assert np.array_equal(compiled[name], codes)


class TestExtra:
    def test_numba_is_an_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "numba", None)
        monkeypatch.delitem(sys.modules, "cwgrade.arrays.compiled", raising=False)
        monkeypatch.delattr("cwgrade.arrays.compiled", raising=False)
        with pytest.raises(MissingExtra, match=r"numba.*cwgrade\[fast\]"):
            plan().run(someone(sample(), 10), 10, kernel="numba")


class TestRecoded:
    @pytest.mark.parametrize("kernel", KERNELS)
    def test_leaves_numbered_otherwise(self, kernel: Kernel) -> None:
        leaves = someone(sample(), 3000)
        size = len(next(one.values for one in sample().leaves if one.name == "post"))
        turned = plan().recoded({"post": list(reversed(range(size)))})
        theirs = {**leaves, "post": (size - 1 - leaves["post"]).astype(np.int8)}
        right = plan().run(leaves, 3000)
        for name, codes in turned.run(theirs, 3000, kernel=kernel).items():
            assert np.array_equal(codes, right[name])


class TestGiving:
    @pytest.mark.parametrize("kernel", KERNELS)
    def test_numbers_in_place_of_codes(self, kernel: Kernel) -> None:
        leaves = someone(sample(), 3000)
        numbers = {
            name: np.array([one if isinstance(one, int) else -1 for one in plan().values[name]])
            for name in ("grade", *FEN)
        }
        codes = plan().run(leaves, 3000)
        for name, found in plan().giving(numbers).run(leaves, 3000, kernel=kernel).items():
            assert np.array_equal(found, numbers[name][codes[name]])

    def test_numbers_that_later_gathers_read_run_on(self) -> None:
        grades = plan().values["grade"]
        with pytest.raises(ValueError, match="the numbers of 'grade' do not run on"):
            plan().giving({"grade": np.arange(len(grades)) * 2})

    def test_a_leaf_has_no_numbers(self) -> None:
        with pytest.raises(ValueError, match="'post' is no gather"):
            plan().giving({"post": np.arange(3)})


class TestOutside:
    def test_rows_whose_code_stands_for_nothing(self) -> None:
        leaves = someone(sample(), 100)
        assert plan().outside(leaves) == {}
        leaves["post"][[3, 8]] = (-1, 3)
        (name, rows), *others = plan().outside(leaves).items()
        assert (name, rows.tolist(), others) == ("post", [3, 8], [])


class TestCount:
    @pytest.mark.parametrize("kernel", KERNELS)
    def test_every_row_is_counted_once(self, kernel: Kernel) -> None:
        small = fuse(sample(), ("grade", "fen:pay.professional"))
        leaves = someone(sample(), ROWS)
        counts = small.count(leaves, ROWS, kernel=kernel)
        found = small.run(leaves, ROWS)
        right = np.zeros_like(counts)
        np.add.at(right, (found["grade"], found["fen:pay.professional"]), 1)
        assert np.array_equal(counts, right)
        assert counts.sum() == ROWS

    def test_too_many_combinations(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cwgrade.arrays.plans._MOST_COUNTED", 10)
        with pytest.raises(TooManyCells):
            plan().count(someone(sample(), 10), 10)


class TestDays:
    def test_several_days_at_once_are_what_each_day_gives(self) -> None:
        days = [date(2016, 3, 1), date(2017, 3, 1), date(2018, 3, 1)]
        tables = [sample(on) for on in days]
        sizes = {leaf.name: len(leaf.values) for leaf in tables[0].leaves}
        (name,) = (one for one in sizes if one == "service_years")
        later = [np.minimum(np.arange(sizes[name]) + day, sizes[name] - 1) for day in range(3)]
        together = fuse_days(tables, ("grade", *FEN), keep=("grade",), moves={name: later})
        leaves = someone(tables[0], 3000)
        found = together.run(leaves, 3000)
        for day, of_day in enumerate(tables):
            alone = fuse(of_day, ("grade", *FEN))
            moved = {**leaves, name: later[day][leaves[name]]}
            right = alone.run(moved, 3000)
            for target in ("grade", *FEN):
                values = together.values[target]
                assert [values[code][day] for code in found[target]] == [
                    alone.values[target][code] for code in right[target]
                ]

    def test_sums_are_the_sums_of_the_rows(self) -> None:
        days = [date(2016, 3, 1), date(2018, 3, 1)]
        tables = [sample(on) for on in days]
        amount = "fen:pay.professional"
        together = fuse_days(tables, ("employment", amount))
        leaves = someone(tables[0], ROWS)
        counts = together.count(leaves, ROWS)
        sums = sums_by_day(together, counts, amount, {"employment": ("part_time",)})
        found = together.run(leaves, ROWS)
        for day in range(2):
            values = together.values
            fen = np.array([one[day] for one in values[amount]])[found[amount]]
            paid = np.array([one[day] != "part_time" for one in values["employment"]])
            here = paid[found["employment"]]
            assert sums.heads[day] == here.sum()
            assert sums.sums[day] == fen[here].sum()
            assert sums.unsure[day] == 0

    def test_days_with_different_quantities(self) -> None:
        other = load_scheme("sample-4x24").version_on(DAY)
        tables = [sample(), tabulate(other, on=DAY, targets=("grade",))]
        with pytest.raises(ValueError, match="different quantities"):
            fuse_days(tables, ("grade",))
