"""The bundle a clinician reads and answers: one HTML to print, and a file for the answers."""

from screening.render.review_bundle.answers_file import answers_file
from screening.render.review_bundle.document import bundle_html
from screening.render.review_bundle.parts import BundlePart, in_parts

__all__ = ["BundlePart", "answers_file", "bundle_html", "in_parts"]
