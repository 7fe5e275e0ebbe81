"""The page a client signs: consent, purpose by purpose, and apart from it a declaration."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from screening.render.page import (
    Blank,
    Blanks,
    Bullets,
    Cut,
    Heading,
    Page,
    PaperSize,
    Paragraph,
)
from screening.render.paper import Paper
from screening.render.small_print import day_words

VALID_MONTHS = 12  # at most, and void at any change of health: the practice of such forms
FREE = "“No” is fine: a session can be held without anything being kept."
WITHDRAW = (
    "You can take each back at any time, as easily as you gave it: tell me, or hand in the strip "
    "below. What was kept until then stays until you ask me to erase it; ask to see it or to have "
    "it put right, too. You can complain to the authority that looks after data in your country."
)
DECLARED = (
    "I answered as well as I could. I will tell my trainer when something changes, also during a "
    "session. I know that these rules do not diagnose, and that I am to stop and say so when it "
    "hurts more than agreed."
)
VALID = (
    f"Both count for {VALID_MONTHS} months at most, from the day of the signature, and no longer "
    "than until my health changes."
)


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """What is on the page beside its own words.

    `purposes` are the words that are agreed to, each on its own; `named` those for which a reader
    is named. `protected` says what stands between the answers and others, `kept` how long they
    are. `about` are the knowledge and the version of it.
    """

    client: str
    on: datetime.date
    size: PaperSize
    purposes: tuple[str, ...]
    named: frozenset[str]
    protected: str
    kept: str
    review: str
    about: str
    language: str


def consent_paper(form: ConsentForm) -> Paper:
    """Return the page to sign."""
    about = f"{form.client} · {day_words(form.on)} · {form.about}"
    return Paper(
        f"Consent of {form.client}",
        form.language,
        form.size,
        _page(form, about),
        (about, form.review),
    )


def _page(form: ConsentForm, about: str) -> Page:
    purposes: list[Blanks] = []
    for words in form.purposes:
        name = (Blank("Name of the reader, for each letter anew"),) if words in form.named else ()
        purposes += [Blanks((Blank(words, ("yes", "no")),)), *((Blanks(name),) if name else ())]
    signature = Blanks((Blank("Name"), Blank("Signature"), Blank("Day and place")))
    guardian = Blanks((Blank("Under 18, parent or guardian as well: name, signature, day"),))
    return (
        Heading("What is kept of you, and what you agree to"),
        Blanks((Blank("Trainer or gym, who answers for it; phone or address"),)),
        Heading("Who keeps what"),
        Bullets(
            (
                "Kept are your answers, the results, and the letters written from them.",
                f"They are in one file on my computer, {form.protected}. I alone open it.",
                form.kept,
            )
        ),
        Heading("1. Consent: tick yes or no for each"),
        Paragraph(FREE),
        *purposes,
        Paragraph(WITHDRAW),
        signature,
        guardian,
        Heading("2. Declaration"),
        Paragraph(DECLARED),
        Paragraph(VALID),
        signature,
        guardian,
        Blanks((Blank("Signature of the trainer, and day"),)),
        Cut("Strip to take it back"),
        Paragraph(about),
        Blanks(tuple(Blank(f"I withdraw: {words}", ("yes",)) for words in form.purposes)),
        Blanks((Blank("Signature"), Blank("Day"))),
    )
