"""Hypothesis profiles, chosen by the environment variable HYPOTHESIS_PROFILE."""

import os

from hypothesis import HealthCheck, settings

# A shared machine may be slow for reasons that no test controls.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("dev", _PATIENT, max_examples=50)
# The same commit gives the same answer.
settings.register_profile("ci", _PATIENT, max_examples=200, derandomize=True, print_blob=True)
settings.register_profile("thorough", _PATIENT, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
