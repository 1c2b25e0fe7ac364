"""The command `cwgrade`: a roster in, pay out, with reasons; and what helps to write a scheme.

Exit status: 0 all is well; 1 some rows are refused, or faults were found; 2 the command or a file
is wrong; 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final

from cwgrade.cli.options import Parser
from cwgrade.cli.terminal import language_of, prepare
from cwgrade.errors import ArgumentError, CwgradeError, NotInForce
from cwgrade.version import __version__
from cwgrade.wording import Language, say

__all__ = ["main"]

_COMMANDS: Final = (
    "pay",
    "arrears",
    "form",
    "audit",
    "changes",
    "explain",
    "career",
    "next",
    "transition",
    "sensitivity",
    "check",
    "schemes",
    "show",
    "new",
    "fill",
    "freeze",
    "recompute",
)
_MODULES: Final = {"next": "coming"}
"""Commands whose module is named otherwise: one called `next` would hide the function in this one."""
_WRONG: Final = 2
_INTERRUPTED: Final = 130
_NO_READER: Final = 141
"""What a shell reports for a program that wrote to a closed pipe."""
_OS_FAULTS: Final = (
    (FileNotFoundError, "cli-os-missing"),
    (PermissionError, "cli-os-denied"),
    (IsADirectoryError, "cli-os-folder"),
)
"""What an operating system says in its own language."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: The arguments after the command's name; those of the process where left out.

    Returns:
        The exit status.

    Examples:
        >>> main(["--version"])
        cwgrade ...
        0
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    prepare(sys.stdout, sys.stderr)
    try:
        status = _guarded(arguments, language_of(arguments, os.environ))
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
        return _NO_READER
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status


def _guarded(arguments: list[str], lang: Language) -> int:
    """Run the command; what is wrong with it or with a file is told in the language."""
    try:
        return _run(arguments, lang)
    except BrokenPipeError:
        raise
    except CwgradeError as error:
        print(error.text(lang), file=sys.stderr)
        if isinstance(error, NotInForce) and "last" in error.facts:
            print(say("cli-hint-beyond", {}, lang), file=sys.stderr)
    except OSError as error:
        facts = {"value": str(error.filename or ""), "why": error.strerror or str(error)}
        code = next((code for kind, code in _OS_FAULTS if isinstance(error, kind)), "cli-os-error")
        print(say(code, facts, lang), file=sys.stderr)
    return _WRONG


def _run(arguments: list[str], lang: Language) -> int:
    name, rest = _command(arguments, lang)
    if not name:
        return 0
    module = import_module(f"cwgrade.cli.{_MODULES.get(name, name)}")
    declare: Callable[[Language], Parser] = module.declare
    command: Callable[[argparse.Namespace, Language], int] = module.run
    parser = declare(lang)
    try:
        read = parser.parse_args(rest)
    except SystemExit:
        # help was asked for and printed
        return 0
    return command(read, lang)


def _command(arguments: list[str], lang: Language) -> tuple[str, list[str]]:
    """Split the arguments at the command's name; what stands before it is for the whole."""
    parser = Parser("cwgrade", "cli-about", lang=lang, epilog="cli-epilog")
    parser.wished.add_argument(
        "--version",
        action="version",
        version=f"cwgrade {__version__}",
        help=parser.told("cli-help-version"),
    )
    table = "".join(f"\n  {name:<11}{say(f'cli-{name}-about', {}, lang)}" for name in _COMMANDS)
    parser.description = f"{parser.description}\n{table}"
    parser.given.add_argument(
        "command", nargs="?", metavar="COMMAND", help=parser.told("cli-help-command")
    )
    parser.given.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    try:
        read = parser.parse_args(arguments)
    except SystemExit:
        # help or version was asked for and printed
        return "", []
    if read.command is None:
        parser.print_help(sys.stderr)
        raise ArgumentError("cli-no-command", accepted=list(_COMMANDS))
    if read.command not in _COMMANDS:
        from difflib import get_close_matches

        near = get_close_matches(read.command, _COMMANDS, n=1)
        raise ArgumentError(
            "cli-no-such-command",
            value=read.command,
            near=near[0] if near else None,
            accepted=list(_COMMANDS),
        )
    return read.command, read.rest


def _silence() -> None:
    """Nobody reads any more: keep the interpreter from writing what is left when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
