"""Asking about answers that do not fit together."""

from __future__ import annotations

from screening.cli.conversation import Conversation
from screening.diagnostics import quoted
from screening.interview import wording
from screening.interview.reply import plain, read_command
from screening.records.event import Kept


def settle(talk: Conversation, rule: str) -> None:
    """Show the answers a rule finds at odds; let one be changed, or keep all."""
    odd = _show(talk, rule)
    while True:
        text = talk.terminal.line()
        said = plain(text)
        command = read_command(text)
        if said in {"k", "keep"}:
            return talk.take(Kept(rule))
        if said in {str(place + 1) for place in range(len(odd))}:
            talk.session = talk.session.change(odd[int(said) - 1])
            return None
        if command is None:
            expected = f"expected 1 to {len(odd)}, or k"
            talk.terminal.say(f"{quoted(text)} is not clear: {expected}.")
        elif talk.command(command):
            return None


def _show(talk: Conversation, rule: str) -> tuple[str, ...]:
    answers = talk.standing()
    odd = wording.at_odds(talk.knowledge, rule, answers)
    talk.terminal.say()
    talk.terminal.say("These answers do not seem to fit together:", bold=True)
    for place, name in enumerate(odd, start=1):
        question = talk.knowledge.questions[name]
        talk.terminal.say(f"{place} {question.short}: {question.said(answers[name])}", indent="  ")
    talk.terminal.say("A number changes that answer · k keeps all; the more urgent counts")
    return odd
