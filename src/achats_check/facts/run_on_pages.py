"""Pieces whose pages were each read as one paragraph: their titles and labels are put back at the head of lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from achats_check.model.document import Block, Document
from achats_check.patterns import compiled

_LONG, _MOST = 300, 400_000
"""Code points from which a paragraph may be a page, and beyond which nothing is cut."""
_CUT = 150
"""Shortest paragraph of such a piece that is cut."""
_SHARE = 0.7
"""Share of the text of a piece that such paragraphs hold, when its lines were lost."""
_CAPITALS = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ]"
_WORD_AFTER = rf"(?=['’\"«]?{_CAPITALS})"
_TITLES = (
    r"(?:ARTICLE|Article|CHAPITRE|Chapitre) (?:premier|PREMIER|[IVX]{1,4}\b|\d{1,2}(?:[.-]\d{1,2}){0,2}\b)"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,2}}\.? ?[-–:]? ?{_WORD_AFTER}"
    r"|\d{1,2} ?[-–.)]? (?=(?:Objet|OBJET|Durée|DUR[EÉ]E|Forme|FORME|Allotissement|ALLOTISSEMENT|Variantes|VARIANTES"
    r"|Critères|CRIT[EÈ]RES|Décomposition|D[EÉ]COMPOSITION|Nature|Procédure|Dispositions|DISPOSITIONS)\b)"
    r"|SOMMAIRE\b|Sommaire\b|Table des matières"
    r"|(?:CAHIER DES (?:CLAUSES|CHARGES)|Cahier des (?:[Cc]lauses|[Cc]harges)|R[EÈ]GLEMENT DE (?:LA )?CONSULTATION"
    r"|Règlement de (?:la )?[Cc]onsultation|ACTE D.ENGAGEMENT|Acte d.engagement)\b"
)
_LABELS = (
    r"(?:(?:OBJET|Objet)(?: (?:DU|du|DE LA|de la|DE L.|de l.) ?[\w-]{5,14})?|(?:INTITUL[EÉ]|Intitulé) (?:du"
    r"|DU) [\w-]{5,14}"
    r"|(?:(?:Le )?[Pp]ouvoir [Aa]djudicateur|POUVOIR ADJUDICATEUR|Ma[iî]tre d.ouvrage|MA[IÎ]TRE D.OUVRAGE"
    r"|Personne [Pp]ublique"
    r"|(?:Ma[iî]trise|MA[IÎ]TRISE) (?:d.ouvrage|D.OUVRAGE)"
    r"|Acheteur(?: public)?|(?:Ma[iî]tre|MA[IÎ]TRE|Ma[iî]trise|MA[IÎ]TRISE) (?:d.[œo]e?uvre|D.[ŒO]E?UVRE)"
    r"|Ordonnateur|Comptable|Personne habilitée|Représentant du [Pp]ouvoir"
    r"|Lieux? d.exécution|Dossier suivi|Remise des offres|REMISE DES OFFRES))\s?:"
    r"|MA[IÎ]TR(?:E|ISE) D.(?:OUVRAGE|[ŒO]E?UVRE)\b"
    r"|(?:Date|DATE)(?: et heure| ET HEURE)? (?:limites?|LIMITES?) (?:de|DE)\b"
    r"|(?:Procédure|PROC[EÉ]DURE) (?:adaptée|ADAPT[EÉ]E)"
    r"|(?:Marché|MARCH[EÉ]) (?:passé|PASS[EÉ]|à procédure|A PROC[EÉ]DURE|À PROC[EÉ]DURE)"
    rf"|MARCH[EÉ] (?:PUBLIC )?(?:DE|D.) ?{_WORD_AFTER}"
    r"|(?:MARCH[EÉ]S?|Marchés?)(?: (?:PUBLICS?|publics?))? (?:DE|de) (?:SERVICES?|services?|TRAVAUX|travaux"
    r"|FOURNITURES?"
    r"|fournitures?|PRESTATIONS?|prestations?)"
    r"|(?:LOT|Lot) (?:[Nn]°? ?)?\d{1,2} ?[:–-]"
)
_BUYERS = (
    r"(?:MINIST[EÈ]RE|Ministère|PR[EÉ]FECTURE|Préfecture|COMMUNE D|Commune d|MAIRIE D|Mairie d|VILLE D|Ville d|SYNDICAT"
    r"|Syndicat|CONSEIL (?:G[EÉ]N[EÉ]RAL|D[EÉ]PARTEMENTAL|R[EÉ]GIONAL)|COMMUNAUT[EÉ] D"
    r"|Communauté d|CENTRE HOSPITALIER|Centre [Hh]ospitalier|UNIVERSIT[EÉ] |LYC[EÉ]E |COLL[EÈ]GE )"
)
"""Names of buyers, which open a line of a cover."""
_SIDES = rf"(?<={_CAPITALS}{{3}}) (?={_CAPITALS}[a-zà-ÿ]{{2}})"
"""From a title in capitals to a sentence."""
_RAISED = (
    rf"(?<=[a-zà-ÿ]{{3}})(?<! des)(?<! les)(?<! aux)(?<! une)(?<! sur)"
    rf" (?={_CAPITALS}{{3,}} (?:{_CAPITALS}['’]|{_CAPITALS}{{2}}))"
)
"""From the lines of an address to a title in capitals, on a cover."""
_PIECE_ENDS = (
    rf"(?:PARTICULI[EÈ]RES|[Pp]articulières|CONSULTATION"
    rf"|[Cc]onsultation)(?: ?\((?:[A-Z]\.? ?){{2,5}}\))? (?={_CAPITALS})"
)
"""From the title of a piece to what stands below, on a cover."""
_CITED = (
    r"(?i:\b(?:aux?|du|de|des|les?|la|l.|d.|un|une|cf\.?|voir|selon|par|et|ou|pr[ée]sente?|n°?|lot)|['’(«\"/-])\s*$"
)
"""What stands before a word that is only cited."""
_CONTENTS = r"(?i:sommaire|table des mati[eè]res|contenu|tableau r[eé]capitulatif)\b.{0,40}$"
"""What stands above the entries of contents: without it, short articles are stipulations."""
_ENTRY = 110
"""Longest line that may be an entry of contents."""


def with_lines(document: Document) -> Document:
    """Return a document with its run-on pages cut before their titles and labels, or as it was.

    Args:
        document: As read. One with tables, or whose paragraphs are mostly short, keeps its lines.
    """
    blocks = document.blocks
    texts = [block.text for block in blocks if block.kind == "paragraph"]
    long = sum(len(text) for text in texts if len(text) >= _LONG)
    whole = sum(len(block.text) for block in blocks)
    if not long or long < _SHARE * whole or whole > _MOST or any(block.pointer for block in blocks):
        return document
    cover = next(block.index for block in blocks if len(block.text) >= _CUT)
    cut = [part for block in blocks for part in _parts(block, cover=block.index == cover)]
    if len(cut) < len(blocks) + 3:
        return document
    return document._replace(blocks=tuple(block._replace(index=index) for index, block in enumerate(cut)))


def _parts(block: Block, *, cover: bool) -> Iterator[Block]:
    if block.kind != "paragraph" or len(block.text) < _CUT:
        yield block
        return
    starts = sorted({0, *_starts(block.text, cover=cover)})
    lines = [block.text[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)]
    lines = [line for line in lines if line]
    above = ""
    for entry, same in groupby(lines, key=_is_entry):
        told = list(same)
        listed = entry and compiled(_CONTENTS).match(above) is not None
        for line in told:
            led = entry and compiled(r"\.{3,} ?\d").search(line) is not None
            yield block._replace(text=line, kind="toc" if listed or led else "paragraph")
        above = told[-1]


def _starts(text: str, *, cover: bool) -> Iterator[int]:
    """Yield where a title, a label, or on a cover the name of a buyer begins, that nothing before it cites."""
    sought = f"{_TITLES}|{_LABELS}|{_BUYERS}" if cover else f"{_TITLES}|{_LABELS}"
    for match in compiled(rf"(?:(?<=[\s.:;)])|(?<=[a-zà-ÿ])(?=[A-ZÉ]))(?:{sought})").finditer(text):
        if compiled(_CITED).search(text, max(0, match.start() - 12), match.start()) is None:
            yield match.start()
    page = compiled(rf"\d{{1,3}} (?={_CAPITALS})").match(text)
    if page is not None:
        yield page.end()
    for match in compiled(rf"{_SIDES}|{_PIECE_ENDS}|{_RAISED}" if cover else _SIDES).finditer(text):
        yield match.end()


def _is_entry(line: str) -> bool:
    """Say whether a line may be an entry of the contents: an article without a sentence."""
    if len(line) > _ENTRY or compiled(r"(?:ARTICLE|Article|CHAPITRE|Chapitre|\d{1,2}\.\d)").match(line) is None:
        return False
    return (
        compiled(r"\w\.(?: [A-Z]|$)|[:;€%]|\b(?:est|sont|sera|seront|a|ont|peut|doit|doivent)\b").search(line, 12)
        is None
    )
