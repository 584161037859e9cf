"""Recognising the pieces of a dossier."""

from __future__ import annotations

import pytest
from facts_builders import naming, piece

from achats_check.facts.roles import expected, recognise, with_role
from achats_check.model.document import Block, Document


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("RÈGLEMENT DE LA CONSULTATION", "RC"),
        ("Règlement de consultation (R.C.)", "RC"),
        ("Cahier des clauses administratives particulières", "CCAP"),
        ("C.C.A.P.", "CCAP"),
        ("Cahier des charges administratives particulières", "CCAP"),
        ("CAHIER DES CHARGES ADMINISTRATIVES PARTICULIERES (C.C.A.P.)", "CCAP"),
        ("Cahier des charges administratives et techniques particulières", "CCP"),
        ("CAHIER DES CLAUSES TECHNIQUES PARTICULIERES LOT N°03 : PEINTURE", "CCTP"),
        ("CCTP lot 03", "CCTP"),
        ("Acte d’engagement", "AE"),
        ("ATTRI1 – Acte d'engagement", "AE"),
        ("Acte d'engagement valant cahier des clauses particulières", "CCP"),
        ("AE-CCP", "CCP"),
        ("Cahier des clauses particulières", "CCP"),
        ("Bordereau des prix unitaires", "PRIX"),
        ("Rapport de présentation", "RAPPORT"),
        ("Avis d'appel public à la concurrence", "AAPC"),
    ],
)
def test_the_title_tells_the_role(title: str, role: str) -> None:
    """The title tells the role."""
    found, ground = recognise(piece(f"Ville d'Exemple\n{title}\nEntretien des parcs", "AUTRE", "piece1.pdf"), naming())
    assert found == role
    assert title[:20] in ground


def test_a_ccap_that_cites_the_rc_stays_a_ccap() -> None:
    """A CCAP that cites the RC stays a CCAP."""
    text = """
    Conformément au règlement de la consultation, les pièces sont les suivantes :
    - Règlement de la consultation (RC)
    CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
    """
    assert recognise(piece(text, "AUTRE", "RC.pdf"), naming())[0] == "CCAP"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("01_RC_v2.pdf", "RC"),
        ("CCAP-2026.docx", "CCAP"),
        ("2.AE.docx", "AE"),
        ("DPGF lot 2.pdf", "PRIX"),
        ("2025-04-01-dce-aeccp.docx", "CCP"),
        ("planning.pdf", "AUTRE"),
    ],
)
def test_the_file_name_tells_when_the_title_does_not(name: str, role: str) -> None:
    """The file name tells when the title does not."""
    assert recognise(piece("Ville d'Exemple\nEntretien des parcs", "AUTRE", name), naming())[0] == role


def test_the_subjects_tell_when_nothing_else_does() -> None:
    """The subjects tell when nothing else does."""
    text = (
        "Pénalités. Résiliation. Délai global de paiement. Retenue de garantie. Intérêts moratoires. Révision des prix."
    )
    assert recognise(piece(text, "AUTRE", "document.pdf"), naming())[0] == "CCAP"


def test_a_role_already_set_is_kept() -> None:
    """A role already set is kept."""
    assert recognise(piece("Règlement de la consultation", "CCTP"), naming())[0] == "CCTP"


@pytest.mark.parametrize(
    ("cover", "name", "role", "also", "annex_of"),
    [
        ("R È G L E M E N T  D E  L A  C O N S U L T A T I O N", "x.pdf", "RC", (), ""),
        ("CAHIER DES CLAUSES\nADMINISTRATIVES\nPARTICULIÈRES", "x.pdf", "CCAP", (), ""),
        ("Pièce n° 3 : C.C.A.P", "x.pdf", "CCAP", (), ""),
        ("ACTE D'ENGAGEMENT\nvalant C.C.A.P.", "x.pdf", "AE", ("CCAP",), ""),
        ("ACTE D'ENGAGEMENT VALANT CAHIER DES CLAUSES PARTICULIERES", "x.pdf", "CCP", ("AE",), ""),
        ("Règlement de la consultation valant cahier des clauses particulières", "x.pdf", "CCP", ("RC",), ""),
        ("RC - CCAP", "x.pdf", "RC", ("CCAP",), ""),
        ("AE / CCAP / CCTP", "x.pdf", "CCP", ("AE",), ""),
        ("Cahier des clauses administratives et techniques particulières (C.C.A.T.P.)", "x.pdf", "CCP", (), ""),
        ("CCAP - CCTP", "x.pdf", "CCP", (), ""),
        ("Lettre de consultation", "x.pdf", "RC", (), ""),
        ("Lettre de consultation valant contrat", "x.pdf", "RC", ("CCAP", "AE"), ""),
        ("Avis d'appel public à la concurrence\nvalant règlement de la consultation", "x.pdf", "AAPC", ("RC",), ""),
        ("Annexe n° 1 à l'acte d'engagement\nDemande d'acceptation d'un sous-traitant", "AE.pdf", "ANNEXE", (), "AE"),
        ("Annexe n° 1 à l'acte d'engagement\nBordereau des prix unitaires", "AE1.pdf", "PRIX", (), ""),
        ("Annexe 2 au CCAP : clause sociale d'insertion", "x.pdf", "ANNEXE", (), "CCAP"),
        ("ANNEXE 3\nClause sociale d'insertion", "Annexe 3 CCAP.pdf", "ANNEXE", (), "CCAP"),
        ("Annexe 1 : liste des sites", "x.pdf", "ANNEXE", (), ""),
        ("CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\nAnnexe 4", "CCTP - annexe 4.pdf", "ANNEXE", (), "CCTP"),
        ("C.C.A.P. et ses annexes", "x.pdf", "CCAP", (), ""),
        ("Annexe au RC : cadre de réponse technique", "x.pdf", "CRT", (), ""),
        ("CADRE DE MÉMOIRE TECHNIQUE", "x.pdf", "CRT", (), ""),
        ("D.P.G.F.", "x.pdf", "PRIX", (), ""),
        ("Décomposition du prix global et forfaitaire", "x.pdf", "PRIX", (), ""),
        ("DC1 – Lettre de candidature", "x.pdf", "CANDIDATURE", (), ""),
        ("DÉCLARATION DE SOUS-TRAITANCE\tDC4", "x.pdf", "CANDIDATURE", (), ""),
        ("Document unique de marché européen", "x.pdf", "CANDIDATURE", (), ""),
        ("Question(s) / Réponse(s)", "x.pdf", "QR", (), ""),
        ("Réponses aux questions des candidats", "x.pdf", "QR", (), ""),
        ("Cahier des clauses administratives générales applicables aux marchés de travaux", "x.pdf", "CCAG", (), ""),
        ("Lot n° 2\nCAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES", "x.pdf", "CCTP", (), ""),
        ("Le présent règlement de la consultation", "CCTP.pdf", "CCTP", (), ""),
        ("MARCHÉ PUBLIC DE SERVICES", "CCAP.pdf", "CCAP", (), ""),
    ],
)
def test_usual_first_pages(cover: str, name: str, role: str, also: tuple[str, ...], annex_of: str) -> None:
    """A piece is what its first page says, all that it says, and an annex is not what it completes."""
    found = with_role(piece(f"Ville d'Exemple\n{cover}\nEntretien des parcs", "AUTRE", name), naming())
    assert (found.role, found.also, found.annex_of) == (role, also, annex_of)
    assert found.role_ground


@pytest.mark.parametrize(
    ("name", "role", "also", "annex_of", "lots"),
    [
        ("2. CCAP.pdf", "CCAP", (), "", ()),
        ("Acte_d_engagement.pdf", "AE", (), "", ()),
        ("ActeEngagement_lot2.docx", "AE", (), "", ("2",)),
        ("AE_L04.docx", "AE", (), "", ("4",)),
        ("AE-CCAP.docx", "AE", ("CCAP",), "", ()),
        ("RC valant CCP.docx", "CCP", ("RC",), "", ()),
        ("CCAP annexe 2 - insertion.pdf", "ANNEXE", (), "CCAP", ()),
        ("Annexe 1 AE - sous-traitance.pdf", "ANNEXE", (), "AE", ()),
        ("AE et annexes.pdf", "AE", (), "", ()),
        ("Annexe financière.xlsx", "PRIX", (), "", ()),
        ("DPGF lots 1 à 3.xlsx", "PRIX", (), "", ("1", "2", "3")),
        ("CCTP lots 2 et 4.pdf", "CCTP", (), "", ("2", "4")),
        ("CCTP lot 00 généralités.pdf", "CCTP", (), "", ()),
        ("CCTP tous corps d'état.pdf", "CCTP", (), "", ()),
        ("DC4_2023.docx", "CANDIDATURE", (), "", ()),
        ("Plan de masse.pdf", "PLAN", (), "", ()),
        ("Plan de prévention.pdf", "AUTRE", (), "", ()),
        ("Liste de sites.pdf", "AUTRE", (), "", ()),
        ("Rapport géotechnique G2.pdf", "AUTRE", (), "", ()),
        ("Avis technique CSTB.pdf", "AUTRE", (), "", ()),
        ("Règlement intérieur.pdf", "AUTRE", (), "", ()),
        ("Attestation RC pro.pdf", "AUTRE", (), "", ()),
        ("CRT.docx", "CRT", (), "", ()),
        ("Questions-réponses n°2.pdf", "QR", (), "", ()),
    ],
)
def test_usual_file_names(name: str, role: str, also: tuple[str, ...], annex_of: str, lots: tuple[str, ...]) -> None:
    """A name tells the role when the text does not, and of a piece that could not be read."""
    read = with_role(piece("Ville d'Exemple\nEntretien des parcs", "AUTRE", f"dossier.zip!/DCE/{name}"), naming())
    unread = expected(f"dossier.zip!/DCE/{name}", naming())
    for found in (read, unread):
        assert (found.role, found.also, found.annex_of, found.lots) == (role, also, annex_of, lots)


@pytest.mark.parametrize(
    ("title", "lots"),
    [
        ("CCTP LOT N°01 : GROS ŒUVRE", ("1",)),
        ("CCTP – Lots n° 1, 2 et 3", ("1", "2", "3")),
        ("CCTP lot unique", ()),
        ("CCTP commun à tous les lots", ()),
        ("CCTP\nLot n° 5 : électricité", ("5",)),
        ("Lot 5 – électricité\nCCTP", ("5",)),
        ("CCTP du marché de 4 lots", ()),
        ("CCTP – lot 2 500 repas", ()),
    ],
)
def test_the_title_tells_the_lots(title: str, lots: tuple[str, ...]) -> None:
    """Only what names lots limits a piece to them."""
    assert with_role(piece(f"{title}\nEntretien des parcs", "AUTRE", "x.pdf"), naming()).lots == lots


def test_what_runs_at_the_foot_of_pages_tells_too() -> None:
    """A cover in a picture leaves the foot of the pages."""
    document = piece("Entretien des parcs\nArticle 1 Objet", "AUTRE", "document.pdf")
    foot = Block(len(document.blocks), "footer", "C.C.A.P. – Entretien des parcs – page 2", 2)
    assert recognise(document._replace(blocks=(*document.blocks, foot)), naming())[0] == "CCAP"


def test_the_content_outweighs_a_wrong_name() -> None:
    """A text that is plainly of another piece is believed against its name."""
    text = """
    Pénalités. Résiliation. Délai global de paiement. Retenue de garantie. Intérêts moratoires. Révision des prix.
    Nantissement. Admission.
    """
    assert recognise(piece(text, "AUTRE", "RC.pdf"), naming())[0] == "CCAP"


def test_a_specification_is_technical_unless_it_has_clauses() -> None:
    """« Cahier des charges » names both kinds: its articles tell."""
    technical = "Cahier des charges\nLe titulaire tond les pelouses."
    assert recognise(piece(technical, "AUTRE", "x.pdf"), naming())[0] == "CCTP"
    both = f"{technical}\nPénalités. Résiliation. Délai global de paiement. Révision des prix."
    assert recognise(piece(both, "AUTRE", "x.pdf"), naming())[0] == "CCP"


def test_a_contract_in_one_piece() -> None:
    """A contract holds the administrative clauses and the commitment."""
    text = """
    Contrat de prestations d'entretien
    Pénalités. Résiliation. Délai global de paiement. Révision des prix. Le titulaire s'engage. IBAN :
    """
    found = with_role(piece(text, "AUTRE", "x.pdf"), naming())
    assert (found.role, found.also) == ("CCAP", ("AE",))


def test_a_list_of_pieces_names_none() -> None:
    """The list of what the contract is made of stands early in many pieces."""
    items = ("Acte d'engagement", "Cahier des clauses administratives particulières", "Bordereau des prix")
    blocks = tuple(Block(rank, "list_item", text) for rank, text in enumerate(items))
    assert recognise(Document("CCTP.docx", "docx", blocks), naming())[0] == "CCTP"


def test_a_workbook_with_a_sheet_for_each_lot_is_limited_to_none_of_them() -> None:
    """The first sheet names lot 1 beside the title: the others name theirs."""
    texts = (
        "Lot 1",
        "BORDEREAU DES PRIX UNITAIRES",
        "Lot 1",
        "Lot 2",
        "BORDEREAU DES PRIX UNITAIRES",
        "Lot 2 : Élagage",
    )
    kinds = ("title", "paragraph", "paragraph") * 2
    blocks = tuple(Block(n, kind, text) for n, (kind, text) in enumerate(zip(kinds, texts, strict=True)))
    assert with_role(Document("BPU.xlsx", "xlsx", blocks), naming()).lots == ("1", "2")
    assert with_role(Document("BPU.xlsx", "xlsx", blocks[:3]), naming()).lots == ("1",)
    assert with_role(Document("CCTP.pdf", "pdf", blocks), naming()).lots == ("1",)


@pytest.mark.parametrize("at_the_foot", [False, True])
def test_a_long_title_is_shown_cut_between_two_words(at_the_foot: bool) -> None:
    """The ground of a role says that it goes on: « … »."""
    title = "Cahier des clauses techniques particulières du lot n° 3 : plâtrerie, menuiseries intérieures et parquets"
    document = piece("Ville d'Exemple" if at_the_foot else title, "AUTRE", "piece1.pdf")
    foot = Block(9, "footer", title)
    found = recognise(document._replace(blocks=(*document.blocks, foot)) if at_the_foot else document, naming())
    shown = found[1].split("« ")[1].split(" »")[0]
    assert found[0] == "CCTP"
    assert shown.endswith("…")
    assert title.startswith(shown[:-1])
    assert title[len(shown) - 1] in " ,"
    assert len(shown) <= 80


def test_a_title_of_clauses_outranks_a_file_named_after_specifications() -> None:
    """ "Cahier des charges.docx" may hold the whole contract: its title says so."""
    text = "CAHIER DES CLAUSES PARTICULIÈRES\nRepas de la cantine\nArticle 1 : Objet\nFourniture de repas."
    assert recognise(piece(text, "AUTRE", "Cahier des charges cantine.docx"), naming())[0] == "CCP"
    text = "CAHIER DES CHARGES\nRepas de la cantine\nArticle 1 : Objet\nFourniture de repas."
    assert recognise(piece(text, "AUTRE", "Cahier des charges cantine.docx"), naming())[0] == "CCTP"
