"""`screening explain`: why, why not, why rather, and what if."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from screening import app
from screening.cli.common import command, page_width
from screening.cli.options import (
    FILE,
    case_options,
    format_option,
    knowledge_option,
    with_sources,
)
from screening.cli.terminal import Terminal
from screening.render.page import FORMATS_OF_ONE, Format, PageFormat


@command()
@click.argument("intake", type=FILE)
@click.option("--why", nargs=1, metavar="TARGET", help="Explain one conclusion or exercise.")
@click.option("--why-not", nargs=1, metavar="TARGET", help="Say what stands in the way of it.")
@click.option("--rather", nargs=2, metavar="A B", help="Say why A rather than B.")
@click.option("--what-if", multiple=True, metavar="Q=V", help="Say what another answer changes.")
@click.option("--full", is_flag=True, help="Show every answer, rule and source.")
@case_options
@format_option(*FORMATS_OF_ONE)
@knowledge_option
@with_sources
def explain(
    subject: app.chosen_case.ChosenCase,
    knowledge_dir: Path | None,
    found: app.conclude.Sources,
    form: PageFormat,
    **said: Any,  # noqa: ANN401 - what is asked
) -> None:
    """Explain what was concluded from an INTAKE file, and what was not.

    INTAKE is a YAML or JSON file, `-` for stdin, or a recorded case: its name,
    or its client's for the last one; with `--row`, a table. TARGET is a finding,
    category, exercise, stage, limit, advice, referral level or rule.

    $ screening explain client.yaml
    $ screening explain blue-bike --why deadlift
    $ screening explain client.yaml --why deadlift
    $ screening explain client.yaml --why clearance
    $ screening explain client.yaml --why-not posture_breaks
    $ screening explain client.yaml --rather hinge_squat posture_breaks
    $ screening explain client.yaml --what-if walk=provokes --what-if pain_worst=7
    $ screening explain members.csv --row 17
    """
    options = app.explanations.Options(**said)
    inquiry = app.explanations.asked(options, tuple(click.get_current_context().params))
    answer = app.explanations.explanation(knowledge_dir, subject, inquiry, found)
    whole = options.full or form is not Format.TABLE
    Terminal().page(answer.laid_out(form, page_width()), whole=whole)
