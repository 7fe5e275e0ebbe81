"""Reviews: who may sign, what is read before, what stands in the way, and what is recorded."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from screening import app
from screening.app.extras import have
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.app.result_cache import Remembered, remembered
from screening.app.rule_life import rule_in_force
from screening.app.rule_tests import told_apart
from screening.check import check
from screening.diagnostics import Code, Diagnostic, quoted, suggestion
from screening.errors import MisuseError, UnknownTargetError
from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.pack import Reviewer
from screening.model.reviewing import folded_name
from screening.model.rule import Rule
from screening.mutation.verdicts import Judge
from screening.render.page import clean, counted
from screening.render.review_page import review_page
from screening.scaffold.lifecycle import Signature, errors_about, obstacles, sign
from screening.schema.keys import ID
from screening.write import Plain, form_of, with_entry
from screening.write.disk import put, read_text, writable

YEAR = datetime.timedelta(days=365)
REVIEWERS = Path("reviewers.yaml")


class Signing(NamedTuple):
    """What a reviewer is shown and asked with."""

    complain: Callable[[tuple[Diagnostic, ...]], None]
    tell: Tell
    show: Callable[[Printout], None]
    agrees: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class PendingReview:
    """A rule that is about to be signed: its page, and what stands in the way.

    `elsewhere` are broken promises that the rule takes no part in: they are said, and no more.
    """

    reviews: Reviews
    rule: Rule
    trouble: tuple[Diagnostic, ...]
    elsewhere: tuple[str, ...]

    @property
    def shown(self) -> Printout:
        """The rule as it is read."""
        return Printout(review_page(self.reviews.base, self.rule))

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said before the rule is read: it stops nothing."""
        names = ", ".join(f"`{name}`" for name in self.elsewhere)
        broken = f"broken elsewhere, this rule takes no part in it: {names}"
        author = "who wrote it is not on record; is it somebody else than the reviewer?"
        return (
            *((broken,) if self.elsewhere else ()),
            *((author,) if not self.rule.author else ()),
        )

    @property
    def question(self) -> str:
        """What the reviewer is asked."""
        return f"Has {self.reviews.signature.by.titled} read exactly this?"

    def signed(self, signing: Signing, *, unseen: bool = False) -> bool:
        """Show the rule, and sign it where nothing stands in the way; tell whether it was signed.

        One that was read before, on paper, is signed `unseen`.
        """
        signing.complain(self.trouble)
        if self.trouble or not (unseen or self._agreed(signing)):
            return False
        signing.tell(self.sign())
        return True

    def _agreed(self, signing: Signing) -> bool:
        for line in self.notes:
            signing.tell(line)
        signing.show(self.shown)
        return signing.agrees(self.question)

    def sign(self) -> str:
        """Record in the rule's file who has read it; return what to say of it."""
        signed = self.reviews.signature
        path = sign(self.reviews.root, self.reviews.base, self.rule, signed)
        return f"{path}: reviewed by {signed.by.titled}, due {signed.due}"


@dataclass(frozen=True)
class Reviews:
    """Rules to be signed by one person; what all of them need is worked out once."""

    root: Path
    base: KnowledgeBase
    rules: tuple[Rule, ...]
    signature: Signature
    tell: Tell

    @cached_property
    def _memory(self) -> Remembered:
        return remembered()

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.base, told_apart(self.base, self.tell), self._memory)

    @cached_property
    def _found(self) -> tuple[Diagnostic, ...]:
        return check(self.base, self.signature.on)

    def _promises(self, rule: Rule) -> tuple[tuple[Diagnostic, ...], tuple[str, ...]]:
        """Return the broken promises a rule takes part in, and the names of the others."""
        if self.base.safety is None or not have("z3"):
            return (), ()
        return self._failing.by_part(rule)

    @cached_property
    def _failing(self) -> app.proofs.FailingPromises:
        promises = self.base.safety.invariants if self.base.safety else ()
        self.tell(f"proving {counted(len(promises), 'promise')}")
        return app.proofs.failing(self.base)

    def signed(self, signing: Signing, *, unseen: bool = False) -> bool:
        """Have each rule signed that nothing stands in the way of; tell whether all were."""
        signed = [one.signed(signing, unseen=unseen) for one in self._pending()]
        return all(signed)

    def _pending(self) -> Iterator[PendingReview]:
        """Yield each rule, with what stands in the way of its review."""
        for number, rule in enumerate(self.rules, 1):
            if len(self.rules) > 1:
                self.tell(f"{number} of {len(self.rules)}: {rule.id}")
            yield self._tried(rule)

    def _tried(self, rule: Rule) -> PendingReview:
        trouble = (*self._own(rule), *errors_about(self.base, rule, self._found))
        if not trouble:
            trouble = obstacles(self._judge, rule)
            self._memory.save()
        ours, others = self._promises(rule) if not trouble else ((), ())
        return PendingReview(self, rule, (*trouble, *ours), others)

    def _own(self, rule: Rule) -> Iterator[Diagnostic]:
        """Yield that the reviewer wrote the rule."""
        who = self.signature.by
        if folded_name(rule.author) in {folded_name(who.id), folded_name(who.name)}:
            message = f"{who.name} wrote `{rule.id}`"
            yield Diagnostic(Code.own_review, message, rule.at, "somebody else must read it")


def reviews(
    names: tuple[str, ...], by: str, due: datetime.date | None, directory: Path | None, tell: Tell
) -> Reviews:
    """Return the rules that somebody on record is to sign: by id, or all of a topic.

    Raises:
        MisuseError: when nobody is named, or the day to read it again is no day to come.
        UnknownTargetError: when there is no such rule in force, topic or person on record.
        UnwritableError: when the knowledge is not theirs to write.

    """
    root = writable(directory)
    base = load(root, library=True)
    return Reviews(root, base, asked_for(base, names), until(base, by, due), tell)


def asked_for(base: KnowledgeBase, names: tuple[str, ...]) -> tuple[Rule, ...]:
    """Return the rules that are named, by id or as a topic, each once.

    Raises:
        UnknownTargetError: when there is no such rule in force, or topic.

    """
    return tuple({rule.id: rule for name in names for rule in _rules(base, name)}.values())


def until(base: KnowledgeBase, by: str, due: datetime.date | None) -> Signature:
    """Return who signs today, and until when it is good: a year if nothing is said.

    Raises:
        MisuseError: when nobody is named, or the day to read it again is no day to come.
        UnknownTargetError: when nobody on record is called so.

    """
    today = this_day()
    last = due or today + YEAR
    if not by or last <= today:
        raise MisuseError("`--by` needs a reviewer, and `--due` a day to come")
    return Signature(reviewer_called(base, by), today, last)


def _rules(base: KnowledgeBase, name: str) -> tuple[Rule, ...]:
    """Return the rules of a topic, or the one of that id."""
    of_topic = tuple(rule for rule in base.written_rules if rule.topic == name)
    if of_topic and name not in base.rules:
        return of_topic
    return (rule_in_force(base, name),)


def reviewer_called(base: KnowledgeBase, name: str) -> Reviewer:
    """Return the person on record who is called so: by id, name, or name and profession.

    Raises:
        UnknownTargetError: when nobody is, or several are.

    """
    said = folded_name(name)
    people = [*base.reviewers.values()]
    meant = [p for p in people if said in map(folded_name, (p.id, p.name, p.titled))]
    if len(meant) == 1:
        return meant[0]
    if not people:
        raise UnknownTargetError(
            "nobody is on record who may review\n  help: "
            "`screening knowledge reviewer ID --name … --profession … --registration …` adds them"
        )
    ids = ", ".join(f"`{one.id}`" for one in meant)
    help_ = f"which one: {ids}?" if meant else suggestion(name, [p.id for p in people])
    problem = "several on record are" if meant else "nobody on record is"
    raise UnknownTargetError(f"{problem} called {quoted(name)}\n  help: {help_}")


def recorded(directory: Path | None, said: dict[str, str]) -> str:
    """Put a person on record who may review rules; return what to say of it.

    Raises:
        MisuseError: when something is not said, or the id is taken or is none.
        UnwritableError: when the knowledge is not theirs to write.

    """
    root = writable(directory)
    base = load(root)
    missing = [f"`--{name}`" for name, text in said.items() if not text and name != "id"]
    if missing:
        raise MisuseError(f"a reviewer needs {' and '.join(missing)}")
    if not ID.shape.fullmatch(said["id"]):
        raise MisuseError(f"{quoted(said['id'])} is no id: {ID.help}")
    if said["id"] in base.reviewers:
        raise MisuseError(f"`{said['id']}` is {base.reviewers[said['id']].titled} already")
    path = root / REVIEWERS
    old = read_text(path) if path.exists() else "reviewers: []\n"
    entry: dict[str, Plain] = {**said, "since": this_day().isoformat()}
    put(path, with_entry(old, str(path), "reviewers", entry, form_of(REVIEWERS)))
    return f"{clean(str(path))}: {said['name']}, {said['profession']}, may review from today"


def on_record(directory: Path | None) -> tuple[str, ...]:
    """Return a line for each person who may review, or that there is nobody."""
    base = load(directory or shipped_knowledge())
    signed = Counter(rule.review.by for rule in base.written_rules if rule.reviewed)
    lines = (
        f"{one.id}: {one.titled} ({one.registration}), since {one.since}, "
        f"{counted(signed[one.id], 'rule')}"
        for one in base.reviewers.values()
    )
    return tuple(lines) or ("nobody is on record who may review",)


def this_day() -> datetime.date:
    """Return today's date."""
    return datetime.datetime.now(tz=datetime.timezone.utc).date()
