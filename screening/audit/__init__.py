"""From records to what can be shown of them later: drawn again, explained, compared, verified."""

from screening.audit.keep import Form, keep_conclusion, keep_knowledge, keep_report

__all__ = ["Form", "keep_conclusion", "keep_knowledge", "keep_report"]
