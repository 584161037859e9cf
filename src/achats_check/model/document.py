"""What a reader hands over: a document as blocks of text that each know where they stand."""

from typing import NamedTuple

ROLES = {
    "AAPC": "avis d'appel à la concurrence",
    "RC": "règlement de la consultation",
    "CCAP": "cahier des clauses administratives particulières",
    "CCTP": "cahier des clauses techniques particulières",
    "CCP": "cahier des clauses particulières",
    "AE": "acte d'engagement",
    "PRIX": "pièce financière (BPU, DPGF, DQE)",
    "RAPPORT": "rapport de présentation",
    "ANNEXE": "annexe d'une pièce",
    "CRT": "cadre de réponse ou de mémoire technique",
    "CANDIDATURE": "formulaire du candidat (DC1, DC2, DC4, DUME)",
    "QR": "questions et réponses, compléments au dossier",
    "PLAN": "plan ou pièce graphique",
    "CCAG": "cahier des clauses administratives générales",
    "AVIS": "avis publié, autre que d'appel à la concurrence",
    "DECP": "données essentielles du contrat",
    "DESCRIPTION": "description structurée",
    "AUTRE": "autre pièce",
}
"""Roles a piece of a dossier may have, with their French names."""
STATING_NOTHING = frozenset({"CANDIDATURE", "CCAG", "PLAN"})
"""Roles whose text states nothing of this purchase: blank forms, plans, the State's general clauses."""
_HOMES = frozenset({"AAPC", "AVIS", "DECP", "RC", "CCAP", "CCTP", "CCP", "AE", "PRIX", "RAPPORT", "DESCRIPTION"})


def stands_for(role: str, read: frozenset[str]) -> bool:
    """Say whether a role is among those read, a CCP standing for both the CCAP and the CCTP."""
    if role in read:
        return True
    if role == "CCP":
        return {"CCAP", "CCTP"} <= read
    return role in {"CCAP", "CCTP"} and "CCP" in read


class Block(NamedTuple):
    """A paragraph, a title or a table row: the smallest thing a quote can point to."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody asks of a block
    """Rank in the document, from 0; the paragraph number shown to people is ``index + 1``."""
    kind: str
    """"title", "paragraph", "list_item", "row", "header", "footer", "note", "textbox", "toc" (an entry
    of a table of contents: it announces a title and states nothing), or "field" (a code, an amount, a date
    of a notice or of a contract record: read by its path, never as prose)."""
    text: str
    """The text as read; for a row, its cells joined by a tab. Spans count code points of it."""
    page: int | None = None
    """Page of the PDF, from 1; None for formats that have no pages."""
    article: str = ""
    """Number of the article the block belongs to ("6.2"), automatic numbers included, or ""."""
    heading: str = ""
    """Text of the nearest title above (the block's own text when it is a title)."""
    level: int = 0
    """Depth of a title, from 1; 0 for anything else."""
    table: int | None = None
    """Rank of the table the row belongs to, from 0; None outside tables."""
    cells: tuple[str, ...] = ()
    """Cells of a row, left to right, merged cells once; empty for other kinds."""
    pointer: str = ""
    """Path of the element in a structured file, without namespaces, with the lot and the rank of repeated
    elements ("ProcurementProjectLot[LOT-0001]/TenderingProcess/…"); "" for other formats."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Attributes of the element that say what its text is (list of codes, currency, unit, language)."""


class Document(NamedTuple):
    """A document that was read."""

    path: str
    """Path as the user gave it, or a name for data given directly."""
    format: str
    """A name of the table of readers: "docx", "pdf", "xlsx", "json"…"""
    blocks: tuple[Block, ...]
    """Blocks in reading order; ``blocks[i].index == i``."""
    pages: int | None = None
    """Number of pages, when the format has pages."""
    unread_pages: tuple[int, ...] = ()
    """Pages without any text (scans), from 1: nothing can be said absent because of them."""
    pending_changes: int = 0
    """Tracked insertions and deletions still pending in a Word file."""
    truncated: bool = False
    """Some of the text was left out under a limit: nothing can be said absent because of it."""
    warnings: tuple[str, ...] = ()
    """What was dropped or doubtful in the reading, in French."""
    role: str = "AUTRE"
    """Role of the piece, a key of ROLES; readers leave AUTRE, ``facts`` recognises it."""
    role_ground: str = ""
    """Why that role was recognised, in French."""
    ocr_pages: tuple[int, ...] = ()
    """Scanned pages read by character recognition, from 1: what is read there is less sure, and accuses nobody."""
    ends_early: str = ""
    """Why the text seems to stop before its end, in French; "" when nothing says so."""
    also: tuple[str, ...] = ()
    """Other roles the piece serves as: an « acte d'engagement valant CCP » is a CCP and also the AE."""
    annex_of: str = ""
    """For an annex, the role of the piece it completes, "" when nothing says which."""
    lots: tuple[str, ...] = ()
    """Numbers of the only lots the piece concerns, when its title or its name says so."""
    label: str = ""
    """How people tell it from the other pieces of the dossier ("CCTP, lot 2"); "" to call it by its role."""

    same_as: str = ""
    """Path of the piece of which this is another format, with the same text."""

    @property
    def home(self) -> str:
        """The role whose wording is looked for in the piece: an annex is read as what it completes."""
        role = self.annex_of if self.role == "ANNEXE" else self.role
        return role if role in _HOMES else "AUTRE"

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles the piece stands for when something is said absent: none for an annex, which completes only."""
        return () if self.role == "ANNEXE" else (self.role, *self.also)

    @property
    def partly_read(self) -> bool:
        """Whether some of the text escaped the reading, or may have, so that its silence means nothing."""
        return bool(self.unread_pages or self.ocr_pages or self.ends_early) or self.truncated


class Unread(NamedTuple):
    """A piece that could not be read: a result, never a silence."""

    path: str
    format: str
    """Format recognised from the content, or "" when unknown."""
    reason: str
    """What is wrong, in French."""
    advice: str
    """What to do about it, in French."""
