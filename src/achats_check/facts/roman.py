"""Roman figures as lots and chapters are numbered with."""

from __future__ import annotations

_FIGURES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
ARABIC = {figure: str(rank) for rank, figure in enumerate(_FIGURES, 1)}
"""Arabic figures by the Roman ones, in capitals, from I to XV."""
