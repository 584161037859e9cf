"""What is folded until the reader opens it."""

from __future__ import annotations

from achats_check.reports.page.markup import Markup, tag


def folded(summary: str, *content: Markup, opened: bool) -> Markup:
    """Draw content under a line that opens it.

    Args:
        summary: The line; its first letter is put in capital.
        content: What it opens.
        opened: Whether it is open from the start.
    """
    line = tag("summary", f"{summary[:1].upper()}{summary[1:]}")
    return tag("details", line, *content, class_="more", open="" if opened else None)
