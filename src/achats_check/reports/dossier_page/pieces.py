"""The pieces of a dossier: what each is, what was read of it, what is not there; and what the buyer stated beside."""

from __future__ import annotations

from collections.abc import Sequence

from achats_check.model.document import ROLES
from achats_check.model.fact import DECLARED, Fact
from achats_check.model.report import InputPiece, Report
from achats_check.reports.dossier_page.folding import folded
from achats_check.reports.dossier_page.prose import prose
from achats_check.reports.fact_list import fact_label
from achats_check.reports.page.markup import Markup, join, tag
from achats_check.reports.piece_list import in_order, lacking_pieces, piece_role, role_ground
from achats_check.vocabulary import Vocabulary
from achats_check.wording import common_root, format_location, format_value

_DECLARED = "Ce que l'acheteur a déclaré, qui l'emporte sur ce que disent les pièces"
_STATUSES = {"read": ("✓", "lue"), "partly_read": ("!", "lue en partie"), "unread": ("✗", "non lue")}


def piece_table(report: Report) -> Markup:
    """Draw a row for each file that was given, then say what a consultation usually has and was not supplied."""
    pieces = in_order(report.inputs)
    if not pieces:
        return Markup()
    root = common_root(piece.path for piece in pieces)
    paged = any(piece.pages for piece in pieces)
    heads = [tag("th", title, scope="col") for title in ("Fichier", "Ce que c'est", "Lecture")]
    pages = [tag("th", "Pages", scope="col", class_="number")] if paged else []
    table = tag(
        "table",
        tag("caption", "Pièces données, et ce qui en a été lu", class_="hidden"),
        tag("thead", tag("tr", *heads, *pages)),
        tag("tbody", *(_row(piece, root, paged=paged) for piece in pieces)),
    )
    framed = tag("div", table, class_="frame", role="region", aria_label="Pièces du dossier", tabindex="0")
    return join([framed, *(tag("p", line) for line in _lacking(pieces))])


def _row(piece: InputPiece, root: str, *, paged: bool) -> Markup:
    role = piece_role(piece)
    ground = " — ".join(text for text in (ROLES.get(piece.role, ""), role_ground(piece)) if text and text != role)
    sign, status = _STATUSES[piece.status]
    return tag(
        "tr",
        tag("th", piece.path[len(root) :], scope="row", class_="cut"),
        tag("td", role, *_note(ground), class_="long"),
        tag("td", tag("span", sign, aria_hidden="true", class_="sign"), status, *_note(piece.reason), class_="reading"),
        *([tag("td", str(piece.pages or ""), class_="number")] if paged else []),
    )


def _note(text: str) -> list[Markup]:
    return [tag("div", text, class_="note")] if text else []


def _lacking(pieces: Sequence[InputPiece]) -> list[str]:
    described = all(piece.role == "DESCRIPTION" for piece in pieces)
    return [] if described else lacking_pieces(pieces)


def declared_facts(report: Report, vocabulary: Vocabulary, *, opened: bool) -> Markup:
    """Draw what the buyer stated beside the pieces: a reader must not take it for what they say."""
    stated = [fact for fact in report.facts if fact.origin == DECLARED and fact.evidence]
    if not stated:
        return Markup()
    lines = [tag("li", prose(_stated(fact, vocabulary))) for fact in stated]
    return folded(f"{_DECLARED} ({len(stated)})", tag("ul", *lines), opened=opened)


def _stated(fact: Fact, vocabulary: Vocabulary) -> str:
    value = format_value(vocabulary.get(fact.name), fact.value)
    return f"{fact_label(fact, vocabulary)} : {value} — {format_location(fact.evidence[0])}"
