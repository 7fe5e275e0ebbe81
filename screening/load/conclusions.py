"""From what `then` says to conclusions, with every name resolved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.mapping_reader import Fields
from screening.load.parameters import NO_NUMBER, number_or_name
from screening.load.tree import Node, Sequence
from screening.model.catalogue import Exercise
from screening.model.conclusion_forms import FORMS, ConclusionForm, Slot
from screening.model.rule import Conclusion, OfferOnly, Refer
from screening.model.terms import LimitKind, Parameter
from screening.model.vocabularies import DEMANDING, Level


@dataclass(frozen=True)
class Names:
    """The names conclusions may use."""

    questions: Collection[str]
    findings: Collection[str]
    stages: Collection[str]
    limits: Mapping[str, LimitKind]
    categories: Collection[str]
    advice: Collection[str]
    targets: Collection[str]
    exercises: Mapping[str, Exercise]
    clearances: Collection[str]
    parameters: Mapping[str, Parameter]
    directions: Collection[str]

    def of(self, kind: str) -> Collection[str]:
        """Return the names a slot of this kind may hold."""
        found: Collection[str] = ("programme",) if kind == "programme" else getattr(self, kind)
        return found


HEADS = {
    head: tuple(form for form in FORMS.values() if form.head == head)
    for head in dict.fromkeys(form.head for form in FORMS.values())
}
ONE = {"exercises": "exercise", "questions": "question", "categories": "category"}
CLOSED = ("directions", "programme")
CODES = {"findings": Code.dangling_finding, "questions": Code.dangling_question}


@dataclass(frozen=True)
class ConclusionReader:
    """Reads the conclusions of one rule by their forms."""

    names: Names
    problems: Problems

    def read(self, node: Node) -> tuple[Conclusion, ...]:
        """Return the conclusions a `then` says."""
        nodes = node.items if isinstance(node, Sequence) else (node,)
        found = []
        for item in nodes:
            fields = Fields.of(item, self.problems, "a conclusion")
            form = None if fields is None else self._form(fields)
            if fields is not None and form is not None:
                found.append(self._made(form, fields))
                fields.done()
        if not nodes:
            self.problems.add(Code.empty_value, node.at, "`then` says nothing")
        return tuple(found)

    def _form(self, fields: Fields) -> ConclusionForm | None:
        """Return how it is written: by its key, and by the word there where several begin so."""
        keys = [key.value for key, _ in fields.node.entries]
        said = [key for key in keys if key in HEADS]
        if len(said) != 1:
            named = ", ".join(map(quoted, keys)) or "none"
            message = f"a conclusion says one thing, this says {named}"
            help_ = suggestion(keys[0] if keys else "", HEADS)
            self.problems.add(Code.unknown_key, fields.node.at, message, help_)
            return None
        *others, last = HEADS[said[0]]
        word = fields.text(said[0], required=True) if others else ""
        return next((form for form in others if word in self._legal(form)), last)

    def _legal(self, form: ConclusionForm) -> Collection[str]:
        """Return the words that may stand at the key a form begins with."""
        return tuple(form.fixed.values()) or self.names.of(str(form.slots[0].kind))

    def _made(self, form: ConclusionForm, fields: Fields) -> Conclusion:
        """Return what a form says; slots left out at the end have their defaults.

        Names are read last: it is the order in which help lists the keys.
        """
        read: dict[str, object] = {}
        for slot in sorted(form.slots, key=lambda s: (s.key != form.head, _is_name(s))):
            if not (slot.optional and _is_name(slot)) or slot.key in fields.node.by_key:
                read[slot.key] = self._slot(form, slot, fields)
        values = (read[slot.key] for slot in form.slots if slot.key in read)
        return self._whole(form.made(values), fields)

    def _slot(self, form: ConclusionForm, slot: Slot, fields: Fields) -> object:
        kind = Level if slot.kind == "levels" else slot.kind
        if not isinstance(kind, str):
            return fields.member(slot.key, kind)
        if slot.many:
            return self._listed(fields, slot.key, kind)
        match kind:
            case "text":
                return fields.text(slot.key, required=not (slot.optional or slot.urgent))
            case "number":
                return self._number(fields, form.head, slot.key)
        if kind in CLOSED:
            return fields.word(slot.key, self.names.of(kind))
        return self._name(form, slot, kind, fields)

    def _name(self, form: ConclusionForm, slot: Slot, kind: str, fields: Fields) -> str:
        name, legal = fields.text(slot.key, required=True), self.names.of(kind)
        if slot.key == form.head and len(HEADS[slot.key]) > 1:
            ordered = sorted(HEADS[slot.key], key=lambda other: bool(other.fixed))
            legal = [word for other in ordered for word in self._legal(other)]
        if name and name not in legal:
            message = f"no {slot.key.replace('_', ' ')} {quoted(name)}"
            code, help_ = CODES.get(kind, Code.dangling_target), suggestion(name, legal)
            self.problems.add(code, fields.value_place(slot.key), message, help_)
        return name

    def _listed(self, fields: Fields, key: str, kind: str) -> tuple[str, ...]:
        """Return a list of names of one kind."""
        texts, legal = fields.texts(key), self.names.of(kind)
        for text in texts:
            if text.value not in legal:
                message = f"no {ONE[kind]} {quoted(text.value)}"
                code, help_ = CODES.get(kind, Code.dangling_target), suggestion(text.value, legal)
                self.problems.add(code, text.at, message, help_)
        return tuple(text.value for text in texts)

    def _number(self, fields: Fields, named: str, key: str) -> tuple[int, str]:
        """Return a number in the unit of the limit that is named, with its parameter."""
        limit, written = fields.text(named), fields.text(key, required=True)
        if not written or limit not in self.names.limits:
            return NO_NUMBER, ""
        unit, at = self.names.limits[limit].unit, fields.value_place(key)
        read = number_or_name(written, unit, at, self.names.parameters, self.problems)
        return (NO_NUMBER, "") if read is None else read

    def _whole(self, conclusion: Conclusion, fields: Fields) -> Conclusion:
        """Return a conclusion, noting what its form cannot say is missing."""
        if isinstance(conclusion, Refer):
            level = conclusion.level
            if level >= Level.SAME_DAY and not conclusion.tell:
                message = f"a {level.word} referral must say what to `tell` on arrival"
                self.problems.add(Code.missing_help, fields.node.at, message)
        elif isinstance(conclusion, OfferOnly) and not conclusion.categories:
            message = "`offer_only` names no category"
            self.problems.add(Code.empty_value, fields.value_place("offer_only"), message)
        return conclusion


def _is_name(slot: Slot) -> bool:
    """Tell whether something the knowledge lists is said, and not a word, a text or a number."""
    return isinstance(slot.kind, str) and slot.kind not in {"levels", "text", "number"}


def reached(
    exercises: Mapping[str, Exercise],
    verdicts: Mapping[str, Collection[str]],
    direction: str,
    findings: Collection[str],
) -> tuple[str, ...]:
    """Return the exercises an avoided direction reaches.

    Those with a demand of 2 or more in it, unless the catalogue has a verdict of its own for a
    finding the rule rests on. `verdicts` holds the findings with a cell, by
    exercise.
    """
    return tuple(
        exercise.id
        for exercise in exercises.values()
        if exercise.demands.get(direction, 0) >= DEMANDING
        and not any(finding in verdicts[exercise.id] for finding in findings)
    )
