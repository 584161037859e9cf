"""Sentences that name an option of the command line."""

from __future__ import annotations

from achats_check.patterns import compiled
from achats_check.reports.page.markup import Markup, escape, tag

_OPTION = compiled(r"--[a-z]+")


def prose(text: str) -> Markup:
    """Return a sentence as markup, whose options are never cut after their hyphens."""
    return Markup(_OPTION.sub(lambda found: tag("span", found[0], class_="option"), escape(text)))
