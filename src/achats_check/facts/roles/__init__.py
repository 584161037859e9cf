"""Which piece of a dossier a document is: by its title, its running heads, its file name, what it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from achats_check.facts.roles.file_name import file_name, spoken_name
from achats_check.facts.roles.lots import lots_named
from achats_check.facts.roles.naming import Naming
from achats_check.facts.roles.run_on import named_in_run_on
from achats_check.facts.roles.title import OWN_KIND, Named, named_by_file, named_by_title
from achats_check.facts.text import fold
from achats_check.model.document import ROLES, Document
from achats_check.patterns import compiled
from achats_check.wording import shorten

_COVER = 25
"""Lines of a first page where the title stands."""
_SHORT = 160
_SHOWN = 80
"""Longest title shown as the ground of a role, « … » included."""
_NUMBERED = r"(?:(?:(?:partie|piece|document)(?: n ?° ?)? ?)?\d{1,2} ?[-–.:] ?)?"
_GOES_BELOW = r"\b[^.:]{0,40}$"
"""Around the first words of a line that may be the beginning of a title cut in two or three."""
_DRAWINGS = (".dwg", ".dxf", ".dwf", ".dgn", ".rvt", ".ifc", ".skp", ".plt")
"""Extensions of what only a drawing program opens."""
_SUBJECTS_NEEDED, _SUBJECTS_LEAD = 4, 2
_NO_SCORES = (("AUTRE", 0), ("AUTRE", 0))
_SIGNED = 2
"""Subjects of the commitment that a contract in one piece has."""
_FIRST_LINES = 8
_GOES_ON = (
    r"\(?(?:valant|et |tenant lieu|faisant office|/|- "
    r"|(?:cette|l[ea] presente?) (?:lettre|document|piece) (?:vaut|tient lieu|fait office) )"
)
"""A line that goes on with the title above: « valant C.C.A.P. », « cette lettre vaut cahier des charges »."""
_WORKBOOKS = ("xlsx", "ods")
_CLEARLY = 6
"""Subjects from which the content is believed against the file name."""


def recognise(document: Document, naming: Naming) -> tuple[str, str]:
    """Return the role of a document (a key of ROLES) and why, in French.

    The first title that names a piece wins, so that a CCAP that cites the RC stays a CCAP; then what runs at the
    head or foot of its pages; the file name counts when no title speaks, unless the text clearly says otherwise,
    then a title in the middle of a first page read as one paragraph, and the subjects of the text when the name is
    silent too.
    """
    named = with_role(document, naming)
    return named.role, named.role_ground


_SIGNED_BY_LOT = ("AE", "PRIX")
"""Pieces of which each lot has its own, whose cover says so anywhere."""


def with_role(document: Document, naming: Naming) -> Document:
    """Return the document with its role, its ground, what else it serves as, and the lots it is limited to."""
    if document.role != "AUTRE":
        return document
    name = spoken_name(document.path)
    titled = _by_title(document, naming) or _by_running_head(document, naming)
    by_name = named_by_file(name, naming) if titled is None or "ann" in name else None
    named, ground, lots = titled or _by_name_or_subjects(document, by_name, naming)
    named = _completed(document, named, by_name, naming)
    ground = f"{ground} ({_said(named)})" if ground else "aucun indice de la nature de la pièce"
    lots = _lots(name, named, naming, lots)
    if lots and document.format in _WORKBOOKS:
        lots = _of_sheets(document, naming) or lots
    return document._replace(role=named.role, role_ground=ground, also=named.also, annex_of=named.annex_of, lots=lots)


def expected(path: str, naming: Naming) -> Document:
    """Return a document without text, with the role that the name of a piece that could not be read lets expect."""
    name = spoken_name(path)
    named = named_by_file(name, naming)
    if named is None and PurePath(path).suffix.lower() in _DRAWINGS:
        named = Named("PLAN")
    if named is None:
        return Document(path, "", ())
    ground = f"nom du fichier « {file_name(path)} » ({_said(named)})"
    return Document(
        path,
        "",
        (),
        role=named.role,
        role_ground=ground,
        also=named.also,
        annex_of=named.annex_of,
        lots=_lots(name, named, naming),
    )


def _lots(name: str, named: Named, naming: Naming, titled: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the lots that the title or the name tells; what rules the consultation rules all those it is about."""
    return () if named.role in ("RC", "AAPC") else titled or lots_named(name, naming.every_lot, in_name=True)


def _of_sheets(document: Document, naming: Naming) -> tuple[str, ...]:
    """Return the lots of a price schedule whose sheets are named after them: the first is not the only one."""
    titles = (fold(block.text) for block in document.blocks if block.kind == "title")
    named = [lot for title in titles if title.startswith("lot") for lot in lots_named(title, naming.every_lot)]
    return tuple(dict.fromkeys(named))


def _said(named: Named) -> str:
    if named.role == "ANNEXE" and named.annex_of:
        return f"annexe : {ROLES[named.annex_of]}"
    also = "".join(f", valant {ROLES[role]}" for role in named.also)
    return f"{ROLES[named.role]}{also}"


def _by_title(document: Document, naming: Naming) -> tuple[Named, str, tuple[str, ...]] | None:
    cover = list(_cover(document))
    lines = [text for _, text in cover]
    cut_title = compiled(f"{_NUMBERED}(?:{naming.openings}){_GOES_BELOW}")
    for rank, line in enumerate(lines):
        if line.startswith(("sommaire", "table des matieres")):
            break
        for count in (1, 2, 3) if cut_title.match(line) else (1,):
            named, count = _title_at(lines, rank, count, naming)
            if named is not None:
                title = " ".join(" ".join(raw for raw, _ in cover[rank : rank + count]).split())
                around = [*lines[rank + count : rank + count + 2], *lines[max(0, rank - 2) : rank]]
                beside = next((text for text in around if text.startswith("lot")), "")
                whole = " ".join(lines[rank : rank + count])
                lots = lots_named(whole, naming.every_lot) or lots_named(beside, naming.every_lot)
                if not lots and named.role in _SIGNED_BY_LOT:
                    lots = _only_lot(lines[rank:], naming)
                return named, f"titre « {shorten(title, _SHOWN)} »", lots
    return _contract(document, cover[:_FIRST_LINES], naming)


def _only_lot(cover: list[str], naming: Naming) -> tuple[str, ...]:
    """Return the lot that one line of a cover is about; several are the lots to choose from."""
    told = {lots_named(line, naming.every_lot) for line in cover if line.startswith("lot")}
    return told.pop() if len(told) == 1 else ()


def _title_at(lines: list[str], rank: int, count: int, naming: Naming) -> tuple[Named | None, int]:
    """Return what the title of so many lines says, with those below that go on with it, and how many they are."""
    named = _short_title(lines[rank : rank + count], naming)
    if named is None:
        return None, count
    for below in lines[rank + count : rank + count + 2]:
        if named.role == "ANNEXE":
            own = _short_title([below], naming)
            if own is not None and own.role in OWN_KIND:
                return own, count
        elif compiled(_GOES_ON).match(below):
            longer = _short_title([*lines[rank : rank + count], below], naming)
            if longer is not None and len(longer.also) + (longer.role != named.role) > len(named.also):
                return longer, count + 1
    return named, count


def _short_title(lines: list[str], naming: Naming) -> Named | None:
    text = " ".join(lines)
    return named_by_title(text, naming) if len(text) <= _SHORT else None


def _contract(
    document: Document, cover: list[tuple[str, str]], naming: Naming
) -> tuple[Named, str, tuple[str, ...]] | None:
    """Recognise a contract in one piece, which no usual title names: its parties, or its clauses and its signature."""
    raw = next((raw for raw, text in cover if compiled(naming.contract).match(text)), "")
    if raw and any(compiled(naming.parties).search(text) for _, text in cover):
        return Named("CCP", ("AE",)), f"titre « {shorten(raw, _SHOWN)} », parties nommées", ()
    scores = _scores(document, naming) if raw else {}
    if not raw or scores.get("CCAP", 0) < _SUBJECTS_NEEDED or scores.get("AE", 0) < _SIGNED:
        return None
    return Named("CCAP", ("AE",)), f"titre « {shorten(raw, _SHOWN)} »", ()


def _cover(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the first lines as written and folded, without those of a table of contents or of a list of pieces."""
    seen, listed = 0, False
    for block, after in zip(document.blocks, (*document.blocks[1:], None), strict=True):
        in_list = block.kind == "list_item" and (listed or (after is not None and after.kind == "list_item"))
        listed = block.kind == "list_item"
        text = " ".join(fold(block.text).split())
        if not text or in_list or "...." in text or block.kind in ("header", "footer", "toc"):
            continue
        seen += 1
        if seen > _COVER:
            return
        yield block.text.strip(), text


def _by_running_head(document: Document, naming: Naming) -> tuple[Named, str, tuple[str, ...]] | None:
    for block in document.blocks:
        text = " ".join(fold(block.text).split()) if block.kind in ("header", "footer") else ""
        named = named_by_title(text, naming) if 0 < len(text) <= _SHORT else None
        if named is not None:
            return (
                named,
                f"en-tête ou pied de page « {shorten(block.text, _SHOWN)} »",
                lots_named(text, naming.every_lot),
            )
    return None


def _by_name_or_subjects(
    document: Document, by_name: Named | None, naming: Naming
) -> tuple[Named, str, tuple[str, ...]]:
    scores = _scores(document, naming)
    ranked = sorted(scores.items(), key=lambda item: item[1], reverse=True)
    (role, best), (_, second) = [*ranked, *_NO_SCORES][:2]
    clear = best - second >= _SUBJECTS_LEAD
    if by_name is not None:
        contradicted = clear and best >= _CLEARLY and scores.get(by_name.role, best) <= 1
        if not contradicted:
            return by_name, f"nom du fichier « {file_name(document.path)} »", ()
    run_on = named_in_run_on(document.blocks, naming, _SHORT)
    if run_on is not None:
        return run_on[0], f"titre « {shorten(run_on[1], _SHOWN)} » au milieu d'un paragraphe", ()
    if best < _SUBJECTS_NEEDED or not clear:
        return Named("AUTRE"), "", ()
    return Named(role), "rubriques habituelles d'une telle pièce", ()


def _scores(document: Document, naming: Naming) -> dict[str, int]:
    """Return how many of its usual subjects the text shares with each role."""
    text = fold("\n".join(block.text for block in document.blocks))
    return {role: sum(word in text for word in words) for role, words in naming.subjects.items()}


def _completed(document: Document, named: Named, by_name: Named | None, naming: Naming) -> Named:
    """Let the name and the content finish what a short title leaves open."""
    if named.role == "CCP" and not named.also and _only_technical(document, named, naming):
        return Named("CCTP")
    if by_name is None or by_name.role != "ANNEXE":
        return named
    if named.role == "ANNEXE" and not named.annex_of:
        return by_name
    if named.role in ("CCAP", "CCTP", "CCP", "AE", "RC") and _announces_an_annex(document, naming):
        return Named("ANNEXE", annex_of=named.role)
    return named


def _only_technical(document: Document, named: Named, naming: Naming) -> bool:
    """A « cahier des charges » without any administrative clause is the technical piece only."""
    titles = (text for _, text in _cover(document) if _is_title_of(named, text, naming))
    called = next(titles, "") or spoken_name(document.path)
    joint = compiled(r"clauses|administratives|\bc\.? ?c\.? ?p\b").search(called)
    named_so = "cahier des charges" in called and not joint
    return named_so and _scores(document, naming).get("CCAP", 0) < 3


def _is_title_of(named: Named, text: str, naming: Naming) -> bool:
    title = _short_title([text], naming)
    return title is not None and title.role == named.role


def _announces_an_annex(document: Document, naming: Naming) -> bool:
    """The first page has one line that is the title of an annex, and no list of them."""
    named = (naming.annex.first(text) for _, text in list(_cover(document))[:6])
    return sum(annex is not None and annex.start() == 0 for annex in named) == 1
