"""From explanations to the page a trainer reads: the answer first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from screening.diagnostics import word
from screening.explain.evidence import Ground
from screening.explain.explain import URGENT, Full
from screening.explain.explanation import Cited, Explanation, Reason, Standing, State, WhatIf
from screening.explain.explanation import Obstacle as InTheWay
from screening.explain.sentence import one_sentence
from screening.explain.subject import all_subjects
from screening.explain.words import answer_words
from screening.model.catalogue import Category
from screening.model.conclusions import listing_of
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Grade, Read, Truth
from screening.render.assessment_page import standing_line
from screening.render.page import Block, Bullets, Grid, Heading, Page, Pairs, Paragraph, Subheading

GRADES = {
    Grade.GUIDELINE: "guideline",
    Grade.SYSTEMATIC_REVIEW: "systematic review",
    Grade.RCT: "randomised trial",
    Grade.COHORT: "cohort study",
    Grade.BIOMECH: "lab study",
    Grade.CASE: "published case",
    Grade.EXPERT: "expert opinion",
    Grade.SEED: "the article this began with",
    Grade.DESIGN: "our own estimate",
}
READ = {
    Read.FULL: "read in full",
    Read.TABLE: "one table read",
    Read.ABSTRACT: "abstract read",
    Read.SECOND_HAND: "known second-hand",
    Read.UNVERIFIED: "not verified",
}
TRUTHS = {Truth.TRUE: "fires", Truth.FALSE: "does not fire", Truth.UNDECIDED: "undecided"}
REFUSAL = "Safety answers are changed by asking the client, not here."
OPENS = (
    "This would have to be asked first. While it is not answered the worst is reckoned with, so "
    "what is below can still change:"
)
NEITHER = "Nothing here speaks for one rather than the other. Of both it says:"
SOURCES_SHOWN = 2


def why_page(explanation: Explanation, knowledge: KnowledgeBase) -> Page:
    """Return the page of one explanation."""
    blocks = list(_why(explanation, knowledge))
    other = explanation.rather_than
    if other is not None:
        if _verdict(explanation) == _verdict(other):
            blocks.insert(1, Paragraph(f"{NEITHER} {_verdict(other)}."))
        blocks += [Heading(f"Why not {other.title}")]
        blocks += list(_why(other, knowledge))[1:]
    return (*blocks, _footer(rules_in(explanation), knowledge))


def _verdict(explanation: Explanation) -> str:
    """Return what is said of something, without how."""
    return explanation.says.split(".")[0].split(":")[0].lower()


def how_page(explanations: tuple[Explanation, ...], knowledge: KnowledgeBase, intake: str) -> Page:
    """Return the page of everything concluded: one row each, and what is withheld by what."""
    held = [e for e in explanations if e.standing is Standing.WITHHELD]
    advice = [e.target for e in explanations if listing_of(knowledge, e.target) is not None]
    rows = [
        (f"{e.title}: {e.says}", _summed(e.reasons), e.reasons[0].rule if e.reasons else "")
        for e in explanations
        if e.standing is not Standing.WITHHELD and e.target not in advice
    ]
    blocks: list[Block] = [Heading("What was concluded, and on which answers")]
    if rows:
        blocks.append(Grid(("conclusion", "because of", "rule"), tuple(rows)))
    if held:
        by = ", ".join(dict.fromkeys(r.rule for e in held for r in e.reasons))
        blocks.append(Heading("Withheld"))
        blocks.append(Paragraph(f"{', '.join(e.title for e in held)}."))
        blocks.append(Paragraph(f"By: {by or 'questions not answered yet'}."))
    if advice:
        blocks += [Heading("Advice, by its id"), Paragraph(f"{', '.join(advice)}.")]
    blocks.append(Paragraph(f"More: `screening explain {word(intake)} --why NAME`, or `--full`."))
    return (*blocks, _footer(rules_in(*explanations), knowledge))


def what_if_page(result: WhatIf, ground: Ground) -> Page:
    """Return the page of a what-if; exercises outside the programme are only counted."""
    knowledge = ground.knowledge
    asked = "; ".join(
        f"{knowledge.questions[q].short}: {_said(knowledge, q, v)}" for q, v in result.answers
    )
    blocks: list[Block] = [Heading(f"What if {asked}")]
    other = set(knowledge.exercises) - set(ground.concluded.case.programme)
    shown = [change for change in result.changes if change.target not in other]
    if result.refused:
        blocks += [Paragraph(REFUSAL), Paragraph("Nothing of the result is shown.")]
        return (*blocks, _footer(set(), knowledge))
    if any(c.target == "referral" and c.after in URGENT for c in shown):
        shown = [c for c in shown if c.target == "referral" or c.target in knowledge.findings]
        blocks.append(Paragraph("Every exercise conclusion would be withheld."))
    if result.opens:
        blocks.append(Paragraph(OPENS))
        blocks.append(Bullets(tuple(knowledge.questions[name].ask for name in result.opens)))
    rows = tuple(
        (
            _title(knowledge, c.target),
            _in_words(knowledge, c.before),
            _in_words(knowledge, c.after),
        )
        for c in shown
    )
    blocks.append(Grid(("what", "now", "then"), rows) if rows else Paragraph("Nothing changes."))
    if outside := sum(change.target in other for change in result.changes):
        blocks.append(Paragraph(f"Exercises outside the programme that change: {outside}."))
    return (*blocks, _footer(rules_changing(result), knowledge))


def full_page(everything: Full, explanations: tuple[Explanation, ...], ground: Ground) -> Page:
    """Return the page of everything: conclusions, answers, every rule's truth, every source."""
    knowledge = ground.knowledge
    blocks = list(how_page(explanations, knowledge, "FILE"))[:-2]
    answers = tuple((q, _said(knowledge, q, value)) for q, value in everything.answers)
    blocks += [Heading("Answers"), Grid(("question", "answer"), answers)]
    for one in everything.reasons:
        if not knowledge.rules[one.rule].cell:
            blocks += _reason(one, len(one.sources))
    rules = tuple((rule, TRUTHS[truth]) for rule, truth in everything.rules)
    blocks += [Heading("Every rule"), Grid(("rule", "truth"), rules)]
    used = {c.source.key: c.source for one in everything.reasons for c in one.sources}
    sources = tuple(
        f"{key}: {used[key].citation} ({READ[used[key].read]})" for key in sorted(used)
    )
    blocks += [Heading("Sources"), Bullets(sources)]
    return (*blocks, _footer(rules_behind(everything), knowledge))


def _why(explanation: Explanation, knowledge: KnowledgeBase) -> Iterator[Block]:
    yield Heading(explanation.title)
    yield Paragraph(f"{explanation.says[:1].upper()}{explanation.says[1:]}.".replace("..", "."))
    sentence = one_sentence(explanation, knowledge)
    if sentence:
        yield Paragraph(sentence)
    if explanation.standing is Standing.CONCLUDED and explanation.target in knowledge.categories:
        yield from _steps(knowledge.categories[explanation.target])
    for one in explanation.reasons:
        yield from _reason(one, SOURCES_SHOWN)
    if explanation.ranges:
        yield Heading("How far the numbers may move")
        yield Bullets(
            tuple(
                f"{question.short}: {question.written(r.value)}. Anything from "
                f"{question.written(r.low)} to {question.written(r.high)} gives this."
                for r in explanation.ranges
                for question in (knowledge.questions[r.question],)
            )
        )
    shown = {one.rule for one in explanation.reasons}
    blocks = [block for block in explanation.blocked_by if block.rule not in shown]
    if blocks and explanation.standing is not Standing.WITHHELD:
        open_ = explanation.standing is Standing.UNDECIDED
        yield Heading("What it waits for" if open_ else "What stands in the way")
        rows = tuple(_in_the_way(block, knowledge) for block in blocks)
        yield Grid(("needed", "but", "rule"), rows)
    if explanation.reached:
        yield Heading("Reached, and withheld")
        yield Paragraph(f"Rules: {', '.join(explanation.reached)}.")
    if explanation.open:
        yield Heading("Still open: these answers could change it")
        yield Bullets(tuple(f"{knowledge.questions[q].ask} ({q})" for q in explanation.open))


def _reason(one: Reason, sources: int) -> Iterator[Block]:
    yield Subheading(one.title)
    rows = [("Answers", fact.words) for fact in one.facts]
    rows += [("Rests on", rested.words) for rested in one.findings]
    rows.append(("Because", one.because))
    rows += [("Source", source_words(cited)) for cited in one.sources[:sources]]
    if len(one.sources) > sources:
        rows.append(("Sources", f"and {len(one.sources) - sources} more (`--full`)"))
    if one.conflict:
        rows.append(("Sources disagree", one.conflict))
    rows.append(("Rule", one.rule))
    yield Pairs(tuple(rows))


def source_words(cited: Cited) -> str:
    """Return a source, its place, its strength and how much of it was read."""
    evidence, source = cited.evidence, cited.source
    place = f", {evidence.at}" if evidence.at else ""
    read = "" if source.kind == "design" else f", {READ[source.read]}"
    return f"{source.key}{place}: {GRADES[evidence.grade]}{read}"


def _steps(category: Category) -> Iterator[Block]:
    """Yield how a category is made easier and harder, where it says so."""
    rows = (("Easier", category.regress), ("Harder", category.progress))
    if any(text for _, text in rows):
        yield Pairs(tuple((label, text) for label, text in rows if text))


def _in_the_way(block: InTheWay, knowledge: KnowledgeBase) -> tuple[str, str, str]:
    if block.state is State.OVERRIDDEN:
        return knowledge.rules[block.rule].title, block.said or "this rule wins", block.rule
    if block.state is State.NOT_ASKED:
        return block.condition, block.said or "not answered yet", block.rule
    return block.condition, block.said or "not so", block.rule


def _summed(reasons: tuple[Reason, ...]) -> str:
    """Return what the first reason rests on, in words."""
    facts = [fact.words for one in reasons[:1] for fact in one.facts]
    rested = [rested.words for one in reasons[:1] for rested in one.findings]
    return "; ".join(dict.fromkeys((*rested, *facts)))


def _said(knowledge: KnowledgeBase, question: str, value: Value) -> str:
    return answer_words(knowledge.questions[question], value)


def _in_words(knowledge: KnowledgeBase, said: str) -> str:
    """Return what a difference says in the words of the page."""
    titled = {level.word: one.title for level, one in knowledge.levels.items()}
    titled |= {one.id: one.title for one in knowledge.stages.values()}
    titled |= {one.id: one.title for one in knowledge.clearances.values()}
    plain = said.replace(" (soft)", " for now").replace(" (hard)", "")
    return titled.get(said, plain) or "-"


def _title(knowledge: KnowledgeBase, target: str) -> str:
    """Return how a target is named for people; what has no title goes by its id."""
    listing = listing_of(knowledge, target)
    if listing is not None:
        return f"{listing.key} {target}"
    titles = {one.id: one.title for one in all_subjects(knowledge) if one.sort is not Sort.RULE}
    return titles.get(target, target)


def rules_in(*explanations: Explanation) -> set[str]:
    """Return every rule explanations name, those behind what they compare with included."""
    named: set[str] = set()
    for one in explanations:
        named.update(reason.rule for reason in one.reasons)
        named.update(block.rule for block in one.blocked_by)
        named.update(one.reached)
        if one.rather_than is not None:
            named |= rules_in(one.rather_than)
    return named


def rules_changing(result: WhatIf) -> set[str]:
    """Return the rules behind what would change."""
    return {rule for change in result.changes for rule in change.rules}


def rules_behind(everything: Full) -> set[str]:
    """Return every rule that fired."""
    return {one.rule for one in everything.reasons}


def unreviewed(rules: set[str], knowledge: KnowledgeBase) -> int:
    """Return how many of the rules no clinician has reviewed."""
    return sum(not knowledge.rules[rule].reviewed for rule in rules)


def _footer(rules: set[str], knowledge: KnowledgeBase) -> Block:
    return Paragraph(standing_line(knowledge, unreviewed(rules, knowledge)))
