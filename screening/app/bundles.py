"""Bundles for reviewers: written as one page and a file for answers, and taken back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from screening.app.knowledge import open_knowledge
from screening.app.ports import Tell
from screening.app.reviews import Reviews, Signing, asked_for, until
from screening.diagnostics import Code, Diagnostic, quoted, suggestion
from screening.errors import MisuseError, UnwritableError
from screening.load import load
from screening.load.review_answers import load_review_answers
from screening.model.knowledge import KnowledgeBase
from screening.model.review_answers import NOTHING, AnsweredRule, ReviewAnswer
from screening.model.what_is_seen import seen_digest
from screening.render.page import clean, counted
from screening.render.review_bundle import answers_file, bundle_html, in_parts
from screening.write.disk import writable

ENDING = ".html"
SAID = {
    ReviewAnswer.NOT_READ: "not read",
    ReviewAnswer.AGREE: "agrees",
    ReviewAnswer.CHANGE: "agrees with a change",
    ReviewAnswer.DISAGREE: "does not agree",
}


def bundled(names: tuple[str, ...], output: Path, directory: Path | None, *, every: bool) -> str:
    """Write a bundle and the file for its answers; return what to say of it.

    It holds the rules and topics named; without any, all that nobody has signed as they are, or
    with `every` all.

    Raises:
        MisuseError: when the file is not to be HTML, or no rule is left to read.
        UnwritableError: when a file cannot be written, or answers are there already.

    """
    if output.suffix != ENDING:
        raise MisuseError(f"the bundle is HTML: end its name in `{ENDING}`")
    base = open_knowledge(directory, library=True)
    rules = asked_for(base, names or tuple(rule.id for rule in base.written_rules))
    left = [rule for rule in rules if every or names or not rule.reviewed]
    if not left:
        raise MisuseError("every rule is signed as it is; `--all` bundles them all the same")
    parts = in_parts(base, left)
    answers = output.with_suffix(".yaml")
    if answers.exists():
        raise UnwritableError(
            f"{quoted(str(answers))} is there and may hold answers\n  help: name another file"
        )
    _put(answers, answers_file(base, parts))
    _put(output, bundle_html(base, parts, answers.name))
    minutes = sum(part.minutes for part in parts)
    return (
        f"{clean(str(output))}: {counted(len(left), 'rule')} in {counted(len(parts), 'part')}, "
        f"{counted(minutes, 'minute')} to read\n{clean(str(answers))}: for the answers"
    )


def _put(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8", newline="\n")
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or "this is not a file name").lower()
        raise UnwritableError(f"{quoted(str(path))} cannot be written: {reason}") from error


@dataclass(frozen=True, slots=True)
class ReturnedBundle:
    """What came back with a bundle: rules to sign, what is refused, and what stays open."""

    reviews: Reviews
    refused: tuple[Diagnostic, ...]
    points: tuple[str, ...]
    question: str

    def signed(self, signing: Signing) -> bool:
        """Sign what was agreed to, once somebody says so; tell whether all of it was signed."""
        signing.complain(self.refused)
        agreed = bool(self.reviews.rules)
        sure = agreed and signing.agrees(self.question)
        signed = not sure or self.reviews.signed(signing, unseen=True)
        return not self.refused and sure is agreed and signed


def taken_back(
    path: Path, by: str, due: datetime.date | None, directory: Path | None, tell: Tell
) -> ReturnedBundle:
    """Return what a reviewer answered; nothing is signed yet.

    Raises:
        BadInputError: with all that cannot be read.
        MisuseError: when nobody is named.
        UnknownTargetError: when nobody on record is called so.
        UnwritableError: when the knowledge is not theirs to write.

    """
    found = load_review_answers(path)
    name = by or found.reviewer
    if name == NOTHING:
        raise MisuseError("who has read it? put the name under `reviewer`, or add `--by`")
    root = writable(directory)
    base = load(root, library=True)
    agreed = [one for one in found.answers if one.answer is ReviewAnswer.AGREE]
    refused = tuple(_refused(base, agreed))
    out = {one.at for one in refused}
    good = tuple(base.rules[one.rule] for one in agreed if one.at not in out)
    signature = until(base, name, due)
    question = f"Record that {signature.by.titled} agrees to {counted(len(good), 'rule')}?"
    points = (*_points(found.answers), _unread(found.answers))
    return ReturnedBundle(
        Reviews(root, base, good, signature, tell), refused, tuple(filter(None, points)), question
    )


def _refused(base: KnowledgeBase, agreed: list[AnsweredRule]) -> Iterator[Diagnostic]:
    """Yield each agreement to what is there no longer, or says something else."""
    written = {rule.id: rule for rule in base.written_rules}
    for one in agreed:
        if one.rule not in written:
            help_ = suggestion(one.rule, written)
            yield Diagnostic(Code.dangling_target, f"no rule {quoted(one.rule)}", one.at, help_)
            continue
        now = seen_digest(base, written[one.rule])
        if now != one.seen:
            half = len(now) // 2
            logic = now[:half] != one.seen[:half]
            code = Code.unseen_logic if logic else Code.unseen_words
            what = "logic" if logic else "words"
            message = f"the {what} of `{one.rule}` changed since the bundle was made"
            yield Diagnostic(code, message, one.at, "bundle it again: it has to be read again")


def _points(answers: tuple[AnsweredRule, ...]) -> Iterator[str]:
    """Yield what stays open: each answer that is no plain agreement, and each remark."""
    for one in answers:
        if one.answer in (ReviewAnswer.CHANGE, ReviewAnswer.DISAGREE) or one.remarked:
            remark = f": {clean(one.remarked)}" if one.remarked else ", without a remark"
            yield f"- {clean(one.rule)}: {SAID[one.answer]}{remark}"


def _unread(answers: tuple[AnsweredRule, ...]) -> str:
    left = sum(one.answer is ReviewAnswer.NOT_READ for one in answers)
    return f"- {counted(left, 'rule')} not read" if left else ""
