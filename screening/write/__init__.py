"""From trees and plain values to the text of knowledge files: one text for one meaning.

It writes what `load` reads. The map: docs/architecture.md.
"""

from screening.write.edit import with_entry, with_key
from screening.write.forms import Form, form_of
from screening.write.layout import canonical
from screening.write.written import Plain

__all__ = ["Form", "Plain", "canonical", "form_of", "with_entry", "with_key"]
