"""A rule-based screen for personal trainers' clients: a plan, a referral when due, and why."""

__version__ = "0.1.0"
