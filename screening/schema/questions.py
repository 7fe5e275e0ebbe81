"""Topic files and their questions; catalogue files, their exercises and verdicts."""

from __future__ import annotations

from screening.model.catalogue import Caution, Equipment, Exercise, StartDose
from screening.model.kinds import how
from screening.model.question import WHOLE, Option, Question, Topic
from screening.model.rule import Evidence
from screening.model.tick_list import TickList
from screening.model.vocabularies import Kind, Level, Skill
from screening.schema.keys import (
    FLAG,
    ID,
    NUMBER,
    RANGE,
    TEXT,
    TEXTS,
    ByName,
    Entry,
    Name,
    NameList,
    Nested,
    Of,
    Other,
    Rows,
    Style,
    listing,
    may,
    member,
    need,
)
from screening.schema.vocabulary import EVIDENCE

CONDITION = Other("a [condition](#conditions)")
VALIDITY = Other("`session`, `N weeks` or `always`")
DERIVED = Other("see [Follow-ups](#follow-ups)")
END = Other("a whole number")
DEMANDS = Other("0 to 3 by direction")
SCALED = tuple(kind.value for kind in Kind if how(kind).scale is not None)
COUNTED = tuple(word for word in SCALED if (how(Kind(word)).scale or WHOLE).digits)
LISTED = tuple(kind.value for kind in Kind if how(kind).answers is None)
TRIED = tuple(kind.value for kind in Kind if how(kind).movement)
OPTION = Entry(
    "an answer",
    Option,
    (
        need("id", ID, "What conditions name it by."),
        need("say", TEXT, "How it is said."),
    ),
    Style.LINE,
)
QUESTION = Entry(
    "a question",
    lambda **said: Question(**said, topic=""),
    (
        need("id", ID, "What rules and answers name it by."),
        need("ask", TEXT, "As it is asked."),
        need("short", TEXT, "How explanations name it: a noun phrase."),
        need("kind", member(Kind), "What is answered."),
        may("valid", VALIDITY, "How long an answer [counts](#follow-ups)."),
        need("from", END, "The lowest number.", only=SCALED),
        need("to", END, "The highest number.", only=SCALED),
        need("unit", TEXT, "What it is counted in.", only=COUNTED),
        need(
            "answers",
            Rows(OPTION, "id", "the answer {name} is given twice"),
            "What can be answered.",
            only=LISTED,
        ),
        may("groups", NameList(Of.GROUP), "Groups it counts in.", only=TRIED, lay=Style.LINE),
        may(
            "sums_up", Other("a list of questions"), "What it asks about at once.", lay=Style.LINE
        ),
        may("gap", FLAG, "Whether it is that for the weeks since the earlier screening."),
        may("renews", FLAG, "Whether a yes makes what was answered then be asked again."),
        may("only_if", CONDITION, "It is asked only when this holds."),
        may(
            "derived",
            DERIVED,
            "How it is worked out, never asked.",
            lay=Style.LINE,
        ),
        may("harmless", TEXT, "The answer that raises no concern."),
        may("safety", member(Level), "The highest level an answer can raise.", default="none"),
        may("intimate", FLAG, "Whether it has the neutral lead-in and can be pointed at."),
        may("for_trainer", FLAG, "Whether it asks the trainer, not the client."),
        may("help", TEXT, "Longer help, for `?`."),
        may("tick", TEXT, "How it stands in a [tick list](#tick-lists); without it `short`."),
    ),
    by="kind",
    placed=True,
)


TICK_LIST = Entry(
    "a tick list",
    TickList,
    (
        need("id", ID, "What answers and conditions name it by."),
        need("ask", TEXT, "As it is asked, before its items."),
        need("short", TEXT, "How explanations name it: a noun phrase."),
        need("items", Other("a list of questions"), "What is ticked.", lay=Style.LINE),
        may("help", TEXT, "Longer help, for `?`."),
    ),
    placed=True,
)


def _topic(
    topic: str,
    title: str,
    lead_in: str,
    questions: tuple[Question, ...],
    lists: tuple[TickList, ...],
) -> Topic:
    del questions, lists  # their readers keep them
    return Topic(topic, title, lead_in)


TOPIC = Entry(
    "a topic file",
    _topic,
    (
        need("topic", TEXT, "Its id."),
        need("title", TEXT, "What the interview calls it."),
        may("lead_in", TEXT, "Said once before its first question."),
        may("valid", VALIDITY, "For its questions that are not urgent."),
        need("questions", Rows(QUESTION), "In asking order."),
        may("lists", Rows(TICK_LIST), "Questions of it that are asked with one prompt."),
    ),
)
CELL = Entry(
    "a verdict",
    lambda keep, modify, evidence: (keep or modify, evidence),
    (
        may("keep", TEXT, "It stays; what to watch."),
        may("modify", TEXT, "It is changed; how."),
        may("avoid", Other("a list of exercises"), "What to do instead, nearest first."),
        may("evidence", EVIDENCE, "Without it, that of the file."),
    ),
    Style.LINE,
)
EQUIPMENT = Entry(
    "a piece of equipment",
    Equipment,
    (
        need("id", ID, "What exercises name it by."),
        need("title", TEXT, "What trainers call it."),
        may("gym", FLAG, "Whether it is at hand in a gym."),
        may("home", FLAG, "Whether it is at hand in every home."),
        may("bands", FLAG, "Whether it is at hand in a home with bands or dumbbells."),
    ),
    Style.LINE,
)
KIT = listing("equipment.yaml", "equipment", EQUIPMENT, "What exercises need.")
CAUTION = Entry(
    "a caution",
    Caution,
    (
        need("id", ID, "What exercises name it by."),
        need("title", TEXT, "What it is about."),
        need("say", TEXT, "What is changed in an exercise."),
        need("because", TEXT, "Why, for whoever asks."),
        may("leave_out", CONDITION, "While this holds, its exercises are left out."),
        may("change", CONDITION, "While this holds, they are changed as it says."),
        may("waits_for", TEXT, "What is not asked yet: it concludes nothing until then."),
        may("evidence", EVIDENCE, "Who says so."),
    ),
    placed=True,
)
CAUTIONS = listing("cautions.yaml", "cautions", CAUTION, "Health facts that change exercise.")
START = Entry(
    "a dose to begin with",
    StartDose,
    (
        may("sets", RANGE, "How often."),
        may("reps", RANGE, "Repetitions in each set."),
        may("seconds", RANGE, "Or seconds of it."),
        may("minutes", RANGE, "Or minutes."),
        may("metres", RANGE, "Or metres."),
        may("rest", RANGE, "Seconds of rest between sets."),
        need("effort", RANGE, "0 none to 10 the most possible."),
    ),
    Style.LINE,
)
EXERCISE = Entry(
    "an exercise",
    lambda **said: Exercise(**said, demands={}),
    (
        need("id", ID, "What rules and intakes name it by."),
        need("name", TEXT, "What trainers call it."),
        may("aliases", TEXTS, "Other names for it.", lay=Style.LINE),
        may("trains", TEXTS, "What it is done for.", lay=Style.LINE),
        may("category", Name(Of.CATEGORY), "The category it is an example of."),
        may("performed_as", Name(Of.MOVEMENT), "The movement question it is asked about as."),
        may("light", FLAG, "Whether it is usual light activity."),
        may(
            "equipment", Other("a list"), "All it needs; in `A or B` one will do.", lay=Style.LINE
        ),
        may("position", TEXT, "The position it is done in."),
        may("skill", member(Skill), "Whom it suits to begin with.", default="beginner"),
        may("slot", TEXT, "Its place in a session; without one it is only kept, never added."),
        may("rung", NUMBER, "Its place from easy (0) to hard in its slot."),
        may("per_side", FLAG, "Whether each side is done by itself."),
        may("own_only", FLAG, "Whether it is only kept, never added, although it has a slot."),
        may("demands", DEMANDS, "How much it loads each direction.", lay=Style.LINE),
        may("measured", EVIDENCE, "Who measured it: what its demands rest on."),
        may("dose", Nested(START), "How much to begin with."),
        may("cues", TEXTS, "What to watch, 45 characters at most each.", lay=Style.LINE),
        may("easier", Other("a list of exercises"), "Easier ones, nearest first.", lay=Style.LINE),
        may("cautions", NameList(Of.CAUTION), "Health facts that bear on it.", lay=Style.LINE),
        may(
            "verdicts",
            ByName("verdicts by finding", CELL),
            "What becomes of it when a finding is found.",
        ),
    ),
    placed=True,
)


def _catalogue(
    exercises: tuple[Exercise, ...], evidence: tuple[Evidence, ...]
) -> tuple[tuple[Exercise, ...], tuple[Evidence, ...]]:
    return exercises, evidence


CATALOGUE = Entry(
    "a catalogue file",
    _catalogue,
    (
        need("exercises", Rows(EXERCISE), "The exercises."),
        may("evidence", EVIDENCE, "For every verdict that names none of its own."),
    ),
)
