"""Answers that a form prints side by side, "oui non": nothing tells which one was chosen."""

BOTH_ANSWERS = r"\b(?:oui\s{0,3}[/|,;-]?\s{0,3}non|non\s{0,3}[/|,;-]?\s{0,3}oui)\b"
"""Pattern of both, on folded text without boxes: what chose one was not typed, or was lost with the layout."""
