"""Plain texts and Markdown: encodings, lines joined again, titles, lists, tables; prose is never a description."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_pieces import written

from achats_check.model.document import Document
from achats_check.readers import read
from achats_check.readers.encodings import decoded
from achats_check.readers.marks import is_item
from achats_check.readers.plain.markdown import markdown
from achats_check.readers.plain.paragraphs import paragraphs


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("L. 2124-2, R. 2124-2 et R. 2161-2 du code de la commande publique", False),
        ("R. 2161-2 à R. 2161-5 du code", False),
        ("D. 2111-3 du même code", False),
        ("L. Tonte des prés", True),
        ("D. 12 mois de garantie", True),
        ("d) taille", True),
        ("2. Tonte", True),
    ],
)
def test_an_article_cited_at_the_head_of_a_line_is_no_item(line: str, item: bool) -> None:
    """A line cut before "L. 2124-2" goes on the sentence above."""
    assert is_item(line) is item


def document(path: Path, text: str | bytes) -> Document:
    """Read a text written to a path."""
    result = read(written(path, text if isinstance(text, bytes) else text.encode()))
    assert isinstance(result, Document), result
    return result


def shown(text: str) -> list[tuple[str, str]]:
    """Kinds and texts of the drafts of a plain text."""
    return [(draft.kind, draft.text) for draft in paragraphs(text.splitlines())]


def marked(text: str) -> list[tuple[str, str]]:
    """Kinds and texts of the drafts of a Markdown text."""
    return [(draft.kind, draft.text) for draft in markdown(text.splitlines())]


SENTENCE = "Le marché est passé « à prix forfaitaire », c’est-à-dire 320 000 € HT ; durée : 4 ans."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """A text is read in the encodings that word processors and mailers use, with or without a mark."""
    found = document(tmp_path / "RC.txt", (SENTENCE + "\n").encode(encoding))
    assert [block.text for block in found.blocks] == [SENTENCE]


def test_msdos_accents() -> None:
    """The accents of MS-DOS are told from those of Windows."""
    assert decoded("Le marché est réservé.".encode("cp850")) == "Le marché est réservé."


def test_nulls_and_controls(tmp_path: Path) -> None:
    """A few null bytes and control signs are dropped; a file made of them is no text."""
    found = document(tmp_path / "a.txt", ("Le titulaire tond la pelouse. " * 20).encode() + b"Fin\0\x01.")
    assert found.blocks[0].text.endswith("Fin.")
    assert decoded(b"\0" * 500) is None
    assert decoded(bytes(range(256)) * 4) is None


def test_lines_cut_to_a_width_are_joined() -> None:
    """A paragraph over several lines is one block; short lines under one another stay apart."""
    text = (
        "Mairie de Brume\n12 rue Haute\n\n"
        "Le présent marché a pour objet l'entretien des espaces verts de la commune et des\n"
        "abords de ses bâtiments. Il est passé selon une procédure adaptée, en application de\n"
        "l'article L. 2123-1 du code.\n"
        "Les variantes sont interdites.\n"
    )
    assert shown(text) == [
        ("paragraph", "Mairie de Brume"),
        ("paragraph", "12 rue Haute"),
        (
            "paragraph",
            "Le présent marché a pour objet l'entretien des espaces verts de la commune et des abords de ses "
            "bâtiments. Il est passé selon une procédure adaptée, en application de l'article L. 2123-1 du code.",
        ),
        ("paragraph", "Les variantes sont interdites."),
    ]


def test_short_lines_are_cut_to_no_width() -> None:
    """Criteria under one another: nobody cuts lines at twenty letters."""
    assert shown("Article 3 - Critères\nPrix : 60 %\nValeur technique : 40 %\n") == [
        ("title", "Article 3 - Critères"),
        ("paragraph", "Prix : 60 %"),
        ("paragraph", "Valeur technique : 40 %"),
    ]


def test_titles_of_a_plain_text() -> None:
    """Titles are told by their number, an underline or blank lines; a table of contents announces them."""
    text = (
        "Article 1 - Objet ............ 3\n\n"
        "Article 1 - Objet\nTonte des pelouses.\n\n1.1 Lots\n\nDeux lots.\n\n2. Durée\n\n"
        "Un an.\n- tonte ;\na) taille.\n"
    )
    assert shown(text) == [
        ("toc", "Article 1 - Objet ............ 3"),
        ("title", "Article 1 - Objet"),
        ("paragraph", "Tonte des pelouses."),
        ("title", "1.1 Lots"),
        ("paragraph", "Deux lots."),
        ("title", "2. Durée"),
        ("paragraph", "Un an."),
        ("list_item", "- tonte ;"),
        ("list_item", "a) taille."),
    ]


def test_tables_of_a_plain_text(tmp_path: Path) -> None:
    """Rows between bars or tabs are rows; two tables apart are two tables."""
    found = document(
        tmp_path / "a.txt", "| Critère | Poids |\n|---|---|\n| Prix | 60 % |\n\nPuis :\nLot\tObjet\n1\tTonte\n"
    )
    rows = [(block.table, block.cells) for block in found.blocks if block.kind == "row"]
    assert rows == [(0, ("Critère", "Poids")), (0, ("Prix", "60 %")), (1, ("Lot", "Objet")), (1, ("1", "Tonte"))]


def test_markdown() -> None:
    """Headings, items, boxes, emphasis, links, escapes, entities and comments read as they show."""
    text = (
        "# Article 2 : **Durée** #\nUn *an*, [voir](http://x) le `CCAP`\\*  \nferme &amp; net <!-- non --><br>fin\n\n"
        "Reconduction\n---\n> - [x] oui\n> - [ ] non\n1. Tonte\n   des prés\n\n**Article 3 - Prix**\n\n"
        "| A | B |\n|:--|--:|\n| a \\| b | **c** |\n\nsnake_case et 2 * 3 * 4\n"
    )
    assert marked(text) == [
        ("title", "Article 2 : Durée"),
        ("paragraph", "Un an, voir le CCAP*\nferme & net \nfin"),
        ("title", "Reconduction"),
        ("list_item", "☒ oui"),
        ("list_item", "☐ non"),
        ("list_item", "1. Tonte des prés"),
        ("title", "Article 3 - Prix"),
        ("row", "A\tB"),
        ("row", "a | b\tc"),
        ("paragraph", "snake_case et 2 * 3 * 4"),
    ]


LETTER = "objet: réponse à votre courrier du 3 mars\n\nMadame, le marché est attribué.\n"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.txt", LETTER, "text"),
        ("a.md", LETTER, "md"),
        ("a.md", "---\ntitle: RC\n---\n# Objet\nTonte\n", "md"),
        ("a.txt", "{Nom de l'acheteur}\nRèglement de la consultation\n", "text"),
        ("a.txt", "[Logo]\nRèglement\n", "text"),
        ("a.txt", "Objet : tonte\nDurée : 12 mois\n", "text"),
        ("a", "Objet : tonte\nDurée : 12 mois\n", "text"),
        ("a.txt", "# achat\nobjet: tonte\nlots:\n- numero: 1\n  objet: prés\nprocedure.type: x\n", "yaml"),
        ("a.md", "---\nobjet: tonte\nduree_mois: 12\n", "yaml"),
        ("a.txt", '{\n  "objet": "tonte"}', "json"),
        ("a.txt", '[{"objet": "tonte"}]', "json"),
        ("a", "objet: tonte\n", "yaml"),
    ],
)
def test_prose_is_no_description_nor_the_reverse(tmp_path: Path, name: str, text: str, kind: str) -> None:
    """What a text is stands in its whole look: neither a colon nor a brace makes a description of a letter."""
    assert document(tmp_path / name, text).format == kind


@settings(max_examples=150)
@given(
    st.text(alphabet=st.sampled_from("aé1A.-|*#_`[]()<>&:; \t\\"), max_size=80).map(str.splitlines)
    | st.lists(st.text())
)
def test_any_lines_are_read(lines: list[str]) -> None:
    """Any lines give drafts with a text, and a row for each list of cells."""
    flat = [part for line in lines for part in line.splitlines()]
    for drafts in (paragraphs(flat), markdown(flat)):
        assert all(draft.text.strip() or draft.kind == "row" for draft in drafts)


@pytest.mark.parametrize(
    "sign", ["*", ".", "….", ". ", "**a", "[a](", "`", "<!--", "|", "_a", "<a ", "&#9", "- ", "\t", "a. ", "\\"]
)
def test_time_grows_with_the_text(sign: str) -> None:
    """A line of 60 000 marks that never close is read in little time."""
    start = time.thread_time()
    markdown([sign * (60_000 // len(sign))])
    paragraphs([sign * (60_000 // len(sign))])
    assert time.thread_time() - start < 5
