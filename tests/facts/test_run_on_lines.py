"""Pieces whose pages were each read as one paragraph, and texts that lost their apostrophes."""

from __future__ import annotations

import pytest
from facts_builders import read

from achats_check.facts.apostrophes import with_apostrophes
from achats_check.facts.run_on_pages import with_lines
from achats_check.facts.text import fold
from achats_check.model.document import Block, Document
from achats_check.model.fact import ACHETEUR, Fact

COVER = (
    "1 Syndicat mixte des étangs du Vernay REGLEMENT DE LA CONSULTATION Objet de la consultation : Entretien "
    "des berges "
    "et des vannages des étangs Procédure adaptée en application de l'article R. 2123-1 du code de la commande "
    "publique "
    "Date limite de réception des offres : vendredi 3 mai 2024 à 12h00 Dossier suivi par : le service des marchés, à "
    "l'adresse du syndicat, aux heures d'ouverture des bureaux et jusqu'à la veille de la remise des plis"
)
CONTENTS = (
    "2 SOMMAIRE Article 1 Objet Article 2 Allotissement Article 3 Durée du marché Article 4 Jugement des offres "
    "Article 5 "
    "Renseignements complémentaires Article 6 Voies de recours Article 7 Pièces du dossier Article 8 Remise des plis "
)
BODY = (
    "3 Article 1 - Objet Le présent marché a pour objet l'entretien des berges et des vannages des étangs du Vernay. "
    "Article 2 - Allotissement Le marché est divisé en 2 lots : Lot 1 : Berges Lot 2 : Vannages Article 3 - Durée Le "
    "marché est conclu pour une durée de 12 mois, reconductible 3 fois par période de 12 mois. Article 4 - "
    "Jugement des "
    "offres Les offres seront jugées selon les critères suivants : 1- Prix : 60 % 2- Valeur technique : 40 %"
)


def run_on(*pages: str) -> Document:
    """A piece with one paragraph a page."""
    blocks = tuple(Block(index, "paragraph", text, index + 1) for index, text in enumerate(pages))
    return Document("piece.pdf", "pdf", blocks)


def known(document: Document, name: str, scope: object = None) -> Fact | None:
    """A fact of a piece, whatever its role turns out to be."""
    facts = read(document)
    return facts.get(name, scope) if scope is not None else facts.get(name)  # type: ignore[arg-type]


def test_a_run_on_piece_is_read_like_one_with_lines() -> None:
    """Its titles and labels are put back at the head of lines, its contents state nothing."""
    facts = read(run_on(COVER, CONTENTS, BODY))
    told = {fact.name: fact.value for fact in facts if fact.status == "known" and fact.scope.kind != "lot"}
    assert told["objet"] == "Entretien des berges et des vannages des étangs du Vernay"
    assert told["acheteur.nom"] == "Syndicat mixte des étangs du Vernay"
    assert (told["nombre_lots"], told["duree_mois"]) == (2, 48)
    assert str(told["date_limite_offres"]) == "2024-05-03"
    assert told["procedure.type"] == "procedure_adaptee"


def test_the_text_of_a_page_is_kept_in_its_order() -> None:
    """Nothing is lost but the spaces where it is cut; every line keeps the page it stands on."""
    cut = with_lines(run_on(COVER, CONTENTS, BODY))
    joined = ["".join(block.text for block in cut.blocks if block.page == page).replace(" ", "") for page in (1, 2, 3)]
    assert joined == [page.replace(" ", "") for page in (COVER, CONTENTS, BODY)]
    assert [block.index for block in cut.blocks] == list(range(len(cut.blocks)))
    assert {block.text for block in cut.blocks if block.kind == "toc"} >= {
        "Article 1 Objet",
        "Article 3 Durée du marché",
    }


def test_a_piece_with_lines_is_left_as_it_is() -> None:
    """A long article among titles and short paragraphs is no page."""
    lines = [*("Le titulaire rend compte de chaque visite." for _ in range(20)), BODY]
    assert with_lines(run_on(*lines)) == run_on(*lines)


def test_a_title_that_is_only_cited_cuts_nothing() -> None:
    """ "… de l'Article 4", "… au Règlement de la consultation"."""
    text = "Les pièces sont celles de l'Article 4 et du Règlement de la consultation, puis du Cahier des charges. " * 6
    assert len(with_lines(run_on(text)).blocks) == 1


@pytest.mark.parametrize(
    ("lost", "kept"),
    [
        (
            "l execution d un marche de l universite qu elle passe",
            "l'execution d'un marche de l'universite qu'elle passe",
        ),
        (
            "le lot d entretien, l acheteur, d une annee, l offre",
            "le lot d entretien, l'acheteur, d'une annee, l'offre",
        ),
    ],
)
def test_lost_apostrophes_are_put_back(lost: str, kept: str) -> None:
    """The text keeps its length; a lettered lot stays one."""
    assert with_apostrophes(lost) == kept
    assert len(kept) == len(lost)


@pytest.mark.parametrize(
    "text",
    [
        "l'acheteur d'une commune, l'offre et l'avis d'un candidat, d un autre, d une autre, l avis",
        "le lot d et le lot l, partie d unique",
    ],
)
def test_a_text_with_its_apostrophes_is_left_alone(text: str) -> None:
    """A slip of the pen is no loss."""
    assert with_apostrophes(fold(text)) == fold(text)


def test_a_clause_without_apostrophes_is_read() -> None:
    """The object of a piece copied without them."""
    text = (
        "Le présent marché a pour objet l entretien d une chaufferie. Il est conclu pour une durée d un an à "
        "compter de sa "
        "notification. L accord-cadre est conclu avec un seul opérateur."
    )
    fact = known(run_on(text), "objet")
    assert fact is not None
    assert fact.value == "Entretien d une chaufferie"


def test_two_columns_on_a_cover_name_no_departement() -> None:
    """A département that a run-on cover only names to say where it is buys nothing."""
    text = (
        "1 CONSTRUCTION D'UNE CHAUFFERIE DANS LE BATIMENT DE L'ANCIENNE ECOLE DEPARTEMENT DES HAUTES COLLINES MAITRISE "
        "D'OUVRAGE COMMUNAUTE DE COMMUNES DU VERNAY MAITRISE D'OEUVRE AGENCE HAUTE LIGNE CAHIER DES CLAUSES TECHNIQUES "
        "PARTICULIERES LOT 04 PLOMBERIE Les ouvrages du présent lot comprennent la fourniture et la pose des réseaux."
    )
    fact = known(run_on(text), "acheteur.categorie", ACHETEUR)
    assert fact is not None
    assert fact.value in (None, "epci")


def test_short_articles_of_a_run_on_page_are_stipulations() -> None:
    """Only those below the word are entries of contents."""
    text = (
        "1 REGLEMENT DE LA CONSULTATION Objet : Entretien des berges et des vannages des étangs du Vernay et de "
        "leurs abords "
        "Article 1 Allotissement 2 lots Article 2 Variantes interdites Article 3 Groupement solidaire Article 4 "
        "Durée 24 mois "
        "Article 5 Prix fermes Article 6 Paiement à 30 jours Article 7 Renseignements auprès du service des "
        "marchés du syndicat"
    )
    assert "toc" not in {block.kind for block in with_lines(run_on(text)).blocks}
    fact = known(run_on(text), "variantes")
    assert fact is not None
    assert fact.value == "interdites"


def test_a_very_long_run_on_piece_is_cut_in_linear_time() -> None:
    """Twice the text takes about twice the time."""
    from time import process_time

    def once(times: int) -> float:
        document = run_on(BODY * times)
        start = process_time()
        with_lines(document)
        return process_time() - start

    def spent(times: int) -> float:
        """Return the least of three: what else the machine did only adds to it."""
        return min(once(times) for _ in range(3))

    spent(20)
    assert spent(400) < 12 * max(spent(100), 0.005)
