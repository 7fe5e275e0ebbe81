"""From an `Assessment` to the page a trainer reads with the client waiting, answers first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screening.diagnostics import word
from screening.model.assessment import Assessment, Progress
from screening.model.assessment_view import DIGEST_SHOWN
from screening.model.conclusions import ADVICE, LISTINGS, Listing
from screening.model.expr import named_questions
from screening.model.knowledge import KnowledgeBase
from screening.model.terms import Clearance
from screening.model.vocabularies import Level, Strength
from screening.render.decision_blocks import agreed_to, overridden
from screening.render.offer_blocks import OfferBlocks
from screening.render.page import LAYOUT, Block, Bullets, Heading, Page, Pairs, Paragraph
from screening.render.programme_blocks import ProgrammeBlocks
from screening.render.score_blocks import summed_blocks
from screening.render.stamp import Stamp

OPEN_SHOWN = 5
TOLD_FIRST = 5  # sentences for the client; more than that nobody keeps in mind
CAUSES_SHOWN = 3
SIGNS = {Strength.SUSPECTED: "first signs", Strength.SUPPORTED: "several signs"}
SIGNS |= {Strength.CONFIRMED: "clear signs"}
SAYS_WHAT_COULD_BE = 3  # the first layout that does
NOT_ALL = "Not all is answered: what is still open, at the end, can change this."


def assessment_page(
    assessment: Assessment,
    knowledge: KnowledgeBase,
    intake: str,
    stamp: Stamp | None = None,
    layout: int = LAYOUT,
) -> Page:
    """Return the page of an assessment; `intake` is how the user named the case, if it is kept.

    `stamp` is what it says of its record, if it has one. A report on record has the `layout` of
    its time.

    An emergency or same-day result, or a screening too incomplete to suggest exercise, gives the
    action only.
    """
    page = _AssessmentPage(assessment, knowledge, intake, stamp, layout)
    return tuple(page.blocks() if layout > 1 else page.first_layout())


def told(assessment: Assessment, knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Return the advice that the page of the assessment has for the client."""
    return tuple(_AssessmentPage(assessment, knowledge, "", None, LAYOUT).told())


def standing_line(knowledge: KnowledgeBase, drafts: int) -> str:
    """Return how many of the rules behind something no clinician has reviewed, and which pack."""
    rules = {0: "no unreviewed rule is", 1: "1 rule"}.get(drafts, f"{drafts} rules")
    pack = knowledge.pack
    version = f"{pack.id} {pack.version} ({knowledge.digest[:DIGEST_SHOWN]})"
    return f"Unreviewed: {rules} behind this. {pack.review} Knowledge: {version}."


@dataclass(frozen=True)
class _AssessmentPage:
    """One assessment being written down."""

    found: Assessment
    knowledge: KnowledgeBase
    intake: str
    stamp: Stamp | None
    layout: int

    @property
    def _programme(self) -> ProgrammeBlocks:
        return ProgrammeBlocks(self.found, self.knowledge, self.layout)

    @property
    def _offers(self) -> OfferBlocks:
        return OfferBlocks(self.found, self.knowledge, self.layout, self.only_light)

    @property
    def urgent(self) -> bool:
        return self.found.referral.level >= Level.SAME_DAY and not self.found.lifted

    @property
    def clearance(self) -> Clearance | None:
        asked = self.found.clearance
        return None if asked is None else self.knowledge.clearances[asked.id]

    @property
    def only_light(self) -> bool:
        """Whether a referral or a clearance leaves usual light activity only."""
        due = self.found.referral.level is Level.WITHIN_DAYS and not self.found.lifted
        return self._light_by_clearance or due

    @property
    def _light_by_clearance(self) -> bool:
        return self.clearance is not None and self.clearance.only_light

    @property
    def held_back(self) -> bool:
        """Whether a clearance holds back a client whom no rule sends to anybody."""
        return self._light_by_clearance and self.found.referral.level <= Level.MONITOR

    @property
    def blocked(self) -> bool:
        """Whether emergency answers are missing, so that no exercise is suggested."""
        urgent = {Level.EMERGENCY.word, Level.SAME_DAY.word}
        waits = any(urgent & set(one.could_change) for one in self.found.open)
        return waits and not self.urgent and not self.ended

    @property
    def ended(self) -> bool:
        """Whether a rule ended the interview: there is whom to see, and no plan."""
        return self.found.status is Progress.STOPPED and not self.urgent

    def blocks(self) -> Iterator[Block]:
        """Yield what to do first: one screen; then what it rests on."""
        if self.ended:
            yield from self._end()
            return
        if self.blocked:
            yield from self._unfinished()
        first = self.held_back and not self.urgent and not self.blocked
        yield from self._clearance() if first else self._referral()
        yield from overridden(self.found, self.knowledge)
        if not first and not self.urgent and not self.blocked:
            yield from self._clearance()
        yield from self._confirm()
        if self.urgent:
            yield from self._ask_now()
        elif not self.blocked:
            yield from agreed_to(self.found, self.knowledge)
            yield from self._today()
        yield from self._help_at_once()
        if not self.urgent and not self.blocked:
            yield from self._rest()
        if self.found.referral.level < Level.EMERGENCY:
            yield from summed_blocks(self.found, self.knowledge)
        yield from self._footer()

    def _end(self) -> Iterator[Block]:
        """Yield whom to see, what to tell the client, and how to go on after a slip."""
        yield from self._referral()
        yield from overridden(self.found, self.knowledge)
        yield from self._told("Tell the client", list(self.told()))
        yield from self._help_at_once()
        rules = [self.knowledge.rules[name] for name in self.found.referral.rules]
        asked = dict.fromkeys(q for one in rules if one.ends for q in named_questions(one.when))
        if self.stamp and asked:
            yield Heading("Was an answer wrong?")
            go_on = f"`screening interview --resume {word(self.intake)}`"
            yield Paragraph(f"{go_on}, then `change {next(iter(asked))}`.")
        yield from self._footer()

    def _rest(self) -> Iterator[Block]:
        told = list(self.told())
        told.sort(key=lambda name: self.knowledge.advice[name].later)
        yield from self._offers.moves()
        yield from self._told("Tell the client", told[:TOLD_FIRST])
        yield from self._offers.blocks()
        yield from self._lists(one for one in LISTINGS if one is not ADVICE)
        yield from self._picture()
        yield from self._told("More for the client, when there is time", told[TOLD_FIRST:])
        yield from self._open()

    def _today(self) -> Iterator[Block]:
        """Yield what becomes of the programme, and what else to do, in a few lines."""
        rows = [(said, ", ".join(named)) for said, named in self._programme.verdicts() if named]
        offers = list(self._offers.names())
        if offers:
            rows.append(("Do", f"{'; '.join(offers)}."))
        if rows:
            yield Heading("Next session")
            yield Pairs(tuple(rows))

    def told(self) -> Iterator[str]:
        """Yield what the client is told: nothing while help is called, and no plan at an end."""
        for one in () if self.urgent or self.blocked else self.found.listed(ADVICE):
            ends = any(self.knowledge.rules[name].ends for name in one.rules)
            if not self.knowledge.advice[one.id].always and (ends or not self.ended):
                yield one.id

    def _help_at_once(self) -> Iterator[Block]:
        """Yield the signs that need help at once, unless help is being called already."""
        always = [one.text for one in self.knowledge.advice.values() if one.always]
        if always and self.found.referral.level < Level.EMERGENCY:
            yield Heading("For every client: get help at once")
            yield from map(Paragraph, always)

    def _told(self, heading: str, names: list[str]) -> Iterator[Block]:
        if names:
            yield Heading(heading)
            yield Bullets(tuple(self.knowledge.advice[name].text for name in names))

    def first_layout(self) -> Iterator[Block]:
        """Yield the blocks in the order of the first layout."""
        if self.blocked:
            yield from self._unfinished()
        first = self.held_back and not self.urgent and not self.blocked
        if first:  # a doctor to ask goes before "carry on"
            yield from self._clearance()
        else:
            yield from self._referral()
        yield from overridden(self.found, self.knowledge)
        yield from self._confirm()
        if self.urgent:
            yield from self._ask_now()
        elif not self.blocked:
            if not first:
                yield from self._clearance()
            yield from agreed_to(self.found, self.knowledge)
            yield from self._offers.moves()
            yield from self._programme.grid()
            yield from self._offers.blocks()
            yield from self._picture()
            yield from self._lists(LISTINGS)
            yield from self._open()
        yield from self._footer()

    def _could_be(self) -> Iterator[Block]:
        """Yield the highest level that what is still open could make of a referral."""
        words = {word for one in self.found.open for word in one.could_change}
        most = max((level for level in Level if level.word in words), default=Level.NONE)
        if self.layout >= SAYS_WHAT_COULD_BE and most > self.found.referral.level:
            title = self.knowledge.levels[most].title
            yield Paragraph(f"What is still open could make this: {title}.")

    def _unfinished(self) -> Iterator[Block]:
        yield Heading("Not finished: no exercise yet")
        yield Paragraph("No exercise is suggested until these questions are answered.")
        yield from self._could_be()
        yield from self._questions(self._urgent_open())

    def _urgent_open(self) -> tuple[str, ...]:
        urgent = {Level.EMERGENCY.word}
        first = [o.question for o in self.found.open if urgent & set(o.could_change)]
        return tuple(first or (o.question for o in self.found.open))

    def _questions(self, names: tuple[str, ...]) -> Iterator[Block]:
        shown = names[:OPEN_SHOWN]
        yield Bullets(tuple(f"{self.knowledge.ask_of(q)} ({q})" for q in shown))
        if len(names) > len(shown):
            go_on = f" --resume {word(self.intake)}" if self.stamp else ""
            yield Paragraph(f"… and {len(names) - len(shown)} more: `screening interview{go_on}`.")

    def _referral(self) -> Iterator[Block]:
        referral, level = self.found.referral, self.knowledge.levels[self.found.referral.level]
        if referral.level is Level.NONE and self.blocked:
            return
        yield Heading(level.title)
        yield Paragraph(level.act)
        if self.found.status is Progress.INCOMPLETE and not self.urgent and not self.blocked:
            yield Paragraph(NOT_ALL)
            yield from self._could_be()
        rows = []
        for name in referral.to if referral.level > Level.MONITOR else ():
            target = self.knowledge.targets[name]
            rows += [("Who", target.title), ("How", target.how)]
        rows += [("Say", said) for said in referral.tell]
        if referral.level > Level.MONITOR:
            rows.append(("Training", level.exercise))
        elif self.layout > 1 and referral.decisive:
            titles = [self.knowledge.rules[rule].title for rule in referral.decisive]
            rows.append(("Because", f"{'; '.join(titles[:CAUSES_SHOWN])}."))
        if rows:
            yield Pairs(tuple(rows))

    def _confirm(self) -> Iterator[Block]:
        odd = self.found.contradictions
        if self.found.confirm or odd:
            yield Heading("Ask again: these answers do not fit together")
            asked = (*(one.question for one in self.found.confirm), *(one.question for one in odd))
            yield from self._questions(tuple(dict.fromkeys(asked)))

    def _ask_now(self) -> Iterator[Block]:
        """Yield the emergency questions a same-day result still needs."""
        if (
            self.found.status is Progress.INCOMPLETE
            and self.found.referral.level < Level.EMERGENCY
        ):
            yield Heading("Still to ask now")
            yield from self._could_be()
            yield from self._questions(self._urgent_open())

    def _clearance(self) -> Iterator[Block]:
        """Yield what to do about clearance; nothing where nobody is to be asked."""
        kind = self.clearance
        if kind is not None and kind.say:
            yield Heading(kind.title)
            yield Pairs((("Say", kind.say), ("Start", kind.meanwhile)))

    def _picture(self) -> Iterator[Block]:
        knowledge, found = self.knowledge, self.found
        rows = []
        for limited in found.limits:
            limit = knowledge.limits[limited.id]
            by = f" (set by {limited.agreed.who})" if limited.agreed else ""
            most = f"at most {limited.at_most} {limit.unit}"
            if self.layout > 1 and not limited.at_most:
                most = f"not {limit.unit.removeprefix('points ')}"
            rows.append((limit.title, f"{most}{by}"))
        sure = {one: one.word for one in Strength} if self.layout == 1 else SIGNS
        patterns = [
            f"{knowledge.findings[f.id].title} ({sure[f.strength]})" for f in found.findings
        ]
        if patterns:
            rows.append(("Pattern", ", ".join(patterns)))
        if found.stage:
            rows.append(("Stage", "; ".join(knowledge.stages[s.id].title for s in found.stage)))
        if rows:
            yield Heading("Where the client is")
            yield Pairs(tuple(rows))

    def _lists(self, listings: Iterable[Listing]) -> Iterator[Block]:
        for listing in listings:
            names = [one.id for one in self.found.listed(listing)]
            if names:
                yield Heading(listing.heading)
                yield Bullets(tuple(listing.text(self.knowledge, name) for name in names))

    def _open(self) -> Iterator[Block]:
        if self.found.open:
            yield Heading("Still open")
            yield from self._questions(tuple(one.question for one in self.found.open))

    def _footer(self) -> Iterator[Block]:
        yield Heading("Who stands behind this")
        kinds = self.knowledge.clearances
        held = sum(one.target not in kinds for one in self.found.withheld)
        if held and (self.urgent or self.blocked):
            what = f"{held} exercise conclusion{'s' if held > 1 else ''}"
            kept = "Withheld" if self.layout == 1 else "Not shown until then"
            yield Paragraph(f"{kept}: {what}.")
        yield Paragraph(standing_line(self.knowledge, self.found.draft_rules))
        if self.stamp:
            yield Paragraph(self.stamp.line)
        if self.intake:
            yield Paragraph(f"Why? `screening explain {word(self.intake)}{self._ask()}`")

    def _ask(self) -> str:
        """Return the option that asks about what matters most here."""
        if self.found.referral.level > Level.MONITOR:
            return " --why referral"
        if self.only_light:
            return " --why clearance"
        for plan in sorted(self.found.programme, key=lambda p: -p.verdict):
            return f" --why {plan.exercise}"
        if self.found.recommend:
            return f" --why {self.found.recommend[0].category}"
        return ""
