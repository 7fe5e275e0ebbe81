"""Which address is shown by which view, and for whom: all of them, in one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from werkzeug.wrappers import Response

from screening.web.call import Call
from screening.web.views import (
    audit,
    client,
    desk,
    door,
    hand_over,
    home_form,
    interview,
    meeting,
    notes,
    papers,
    referral,
    result,
    rules,
    training,
    why,
)
from screening.web.visits import Who

EVERYBODY = frozenset(Who)
OUTSIDE = frozenset({Who.NOBODY})
LOCKED = frozenset({Who.LOCKED})
TRAINER = frozenset({Who.TRAINER})
CLIENT = frozenset({Who.CLIENT})


class Route(NamedTuple):
    """An address, its view, for whom it is, and whether something can be done there."""

    path: str
    view: Callable[[Call], Response]
    who: frozenset[Who] = TRAINER
    posts: bool = False


ROUTES = (
    Route("/page.css", door.style_sheet, EVERYBODY),
    Route("/favicon.ico", door.no_icon, EVERYBODY),
    Route("/start/<key>", door.start, EVERYBODY),
    Route("/link", door.new_link, OUTSIDE, posts=True),
    Route("/unlock", door.unlock, LOCKED, posts=True),
    Route("/waiting", door.waiting, LOCKED),
    Route("/first", door.first, LOCKED, posts=True),
    Route("/lock", door.lock, posts=True),
    Route("/quit", door.leave, posts=True),
    Route("/", desk.desk, posts=True),
    Route("/seen", desk.seen, posts=True),
    Route("/asking", desk.asking, posts=True),
    Route("/receive", home_form.receive, posts=True),
    Route("/client/<client>/home-form", home_form.make, posts=True),
    Route("/new", meeting.new, posts=True),
    Route("/client/<client>", client.client),
    Route("/client/<client>/begin", client.begin, posts=True),
    Route("/client/<client>/consent", client.consent, posts=True),
    Route("/client/<client>/notes", notes.notes, posts=True),
    Route("/client/<client>/hand-over", hand_over.offer, posts=True),
    Route("/client/<client>/referral", referral.referral, posts=True),
    Route("/client/<client>/override", referral.override, posts=True),
    Route("/client/<client>/audit", audit.audit),
    Route("/interview/<interview>", interview.now),
    Route("/interview/<interview>/answers", interview.answers, posts=True),
    Route("/interview/<interview>/result", interview.unsaved_result),
    Route("/interview/<interview>/<int:turn>", interview.turn, posts=True),
    Route("/case/<case>", result.result),
    Route("/case/<case>/change", result.change, posts=True),
    Route("/case/<case>/why/<int:line>", why.why, posts=True),
    Route("/case/<case>/session", training.session, posts=True),
    Route("/case/<case>/sheet", papers.sheet, posts=True),
    Route("/case/<case>/letter", papers.letter, posts=True),
    Route("/client/<client>/form", papers.consent_page, posts=True),
    Route("/rules", rules.index),
    Route("/rules/rule/<rule>", rules.rule),
    Route("/rules/picture/<target>", rules.picture),
    Route("/c", hand_over.now, CLIENT, posts=True),
    Route("/c/answers", hand_over.answers, CLIENT, posts=True),
    Route("/c/paused", hand_over.paused, CLIENT),
    Route("/c/back", hand_over.back, CLIENT, posts=True),
    Route("/c/<int:turn>", hand_over.turn, CLIENT, posts=True),
)
