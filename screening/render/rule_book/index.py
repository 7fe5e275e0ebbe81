"""The first page of the rule book: what the knowledge is for, and how far it is reviewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.render.explanation_page import GRADES
from screening.render.markdown import escaped
from screening.render.rule_book.conclusions import LEVELS
from screening.render.rule_book.place import Book, Here
from screening.render.rule_book.rules import topic_title
from screening.render.rule_book.sheet import bullets, labelled, sheet, table, titled

PAGES = (
    ("Questions", "questions.md"),
    ("Findings", "findings.md"),
    ("Exercise categories", "categories.md"),
    ("Exercises", "exercises.md"),
    ("Referrals, clearance, stages, limits and advice", "conclusions.md"),
    ("Named numbers", "parameters.md"),
    ("Sources", "sources.md"),
    ("Cases", "cases.md"),
    ("What to ask a trainer", "trainer.md"),
    ("From statement to case, and what stands on its own", "trace.md"),
)
FIRING = """\
A rule **fires** when its condition certainly holds, is **silent** when it certainly does not, and
is **undecided** while the answers leave both open. What was not asked never counts as “no”."""
STRENGTHS = """\
Findings are *suspected*, *supported* or *confirmed*; a rule that asks for one strength takes a
stronger one too."""
COMBINING = """\
The highest referral wins. A referral for today or now withholds every exercise; one within days
leaves usual light activity. Leaving out beats changing, changing beats keeping, leaving out beats
offering."""
FOLLOWING = """\
In a follow-up, an answer of last time still counts for as long as its question says; answers about
an emergency never do."""


def index_page(book: Book) -> str:
    """Return the first page."""
    knowledge, here = book.knowledge, Here(book, "index.md")
    pack = knowledge.pack
    return sheet(
        (
            titled(f"Rule book: {pack.title}", 1),
            escaped(pack.review),
            labelled(
                (
                    ("Knowledge", escaped(f"{pack.id} {pack.version}")),
                    ("Digest", f"`{knowledge.digest}`" if knowledge.digest else ""),
                    ("Language, region", escaped(f"{pack.language}, {pack.region}")),
                    ("Intended use", escaped(pack.intended_use)),
                )
            ),
            titled("Not for"),
            bullets(escaped(words) for words in pack.not_for),
            titled("Review"),
            *_review(knowledge),
            titled("Rules"),
            _begin(here),
            _topics(here),
            titled("What rules are made of"),
            bullets(f"[{title}]({here.to(page)})" for title, page in _pages(knowledge)),
            titled("How to read it"),
            FIRING,
            STRENGTHS,
            COMBINING,
            FOLLOWING,
            f"Kinds of evidence, strongest first: {', '.join(GRADES.values())}.",
        )
    )


def _pages(knowledge: KnowledgeBase) -> tuple[tuple[str, str], ...]:
    """Return the pages of what rules are made of; that of scores where there are some."""
    return (*PAGES, ("Scores", "scores.md")) if knowledge.scores else PAGES


def _begin(here: Here) -> str:
    urgent = f"[all rules by urgency]({here.to('urgency.md')}), with pictures of what leads where"
    levels = f"[referral levels]({here.to('conclusions.md')}#{LEVELS})"
    return f"To review, begin with {urgent}, and with the {levels}."


def _review(knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Return how many rules nobody has reviewed, by status, and when the first is due."""
    rules = [rule for rule in knowledge.rules.values() if not rule.cell]
    cells = len(knowledge.rules) - len(rules)
    status = Counter(rule.status.value for rule in rules)
    dates = [rule.review.due for rule in knowledge.written_rules if rule.review.due]
    count = f"**{_unreviewed(rules)} of {len(rules)} rules have been reviewed by no clinician.**"
    catalogue = f"Nor has anybody reviewed the {cells} rules the exercise catalogue stands for."
    return (
        f"{count} {catalogue}" if cells else count,
        labelled(
            (
                ("By status", ", ".join(f"{n} {word}" for word, n in sorted(status.items()))),
                ("First review due", escaped(min(dates, default=""))),
            )
        ),
    )


def _unreviewed(rules: Iterable[Rule]) -> int:
    return sum(not rule.reviewed for rule in rules)


def _topics(here: Here) -> str:
    rows = []
    for topic, page in here.book.topics.items():
        rules = [r for r in here.book.knowledge.rules.values() if r.topic == topic and not r.cell]
        link = f"[{escaped(topic_title(topic))}]({here.to(page)})"
        rows.append((link, str(len(rules)), str(_unreviewed(rules))))
    return table(("topic", "rules", "reviewed by nobody"), rows)
