"""`screening explain`: why, why not, why rather, and what if."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import FILE, command, format_option, knowledge_option, page_width
from screening.cli.records import case_options, sources, store_options
from screening.cli.terminal import Terminal
from screening.render.page import FORMATS_OF_ONE, Format, PageFormat

EPILOG = """\b
Examples:
  screening explain client.yaml
  screening explain blue-bike --why deadlift
  screening explain client.yaml --why deadlift
  screening explain client.yaml --why clearance
  screening explain client.yaml --why-not posture_breaks
  screening explain client.yaml --rather hinge_squat posture_breaks
  screening explain client.yaml --what-if walk=provokes --what-if pain_worst=7
  screening explain members.csv --row 17
"""


@command(epilog=EPILOG)
@click.argument("intake", type=FILE)
@click.option("--why", nargs=1, metavar="TARGET", help="Explain one conclusion or exercise.")
@click.option("--why-not", nargs=1, metavar="TARGET", help="Say what stands in the way of it.")
@click.option("--rather", nargs=2, metavar="A B", help="Say why A rather than B.")
@click.option("--what-if", multiple=True, metavar="Q=V", help="Say what another answer changes.")
@click.option("--full", is_flag=True, help="Show every answer, rule and source.")
@case_options
@format_option(*FORMATS_OF_ONE)
@knowledge_option
@store_options
def explain(  # noqa: PLR0913 - one for each option
    subject: app.chosen_case.ChosenCase,
    *,
    why: str | None,
    why_not: str | None,
    rather: tuple[str, str] | None,
    what_if: tuple[str, ...],
    full: bool,
    form: PageFormat,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
) -> None:
    """Explain what was concluded from an INTAKE file, and what was not.

    INTAKE is a YAML or JSON file, `-` for stdin, or a recorded case: its name,
    or its client's for the last one; with `--row`, a table. TARGET is a finding,
    category, exercise, stage, limit, advice, referral level or rule.
    """
    options = app.explanations.Options(why, why_not, rather, what_if, full)
    inquiry = app.explanations.asked(options, tuple(click.get_current_context().params))
    with sources(place) as found:
        answer = app.explanations.explanation(knowledge_dir, subject, inquiry, found)
    whole = full or form is not Format.TABLE
    Terminal().page(answer.laid_out(form, page_width()), whole=whole)
