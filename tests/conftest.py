"""Hypothesis profiles, chosen by HYPOTHESIS_PROFILE, and tests that run only where they are asked for."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

# A shared machine may be slow for reasons that no test controls.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("dev", _PATIENT, max_examples=50)
# The same commit gives the same answer.
settings.register_profile("ci", _PATIENT, max_examples=200, derandomize=True, print_blob=True)
settings.register_profile("thorough", _PATIENT, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

# Reasons are trees of many small objects without cycles: looking for cycles among them so often finds none.
gc.set_threshold(20_000, 20, 20)


def pytest_collection_finish() -> None:
    """Leave what stays to the end out of every later search for cycles: modules, and thousands of tests."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what takes long, unless `-m slow` asks for it."""
    if "slow" in config.option.markexpr:
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="takes long: pytest -m slow"))
