"""Every way the program talks: results, explanations, pages of the knowledge and help."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import click
import pytest
from complete_clients import complete_clients
from never_said import never_said, never_shown, quoted_in

from screening.assess import Assessor
from screening.cli import main
from screening.explain import Ground
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.render.explained import Ask, explained
from screening.render.formats import assessment_output, output
from screening.render.knowledge_page import show_page
from screening.render.listing import list_page
from screening.render.page import FORMATS, Format, PageFormat
from screening.render.table import text

SEEDS = range(2000, 2003)
WIDE = 100_000  # columns: no line is broken, so no phrase is
PLANTED = "You are safe to train."
LISTS = ("questions", "findings", "categories", "exercises", "rules")
Shown = Iterator[tuple[str, str]]  # what was asked, and the output


def half_asked(case: Case, seed: int) -> Case:
    """Return the case with every second answer taken out for every third client."""
    if seed % 4:
        return case
    kept = {name: value for n, (name, value) in enumerate(case.answers.items()) if n % 2}
    return replace(case, answers=kept, other_exercises=("croquet",))


def asked(ground: Ground, draw: random.Random) -> Iterator[tuple[Ask, tuple[str, ...]]]:
    """Yield one of every kind of question to a result."""
    knowledge, found = ground.knowledge, ground.assessment
    targets = [*knowledge.categories, *knowledge.exercises, *knowledge.findings, "referral"]
    yield Ask.HOW, ()
    yield Ask.FULL, ()
    for name in (*draw.sample(targets, 3), *(plan.exercise for plan in found.programme[:2])):
        yield Ask.WHY, (name,)
        yield Ask.WHY_NOT, (name,)
    yield Ask.WHY, ("referral",)
    yield Ask.RATHER, tuple(draw.sample([*knowledge.categories], 2))
    yield Ask.WHAT_IF, ("walk=provokes", "pain_worst=7")
    yield Ask.WHAT_IF, ("saddle=no",)


def results(assessor: Assessor, seeds: range, form: PageFormat) -> Shown:
    """Yield the result and the explanations of some clients, in a format."""
    knowledge = assessor.knowledge
    for seed, case in zip(seeds, complete_clients(knowledge, seeds), strict=True):
        ground = Ground(assessor, assessor.conclude(half_asked(case, seed)))
        yield f"{seed}", assessment_output(ground.assessment, knowledge, form, "x", width=WIDE)
        for ask, words in asked(ground, random.Random(seed)):  # noqa: S311 - not secret
            page, json = explained(ground, ask, words, "x")
            yield f"{seed} {ask.name} {words}", output(page, json, form, width=WIDE)


def pages(knowledge: KnowledgeBase) -> Shown:
    """Yield every list, and the page of everything that has one."""
    for kind in LISTS:
        yield kind, text(list_page(knowledge, kind), WIDE)
    for kind in (*LISTS, "sources"):
        for name in getattr(knowledge, kind):
            yield name, text(show_page(knowledge, name), WIDE)
    yield "pack", text(show_page(knowledge, "pack"), WIDE)


def help_pages(command: click.Command, name: str = "screening") -> Shown:
    """Yield the help of a command and of all commands under it."""
    context = click.Context(command, info_name=name, max_content_width=WIDE, terminal_width=WIDE)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from help_pages(found, f"{name} {inner}")


def planted_in(knowledge: KnowledgeBase, where: str, phrase: str) -> KnowledgeBase:
    """Return the knowledge with a phrase in place of every text of one kind."""
    match where:
        case "act":
            levels = {k: replace(v, act=phrase) for k, v in knowledge.levels.items()}
            return replace(knowledge, levels=levels)
        case "advice":
            advice = {k: replace(v, text=phrase) for k, v in knowledge.advice.items()}
            return replace(knowledge, advice=advice)
        case "because":
            rules = {k: replace(v, because=phrase) for k, v in knowledge.rules.items()}
            return replace(knowledge, rules=rules)
        case _:
            categories = {
                k: replace(v, title=phrase, dose=replace(v.dose, text=phrase))
                for k, v in knowledge.categories.items()
            }
            return replace(knowledge, categories=categories)


def broken(shown: Shown, knowledge: KnowledgeBase) -> list[tuple[str, list[str]]]:
    """Return the outputs that say what is never said."""
    quoted = quoted_in(knowledge)
    judged = ((name, never_shown(page, quoted)) for name, page in shown)
    return [one for one in judged if one[1]]


@pytest.mark.parametrize("form", FORMATS)
def test_no_result_or_explanation_says_what_is_never_said(
    assessor: Assessor, form: PageFormat
) -> None:
    assert broken(results(assessor, SEEDS, form), assessor.knowledge) == []


def test_no_page_of_the_knowledge_says_what_is_never_said(shipped: KnowledgeBase) -> None:
    assert broken(pages(shipped), shipped) == []


def test_no_help_says_what_is_never_said() -> None:
    shown = dict(help_pages(main))
    assert {"screening", "screening run", "screening knowledge show"} <= set(shown)
    assert [name for name, page in shown.items() if never_said(page)] == []


# that these tests can fail


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("where", ["act", "advice", "because", "category"])
def test_a_phrase_planted_in_the_knowledge_is_found(
    shipped: KnowledgeBase, where: str, form: PageFormat
) -> None:
    if (where, form) == ("act", Format.JSON):
        pytest.skip("JSON names levels by their word")
    planted = Assessor(planted_in(shipped, where, PLANTED))
    assert broken(results(planted, SEEDS[1:3], form), planted.knowledge)


def test_a_phrase_planted_in_a_page_or_in_help_is_found(shipped: KnowledgeBase) -> None:
    planted = planted_in(shipped, "because", PLANTED)
    assert broken(pages(planted), planted)

    @click.command(epilog="Only a pulled muscle.")
    @click.option("--x", help="Says that nothing is serious: all clear.")
    def planted_help() -> None:
        """Find out whether you are safe to train."""

    ((_, page),) = help_pages(planted_help)
    assert len(never_said(page)) >= 3
