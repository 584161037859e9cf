"""Whether a call for competition was published, and where, as the list of supports tells it."""

from __future__ import annotations

from collections.abc import Callable

from achats_check.law.context import Context

TOLD_BY = {
    "avis.publie": ("boamp_jal", "joue", "profil_acheteur"),
    "avis.publie_joue": ("joue",),
    "avis.publie_boamp_jal": ("boamp_jal",),
}
"""Each fact on the publication of a notice, and the supports that make it true; a list without them makes it false."""


def appeared_in(supports: tuple[str, ...]) -> Callable[[Context], bool | None]:
    """Return the derivation that says whether the notice appeared in one of some supports."""

    def told(context: Context) -> bool | None:
        listed = context.known("procedure.publicite")
        return any(support in listed for support in supports) if isinstance(listed, tuple) else None

    return told
