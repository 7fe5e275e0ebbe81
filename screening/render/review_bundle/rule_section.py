"""One rule as a clinician reads and answers it: HTML that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from screening.check.reviews import changed_since
from screening.explain.explanation import Cited
from screening.explain.words import Phrases
from screening.model.beneath import beneath
from screening.model.conclusions import Thing, concludes
from screening.model.expr import asked_in
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.rule import Rule
from screening.model.seen_part import SeenPart
from screening.render.explanation_page import source_words
from screening.render.knowledge_page import (
    expected_words,
    given_words,
    unknown_words,
)
from screening.render.page import clean
from screening.render.review_page import words_with
from screening.render.review_words import change_words, reviewed_words
from screening.render.rule_picture import leading_to, picture_svg

REST = "all else: the harmless answer"
MANY = 12  # questions behind a count of movements; the others of a group are in the rule book
CLIENTS = 6  # examples shown; all are in the rule book
BOXES = ("I agree", "I agree with this change", "I do not agree")


@dataclass(frozen=True)
class Bundled:
    """What a rule is bundled with: other rules, and words that stand once for several."""

    knowledge: KnowledgeBase
    rules: frozenset[str]
    shared: frozenset[SeenPart]


def rule_section(bundled: Bundled, rule: Rule) -> str:
    """Return a rule as an article: what it says, what stands behind it, and what to answer."""
    knowledge = bundled.knowledge
    head = (
        f'<article id="rule-{rule.id}"><h3>{_text(rule.title)}</h3>',
        f"<p><code>{rule.id}</code> {_text(reviewed_words(knowledge, rule))}.</p>",
        *_changed(knowledge, rule),
    )
    rest = [one for one in unsaid(bundled, rule) if one not in bundled.shared]
    shown = (*_picture(knowledge, rule), *_examples(knowledge, rule), *_answer(rule))
    return "".join((*head, _said(bundled, rule), *_also(rest), *shown, "</article>"))


def _said(bundled: Bundled, rule: Rule) -> str:
    """Return what a rule says, asks, rests on and cites."""
    knowledge = bundled.knowledge
    parts = (
        *_what(knowledge, rule),
        *_asked(knowledge, rule),
        *_beneath(bundled, rule),
        *_sources(knowledge, rule),
    )
    return "".join(parts)


def unsaid(bundled: Bundled, rule: Rule) -> tuple[SeenPart, ...]:
    """Return the texts that are signed with a rule and that its own section does not say."""
    said, words = _said(bundled, rule), words_with(bundled.knowledge, rule)
    return tuple(one for one in words if _text(one.says) not in said)


def _also(rest: list[SeenPart]) -> Iterator[str]:
    """Yield texts that are signed with a rule and stand nowhere else: none is left out."""
    if rest:
        items = _list(f"{one.named}: {one.says}" for one in rest)
        yield f'<div class="also"><h4>Signed with it</h4>{items}</div>'


def _changed(knowledge: KnowledgeBase, rule: Rule) -> Iterator[str]:
    """Yield what has changed since the last signature."""
    changed = changed_since(knowledge, rule) if rule.review.words else ()
    if changed is None:
        yield "<p><b>Changed since it was signed; what was signed is not on record.</b></p>"
    elif changed:
        items = _list(change_words(one) for one in changed)
        yield f'<div class="changed"><h4>Changed since it was signed</h4>{items}</div>'


def _what(knowledge: KnowledgeBase, rule: Rule) -> Iterator[str]:
    yield f"<h4>If</h4>{_nested([*Phrases(knowledge, named=True).tree(rule.when)])}"
    yield f"<h4>Then</h4>{_list(concludes(knowledge, one) for one in rule.then)}"
    unknown = "leave the rule open" if rule.unknown is None else unknown_words(rule.unknown)
    yield _labelled(
        (
            ("Because", rule.because),
            ("Unknown answers", unknown),
            ("The client is told", rule.say or ""),
            ("Sources disagree", rule.conflict or ""),
            ("Written by", rule.author),
        )
    )


def _nested(lines: list[str]) -> str:
    """Return a condition as lists within lists, by how far each line is indented."""
    html, depth = "<ul>", 0
    for number, line in enumerate(lines):
        here = (len(line) - len(line.lstrip(" "))) // 2
        if number:
            html += "<ul>" if here > depth else "</li>" + "</ul></li>" * (depth - here)
        html += f"<li>{_text(line.strip())}"
        depth = here
    return html + "</li>" + "</ul></li>" * depth + "</ul>"


def _asked(knowledge: KnowledgeBase, rule: Rule) -> Iterator[str]:
    """Yield what clients are asked, in the words of the interview."""
    names = asked_in(rule.when, knowledge.members)
    if not names:
        return
    questions = [knowledge.questions[name] for name in names]
    more = len(questions) - MANY
    rest = f"<p>… and {more} more movements of these kinds.</p>" if more > 0 else ""
    yield f"<h4>What is asked</h4>{_list(map(_question, questions[:MANY]))}{rest}"


def _question(question: Question) -> str:
    answers = question.span if question.is_number else " / ".join(o.say for o in question.answers)
    return question.ask if question.is_movement else f"{question.ask} ({answers})"


def _beneath(bundled: Bundled, rule: Rule) -> Iterator[str]:
    """Yield the rules that make the findings this one rests on: signing it signs them too.

    Those that are bundled themselves are only named.
    """
    knowledge = bundled.knowledge
    names = sorted(name for name in beneath(knowledge, rule) if isinstance(name, str))
    if names:
        items = "".join(f"<li>{_below(bundled, knowledge.rules[name])}</li>" for name in names)
        yield f"<h4>What lies beneath</h4><ul>{items}</ul>"


def _below(bundled: Bundled, rule: Rule) -> str:
    title = _text(rule.title)
    if rule.id in bundled.rules:
        return f'<a href="#rule-{rule.id}">{title}</a>'
    return f"{title}: if {_text(Phrases(bundled.knowledge).phrase(rule.when))}"


def _sources(knowledge: KnowledgeBase, rule: Rule) -> Iterator[str]:
    cited = (Cited(one, knowledge.sources[one.source]) for one in rule.evidence)
    items = "".join(
        f'<li><a href="#source-{_text(one.source.key)}">{_text(source_words(one))}</a></li>'
        for one in cited
    )
    yield f"<h4>Sources</h4><ul>{items}</ul>"


def _picture(knowledge: KnowledgeBase, rule: Rule) -> Iterator[str]:
    graph = leading_to(knowledge, rule.id, deep=False)
    drawing = picture_svg(knowledge, graph, f"p-{rule.id}-", _address)
    yield f'<div class="drawing" tabindex="0" role="region" aria-label="Picture">{drawing}</div>'


def _address(thing: Thing) -> str:
    sort, name = thing
    return f"#rule-{name}" if sort is Sort.RULE else ""


def _examples(knowledge: KnowledgeBase, rule: Rule) -> Iterator[str]:
    """Yield the examples as clients, with the level the rule alone must refer at."""
    rows = []
    for one in rule.examples[:CLIENTS]:
        given = given_words(knowledge, one.given)
        said = "; ".join(filter(None, (given, REST if one.harmless_rest else "")))
        cells = (one.name, said or "nothing asked yet", expected_words(one))
        rows.append("".join(f"<td>{_text(cell)}</td>" for cell in cells))
    if rows:
        head = "".join(f'<th scope="col">{one}</th>' for one in ("client", "answers", "the rule"))
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        left = len(rule.examples) - len(rows)
        more = f"<p>{left} more in the rule book.</p>" if left else ""
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        yield f"<h4>Clients</h4>{table}{more}"


def _answer(rule: Rule) -> Iterator[str]:
    """Yield the boxes to tick and the room for remarks."""
    boxes = "".join(f"<li>{words}</li>" for words in BOXES)
    yield f'<div class="answer"><p><b>{rule.id}</b></p><ul class="boxes">{boxes}</ul>'
    yield '<p>Remarks</p><p class="line"></p><p class="line"></p></div>'


def _labelled(rows: Iterable[tuple[str, str]]) -> str:
    pairs = "".join(f"<dt>{one}</dt><dd>{_text(said)}</dd>" for one, said in rows if said)
    return f"<dl>{pairs}</dl>"


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in items)}</ul>"


def _text(words: str) -> str:
    shown = clean(words)
    return escape(shown)
