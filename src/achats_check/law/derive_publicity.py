"""Whether a call for competition was published, and where, as the list of supports tells it; the time to answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

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


DAY_OF_SENDING = 0.8
"""Confidence from which a launch is the day a notice was sent; the day it appeared, some days later, has less."""
PLENTY = 30
"""The longest minimum: counted from the day a notice appeared, later than its sending, it is kept all the more."""


def days_to_answer(context: Context) -> int | None:
    """Count the days from the launch to the deadline of the offers; None when one does not follow the other.

    The sending of a notice is no launch by itself: that of a correction leaves few days, and shortens nothing.

    Source:
        CCP, art. R2161-2: from the day of sending.
    """
    sent, limit = context.known("date_lancement"), context.known("date_limite_offres")
    if not isinstance(sent, date) or not isinstance(limit, date) or limit <= sent:
        return None
    days = (limit - sent).days
    return days if days >= PLENTY or context.fact("date_lancement").confidence >= DAY_OF_SENDING else None
