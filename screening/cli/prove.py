"""`screening knowledge prove`: the invariants of the knowledge, over every intake there can be."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli.common import (
    FINDINGS,
    exits,
    format_option,
    knowledge_option,
    needs_extra,
)
from screening.cli.intake import page_width
from screening.diagnostics import quoted, suggestion
from screening.errors import UnknownTargetError, UnwritableError
from screening.load import load, shipped_knowledge

if TYPE_CHECKING:
    from screening.model.knowledge import KnowledgeBase
    from screening.verify.proofs.proof import Failure

EPILOG = """\b
Examples:
  screening knowledge prove
  screening knowledge prove flags-heard
  screening knowledge prove flags-heard --save client.yaml
"""


@click.command(epilog=EPILOG)
@click.argument("invariant", metavar="[INVARIANT]", required=False, default="")
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    help="Write the first client who shows a failure as an intake.",
)
@click.option(
    "--smt2",
    type=click.Path(path_type=Path),
    help="Write what is asked about INVARIANT as SMT-LIB 2.",
)
@format_option("table", "json")
@knowledge_option
def prove(
    invariant: str, save: Path | None, smt2: Path | None, form: str, knowledge_dir: Path | None
) -> None:
    """Prove what `safety.yaml` declares, over all complete and partial intakes, or show who fails.

    A client who shows a failure is the smallest there is, and is concluded by both engines.
    """
    needs_extra("z3")
    with exits():
        base = load(knowledge_dir or shipped_knowledge(), promises=True)
        _named(base, invariant)
        if smt2 is not None:
            _export(base, invariant, smt2)
        failed = _proved(base, invariant, form)
        if save is not None and failed:
            _save(failed, save, base)
    sys.exit(FINDINGS if failed else 0)


def _named(base: KnowledgeBase, name: str) -> None:
    ids = [] if base.safety is None else [one.id for one in base.safety.invariants]
    if not ids:
        raise UnknownTargetError("nothing to prove: this knowledge has no `safety.yaml`")
    if name and name not in ids:
        raise UnknownTargetError(f"no invariant {quoted(name)}; {suggestion(name, ids)}")


def _proved(base: KnowledgeBase, only: str, form: str) -> list[Failure | None]:
    """Print each proof as it is made; return the failures, and None for a vacuous proof."""
    from screening.assess import Assessor  # noqa: PLC0415 - slow imports
    from screening.render.json_form import Json, dumped  # noqa: PLC0415
    from screening.render.proof_text import proof_form, proof_summary, proof_text  # noqa: PLC0415
    from screening.verify.proofs import prove as proofs  # noqa: PLC0415
    from screening.verify.proofs.replay import replayed  # noqa: PLC0415

    shown = proof_text if only else proof_summary
    assessor = Assessor(base)
    forms: list[Json] = []
    held: list[bool] = []
    failed: list[Failure | None] = []
    for proof in proofs(base, only):
        levels = [replayed(assessor, failure) for failure in proof.failures]
        forms.append(proof_form(proof, base, levels))
        held.append(proof.holds)
        click.echo(shown(proof, base, levels, width=page_width()), err=form == "json")
        failed += [*proof.failures, *([None] if proof.vacuous else [])]
    if form == "json":
        click.echo(dumped({"format": "proof/1", "proofs": forms}), nl=False)
    elif not only:
        _sum_up(held)
    return failed


def _sum_up(held: list[bool]) -> None:
    from screening.render.page import counted  # noqa: PLC0415 - only what is printed needs it

    count = f"{sum(held)} of {counted(len(held), 'promise')}"
    click.echo(f"{count} proved. One in full: `screening knowledge prove NAME`")


def _export(base: KnowledgeBase, name: str, path: Path) -> None:
    from screening.verify.proofs.prove import Prover  # noqa: PLC0415 - a slow import

    declared = () if base.safety is None else base.safety.invariants
    named = [one for one in declared if one.id == name]
    text = Prover(base).smt2(named[0]) if named else None
    if text is None:
        raise UnknownTargetError("--smt2 needs an INVARIANT that says what must never be")
    _write(path, text)


def _save(failed: list[Failure | None], path: Path, base: KnowledgeBase) -> None:
    from screening.render.proof_text import intake_text  # noqa: PLC0415 - a slow import

    shown = [failure for failure in failed if failure is not None and failure.client is not None]
    if not shown:
        raise UnknownTargetError("no client shows this failure, so none is saved")
    _write(path, intake_text(shown[0], base))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise UnwritableError(message) from error
