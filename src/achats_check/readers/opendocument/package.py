"""The zip of an OpenDocument file and its XML parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.errors import ReadError
from achats_check.readers import guards

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

_MANIFEST = "META-INF/manifest.xml"


class Package:
    """An open OpenDocument file.

    Raises:
        ReadError: The file is no zip, or its content is under a password.
    """

    def __init__(self, path: Path) -> None:
        self._zip = guards.open_zip(path, "Le fichier OpenDocument est incomplet ou endommagé.")
        self._names = set(self._zip.namelist())
        if _MANIFEST in self._names and b"encryption-data" in guards.inflate(self._zip, _MANIFEST):
            raise ReadError("Le document est protégé par un mot de passe.", "Fournir une copie sans mot de passe.")

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def part(self, name: str) -> Element | None:
        """Return the root of a part; None when there is none of that name."""
        if name not in self._names:
            return None
        return guards.parse_xml(guards.in_utf8(guards.inflate(self._zip, name)), name)

    def content(self) -> Element:
        """Return the root of the main part.

        Raises:
            ReadError: There is none.
        """
        root = self.part("content.xml")
        if root is None:
            raise ReadError("Le fichier OpenDocument ne contient pas de texte principal.", guards.CORRUPT)
        return root
