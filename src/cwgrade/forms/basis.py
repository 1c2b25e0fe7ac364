"""The clause of a form that names what it rests on: documents with their clauses, and the scheme file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from cwgrade.reasons import Derivation
from cwgrade.scheme import SchemeStatus, SchemeVersion
from cwgrade.wording import say
from cwgrade.wording.printed import printed

__all__ = ["banner_of", "bases_text", "basis_text", "ids_text", "rests_on"]

_DIGEST_SHOWN: Final = 12
_IDS_SHOWN: Final = 30
_SEVERAL: Final = re.compile(r"\s*[,，、]\s*")
_NUMBER: Final = re.compile(r"\d+")


def basis_text(version: SchemeVersion, derivations: Iterable[Derivation] = ()) -> str:
    """Name the documents that answers rest on, with their numbers and the clauses that were used.

    Args:
        version: The version that answered.
        derivations: The reasons of the answers; without any all sources of the version are named.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> basis_text(load_scheme("changsha-furong-2018").versions[0])
        '《关于做好社区专职工作人员工资福利待遇调整的通知（区转发件）》（长民发〔2018〕2号）'
    """
    used = dict.fromkeys(
        (step.citation.source, step.citation.clause)
        for one in derivations
        for step in one.root.walk()
        if step.citation is not None
    )
    clauses: dict[str, list[str]] = {}
    for named, clause in used:
        clauses.setdefault(named, []).extend(_SEVERAL.split(clause) if clause else ())
    told = []
    for source_id, source in version.sources:
        if clauses and source_id not in clauses:
            continue
        code = "instrument" if source.number == "unknown" else "instrument-number"
        title = source.instrument.strip().removeprefix("《").removesuffix("》")
        document = printed(code, title=title, number=source.number)
        listed = sorted(dict.fromkeys(clauses.get(source_id, ())), key=_numbers)
        told.append(document + printed("list").join(listed))
    return printed("sentence-list").join(told)


def bases_text(versions: Sequence[SchemeVersion], derivations: Iterable[Derivation]) -> str:
    """Name the documents of each version that answered; of the last where none did.

    Args:
        versions: The versions that may have answered, in order.
        derivations: The reasons of the answers: each names its version.
    """
    by_digest: dict[str, list[Derivation]] = {}
    for one in derivations:
        by_digest.setdefault(one.digest, []).append(one)
    used = [one for one in versions if one.digest in by_digest] or versions[-1:]
    texts = (basis_text(one, by_digest.get(one.digest, ())) for one in used)
    return printed("sentence-list").join(dict.fromkeys(texts))


def _numbers(clause: str) -> list[int]:
    """Put 3.10 after 3.9; clauses without figures stay in the order in which they were used."""
    return [int(one) for one in _NUMBER.findall(clause)]


def banner_of(version: SchemeVersion) -> tuple[str, ...]:
    """Say of an invented scheme that it is one."""
    sample = version.status is SchemeStatus.SAMPLE
    return (say("cli-invented-scheme", {}, "zh"),) if sample else ()


def rests_on(version: SchemeVersion, *, on: date, known_on: date | None = None) -> Iterator[str]:
    """Say what else a result rests on: what was assumed of the scheme, a day of knowing, the file.

    Args:
        version: The version that answered.
        on: The day that was asked for.
        known_on: Only what was known by this day.
    """
    if version.assumed:
        yield printed("assumed", facts=printed("list").join(version.assumed))
    if on > version.attested_until:
        yield printed("carried", last=version.attested_until)
    if known_on is not None:
        yield printed("known-on", known_on=known_on)
    yield printed(
        "file", id=version.id, revision=version.revision, digest=version.digest[:_DIGEST_SHOWN]
    )


def ids_text(ids: Iterable[str]) -> str:
    """List ids of workers, the first thirty of them."""
    every = list(ids)
    shown = every[:_IDS_SHOWN]
    return printed("list").join([*shown, "…"] if len(every) > _IDS_SHOWN else shown)
