"""A rule-based screen for personal trainers' clients with lower-back pain."""

__version__ = "0.1.0"
