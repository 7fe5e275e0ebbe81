"""The file sessions are built from: gates, slots, stages, pain and lines."""

from __future__ import annotations

from screening.model.session import (
    Ladder,
    Minutes,
    PainClass,
    Phase,
    Planning,
    RoadLine,
    Rung,
    SessionGate,
    SessionKnowledge,
    SessionLine,
    SessionSlot,
    SessionStage,
    Work,
)
from screening.schema.keys import (
    FLAG,
    ID,
    NUMBER,
    RANGE,
    TEXT,
    TEXTS,
    Entry,
    Name,
    NameList,
    Nested,
    Of,
    OneOf,
    Rows,
    Style,
    by_value,
    may,
    need,
)
from screening.schema.questions import CONDITION

LEAVES = {one.value: one for one in Planning if one is not Planning.PLANNED}
GATE = Entry(
    "a gate",
    SessionGate,
    (
        need("id", ID, "What a session names it by."),
        may("when", CONDITION, "It holds while this does."),
        may("clearance", Name(Of.CLEARANCE), "Or while this clearance is asked for."),
        may("leaves", OneOf(LEAVES), "What it leaves."),
        may("effort", NUMBER, "Effort at most, of 10; 0 is no limit."),
        need("say", TEXT, "What the trainer reads."),
    ),
    placed=True,
)
SLOT = Entry(
    "a slot",
    SessionSlot,
    (
        need("id", TEXT, "What exercises and stages name it by."),
        need("title", TEXT, "What trainers call it."),
        need("phase", by_value(Phase), "The phase it is a part of."),
        may("family", TEXT, "What is kept in balance with the others."),
        may("near", TEXTS, "Slots an alternative may come from.", lay=Style.LINE),
        may("back", FLAG, "Whether it loads the back."),
        need("setup", NUMBER, "Seconds until it begins."),
        may("graded", FLAG, "Whether it goes back into a direction: never one that hurts."),
    ),
    Style.LINE,
    placed=True,
)
MINUTES = Entry(
    "a length",
    Minutes,
    (
        need("length", NUMBER, "Minutes in all."),
        need("phases", TEXTS, "Minutes of each phase, in order.", lay=Style.LINE),
        need("control", NUMBER, "Exercises of control at most."),
        need("main", NUMBER, "Main exercises at most."),
    ),
    Style.LINE,
)
WORK = Entry(
    "an amount of work",
    Work,
    (
        need("sets", NUMBER, "How often, to begin with."),
        need("most", NUMBER, "How often at most, after steps."),
        need("reps", RANGE, "Repetitions in a set."),
        need("hold", RANGE, "Seconds of a hold."),
        need("holds", NUMBER, "How many holds, to begin with."),
        need("pause", NUMBER, "Seconds between holds."),
        need("rest", NUMBER, "Seconds between sets."),
        need("effort", NUMBER, "Of 10, at most."),
    ),
    Style.LINE,
)
ROAD = Entry(
    "some weeks",
    RoadLine,
    (
        need("weeks", RANGE, "Which weeks."),
        need("what", TEXT, "What they hold."),
        need("when", TEXT, "What must be true before they begin."),
    ),
    Style.LINE,
)
RUNG = Entry(
    "a rung",
    Rung,
    (
        need("exercise", Name(Of.EXERCISE), "What is done."),
        need("stage", TEXT, "The stage of sessions from which on it may come."),
        may("form", TEXT, "How, where that differs from what it is called."),
        may("when", TEXT, "What must be true before it comes."),
    ),
    Style.LINE,
)
LADDER = Entry(
    "a ladder",
    Ladder,
    (
        need("id", ID, "What a session names it by."),
        need("title", TEXT, "What trainers call it."),
        need("rungs", Rows(RUNG), "From easy to hard."),
    ),
    placed=True,
)
STAGE = Entry(
    "a stage of sessions",
    SessionStage,
    (
        need("id", ID, "What a session names it by."),
        need("title", TEXT, "What pages call it."),
        need("aim", TEXT, "What it is for, in a line."),
        may("every", TEXTS, "Findings and stages that all hold.", lay=Style.LINE),
        may("some", TEXTS, "Findings and stages of which one holds.", lay=Style.LINE),
        need("demand", NUMBER, "The most an added exercise may load any direction."),
        may("easiest", FLAG, "Whether the easiest exercises go first."),
        may("general", FLAG, "Whether exercises of no category may be added."),
        may("freely", FLAG, "Whether what was done last time holds nothing back."),
        may("load", NUMBER, "Per cent of a usual weight to begin with; 0 says nothing."),
        may("days", RANGE, "Sessions a week."),
        need("conditioning", NUMBER, "Effort of conditioning, of 10, at most."),
        need("back", Nested(WORK), "What loads the back."),
        need("other", Nested(WORK), "Everything else."),
        may("again", Nested(WORK), "A lift that comes back; else as what loads the back."),
        need("control", TEXTS, "Slots of the control phase, in order.", lay=Style.LINE),
        need("main", TEXTS, "Slots of the main phase, in order.", lay=Style.LINE),
        need("lengths", Rows(MINUTES), "Minutes, the shortest session first."),
        may("road", Rows(ROAD), "What the next weeks hold, in order."),
    ),
    placed=True,
)
PAIN = Entry(
    "a pain class",
    PainClass,
    (
        need("id", ID, "What a session names it by."),
        need("limit", Name(Of.LIMIT), "The limit of the assessment it follows."),
        need("at_most", NUMBER, "It holds while that limit is no higher."),
        need("green", NUMBER, "From none at rest, goes on up to here, 0 to 10."),
        need("amber", NUMBER, "And asks for less up to here."),
    ),
    Style.LINE,
    placed=True,
)
LINE = Entry(
    "a line",
    SessionLine,
    (
        need("id", ID, "What it says."),
        need("text", TEXT, "In words; what is known goes into the braces."),
    ),
    Style.LINE,
)


def _session(**said: object) -> SessionKnowledge:
    slots, lines = said.pop("slots"), said.pop("lines")
    by_id = {one.id: one for one in slots}  # type: ignore[attr-defined]
    words = {one.id: one for one in lines}  # type: ignore[attr-defined]
    return SessionKnowledge(**said, trained=None, slots=by_id, lines=words)  # type: ignore[arg-type]


SESSION = Entry(
    "session.yaml",
    _session,
    (
        need("trained", CONDITION, "Who trains already: some experience, without being asked."),
        need("general", Name(Of.CATEGORY), "Offered, it lets in exercises of no category."),
        may("forms", NameList(Of.RULE), "Rules whose note says how exercises are done for now."),
        may("apart", NameList(Of.EXERCISE), "Exercises of which those notes say nothing."),
        may("returns", NameList(Of.RULE), "Rules by which a lift comes back."),
        need("gates", Rows(GATE, "id"), "What holds a session back, the strictest first."),
        need("slots", Rows(SLOT, "id"), "The places exercises fill."),
        need("stages", Rows(STAGE, "id"), "The first that fits is taken, else the last."),
        need("pain", Rows(PAIN, "id"), "The strictest first."),
        need("lines", Rows(LINE, "id"), "What is said."),
        may("ladders", Rows(LADDER, "id"), "From easy to hard, and what must be true before."),
    ),
)
