"""From an assessment to the next hour: phases, exercises, doses, and why each is there.

It reads what was concluded and the knowledge, and nothing else: no clock, no chance, no file.
The map: docs/architecture.md.
"""

from screening.session.build import build_session
from screening.session.facts import SessionFacts, exchange, facts_before, facts_of

__all__ = ["SessionFacts", "build_session", "exchange", "facts_before", "facts_of"]
