"""``Tender``: a tender described in code, by the names of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Tender:
    """A tender described by facts, nested or dotted.

        Tender({"objet": "Entretien", "type": "services", "valeur_estimee_ht": 99000,
                "acheteur": {"categorie": "region"}, "lots": [{"numero": "1", "objet": "Tonte"}]})

    Names are those of the vocabulary (``achats-check schema description`` gives the JSON Schema). A missing
    name is unknown; ``False`` and ``"aucune"`` are known. Nothing is validated before ``check``.
    """

    __slots__ = ("data", "name")

    def __init__(self, data: Mapping[str, Any] | None = None, *, name: str = "description", **facts: Any) -> None:
        """Describe a tender.

        Args:
            data: Facts by name, nested or dotted; ``lots`` is a list of mappings with a ``numero``.
            name: How reports call this description.
            facts: More facts, for names without a dot.
        """
        self.data: dict[str, Any] = {**(data or {}), **facts}
        self.name = name

    def __repr__(self) -> str:
        return f"Tender({self.data!r})"
