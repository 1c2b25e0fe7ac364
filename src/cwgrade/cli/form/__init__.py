"""`cwgrade form`: a sheet or list that an office prints and signs, as a workbook."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Final

from cwgrade.cli.options import Parser
from cwgrade.errors import ArgumentError
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]

_KINDS: Final = ("pay", "arrears", "promotions", "grade", "transition")


def declare(lang: Language) -> Parser:
    """Declare the command; what follows the kind of form is for that form."""
    parser = Parser("cwgrade form", "cli-form-about", lang=lang, epilog="cli-form-epilog")
    table = "".join(f"\n  {name:<12}{say(f'cli-form-{name}', {}, lang)}" for name in _KINDS)
    parser.description = f"{parser.description}\n{table}"
    parser.given.add_argument("kind", metavar="FORM", help=parser.told("cli-help-form-kind"))
    parser.given.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Make the form.

    Returns:
        0 where everybody is on it for certain, 1 where somebody is not.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    if arguments.kind not in _KINDS:
        raise ArgumentError("cli-no-such-form", value=arguments.kind, accepted=list(_KINDS))
    module = import_module(f"cwgrade.cli.form.{arguments.kind}")
    declare_kind: Callable[[Language], Parser] = module.declare
    make: Callable[[argparse.Namespace, Language], int] = module.run
    try:
        read = declare_kind(lang).parse_args(arguments.rest)
    except SystemExit:
        # help was asked for and printed
        return 0
    return make(read, lang)
