"""From the invariants of a knowledge base to proofs, or to clients who show that they fail."""

from screening.verify.proofs.prove import prove

__all__ = ["prove"]
