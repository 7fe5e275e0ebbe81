"""From a form to one HTML file that a client answers at home, and that loads nothing else.

The scripts beside it work the gates that were compiled, and lock the answers; a content policy
lets those scripts run, by their digests, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from screening.draw.svg import styles
from screening.interview.form_gates import FormGates
from screening.model.knowledge import KnowledgeBase
from screening.model.pack import Country
from screening.model.question import Question
from screening.model.vocabularies import Level
from screening.render.form_figures import figure_rows
from screening.render.json_form import Json
from screening.render.page import clean

FILE = """\
<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="{policy}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="referrer" content="no-referrer"/>
<title>Before your session</title>
<style>{style}</style></head>
<body>
<main id="page">{without}</main>
<footer><p><strong>Something sudden, or feeling very unwell?</strong> Stop here. {help} You need
not finish.</p></footer>
<script type="application/json" id="form">{data}</script>
<script>{script}</script>
</body>
</html>
"""
SCRIPTS = ("gates.js", "seal.js", "form.js")
PURPOSE = "screening form 1"
OPENS, CLOSES = "SCREENING ANSWERS BEGIN", "SCREENING ANSWERS END"
NUMBERS = ("112", "999", "911", "000", "111")
INSTEAD = (
    "Open it on a computer, in Chrome, Edge or Firefox.",
    "Ask your trainer for it as a link that begins with https. Phones open that.",
    "Or answer when you meet, on your trainer’s screen.",
)
BEFORE = (
    "Your trainer reads your answers before the session. Nobody is watching while you answer.",
    "Ten minutes, one question at a time. You can go back, change an answer, and stop any time.",
    "Your answers stay on this page until you send them. Keep the page open until then.",
    "They are locked before they leave it: only your trainer can open them.",
)
AFTER = (
    "Copy the text into a message or a mail to your trainer, or save the file and send that.",
    "Only your trainer can open it. Your answers are gone from this page.",
    "Nothing is kept on this device but what you save or copy. Delete that once it is sent.",
    "Getting worse before you hear back? Do not wait for your trainer: get help.",
)
PRIVATE = "Private. Only your trainer can open the answer. You may say that you’d rather not."
LOCKING = "After that they cannot be changed here."
UNFINISHED = "There are more questions. What you leave out, your trainer asks you."
EXERCISES = "Which exercises do you do at the moment?"
LINES = "One a line, as you call them"
UNSEEN = "Nobody sees this page. Your trainer knows nothing of it yet."


@dataclass(frozen=True, slots=True)
class FormPage:
    """What is in a form beside its words: for which invitation, key and knowledge it is.

    `figures` gives the SVG of what shows a question, or nothing.
    """

    invitation: str
    key: str
    knowledge: KnowledgeBase
    gates: FormGates
    country: Country | None
    figures: Callable[[str], str]


def form_html(page: FormPage) -> str:
    """Return the text of the file."""
    drawn = any(page.figures(one.id) for one in page.gates.questions)
    script, style = _script(), _part("form.css") + (styles() if drawn else "")
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    data = json.dumps(form_json(page), separators=(",", ":")).replace("<", r"\u003c")
    return FILE.format(
        language=escape(page.knowledge.pack.language),
        policy=policy,
        style=style,
        without=_without_script(),
        help=escape(_help(page)),
        data=data,
        script=script,
    )


def form_json(page: FormPage) -> dict[str, Json]:
    """Return what the scripts read: questions, gates, words, and whom it is locked for."""
    gates = page.gates
    asked = {one.topic for one in gates.questions}
    shown = {topic.id: topic.title for topic in page.knowledge.topics if topic.id in asked}
    return {
        "purpose": PURPOSE,
        "invitation": page.invitation,
        "key": page.key,
        "knowledge": page.knowledge.digest,
        "gates": [[*row] for row in gates.gates],
        "questions": [_question(page, one, list(shown)) for one in gates.questions],
        "parents": {name: list(above) for name, above in gates.parents.items()},
        "reads": {name: list(wires) for name, wires in gates.reads.items()},
        "ruled_out": {name: list(wires) for name, wires in gates.ruled_out.items()},
        "emergency": gates.emergency,
        "ends": [[wire, _local(page, _end(page, rule))] for rule, wire in gates.ends],
        "helpers": [[list(wires), _how(page, to)] for to, wires in gates.helpers.items()],
        "parts": [_local(page, title) for title in shown.values()],
        "words": _words(page),
    }


def _question(page: FormPage, one: Question, topics: list[str]) -> Json:
    return {
        "id": one.id,
        "part": topics.index(one.topic) + 1,
        "ask": _local(page, one.ask),
        "short": _local(page, one.short),
        "help": _local(page, one.help),
        "answers": [[option.id, _local(page, option.say)] for option in one.answers],
        "figure": figure_rows(svg) if (svg := page.figures(one.id)) else None,
        "movement": one.is_movement,
        "first": one.id in page.gates.first,
        "private": one.intimate,
        **({"low": one.low, "high": one.high, "span": one.span} if one.is_number else {}),
        "unit": one.unit,
    }


def _words(page: FormPage) -> Json:
    return {
        "before": list(BEFORE),
        "after": list(AFTER),
        "instead": list(INSTEAD),
        "private": PRIVATE,
        "locking": LOCKING,
        "unfinished": UNFINISHED,
        "unseen": UNSEEN,
        "emergency": _help(page),
        "exercises": EXERCISES,
        "lines": LINES,
        "numbers": list(NUMBERS),
        "opens": OPENS,
        "closes": CLOSES,
    }


def _end(page: FormPage, rule: str) -> str:
    """Return what a client is told where a rule ends the questions."""
    return page.knowledge.rules[rule].say or page.knowledge.rules[rule].title


def _help(page: FormPage) -> str:
    """Return how a client gets to whom an emergency is sent."""
    return _how(page, page.knowledge.levels[Level.EMERGENCY].to)


def _how(page: FormPage, to: str) -> str:
    """Return how a client gets to a target; what the level says to do, where that is not said."""
    target = page.knowledge.targets.get(to)
    level = page.knowledge.levels[Level.EMERGENCY]
    return _local(page, target.how if target is not None and target.how else level.act)


def _local(page: FormPage, text: str) -> str:
    return clean(text if page.country is None else page.country.local(text))


def _without_script() -> str:
    """Return what shows where no script runs."""
    ways = "".join(f"<li>{escape(one)}</li>" for one in INSTEAD)
    return f"<h1>This page does not work here</h1><p>Instead:</p><ul>{ways}</ul>"


@cache
def _part(name: str) -> str:
    return files("screening.render").joinpath(f"form/{name}").read_text("utf-8")


def _script() -> str:
    return "\n".join(_part(name) for name in SCRIPTS)


def _digest(text: str) -> str:
    """Return the digest by which a content policy lets a script or style in."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
