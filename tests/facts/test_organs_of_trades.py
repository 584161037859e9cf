"""Clauses as the pieces of each trade write them, with what proves, checks and sanctions them; and what is none."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from facts_builders import lexicon, naming, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import ABSENT, KNOWN, FactSet
from precision.wordings import document

GREEN, REUSE = "environnement.condition_execution", "environnement.reemploi"
PROOFS, CHECKS, PENALTY = "environnement.preuves", "environnement.controle", "environnement.penalites"
SOCIAL, INSERTION = "social.condition_execution", "social.insertion"
OPENING = "# 1 Objet\nPrestations diverses\nLe prix est ferme.\n"


def facts_of(texts: Mapping[str, str]) -> FactSet:
    """The facts of a dossier of four pieces."""
    pieces = dict.fromkeys(("CCAP", "CCTP", "AE", "RC"), OPENING) | {r: OPENING + text for r, text in texts.items()}
    documents = tuple(document(body, role) for role, body in pieces.items())
    return extract(documents, vocabulary(), naming(), terms(), lexicon())[1]


def told(texts: Mapping[str, str], *names: str) -> dict[str, object]:
    """Some facts of a dossier: False when the absence is proven, None when the fact is open."""
    facts = facts_of(texts)
    found: dict[str, object] = {}
    for name in names:
        fact = facts.get(name)
        found[name] = bool(fact.value) if fact is not None and fact.status in (KNOWN, ABSENT) else None
    return found


ASKED = [
    (
        {
            "CCTP": "# 5 Denrées\nLes repas comportent au moins 20 % de produits issus de l'agriculture biologique.\n"
            "Le titulaire remet chaque mois la liste des achats avec les factures des produits biologiques.",
            "CCAP": "# 8 Pénalités\nNon-respect du pourcentage de produits biologiques : 300 € par mois.",
        },
        (GREEN, PROOFS, PENALTY),
    ),
    (
        {
            "CCTP": "# 7 Enrobés\nLes enrobés incorporent au minimum 30 % d'agrégats recyclés. L'entreprise fournit la "
            "fiche de formulation et le bon de livraison de la centrale.",
        },
        (GREEN, PROOFS, REUSE),
    ),
    (
        {
            "CCTP": "# 4 Véhicules\nLes conducteurs sont formés à l'écoconduite ; l'attestation de formation est "
            "produite dans les six mois.",
            "CCAP": "# 9 Pénalités\nAbsence de formation à l'éco-conduite : 200 € par conducteur.",
        },
        (GREEN, PROOFS, PENALTY),
    ),
    (
        {
            "CCAP": "# 7 Contrôle\nLa personne publique vérifie, lors des visites, que les produits utilisés portent "
            "l'écolabel.",
            "CCTP": "# 3 Produits\nLes produits d'entretien bénéficient de l'écolabel européen ou équivalent.",
        },
        (GREEN, CHECKS),
    ),
    (
        {
            "CCTP": "# 5 Arbres en place\nLes arbres conservés reçoivent une protection de tronc. Aucun dépôt n'est "
            "toléré à l'aplomb des houppiers.",
            "CCAP": "# 8 Pénalités\nAbsence de protection d'arbre : 300 € par arbre et par jour.",
        },
        (GREEN, PENALTY),
    ),
    (
        {
            "CCTP": "# 4 Lavage\nLes vêtements sont lavés avec des produits titulaires de l'Écolabel européen. Les "
            "tenues usagées sont orientées vers une filière de recyclage textile ; le prestataire remet chaque année "
            "un état des quantités recyclées.",
        },
        (GREEN, PROOFS, REUSE),
    ),
    (
        {
            "CCAP": "# 8 Formation des jeunes\nL'entreprise affecte au chantier au moins un apprenti. Le contrat "
            "d'apprentissage est produit au démarrage. À défaut, une pénalité de 1 000 € est appliquée.",
        },
        (SOCIAL, "social.apprentissage", "social.preuves", "social.penalites"),
    ),
    (
        {
            "CCAP": "# 7 Secteur adapté\nLe titulaire confie au moins 15 % du montant du marché à une entreprise "
            "adaptée ou à un ESAT. Il produit chaque année la facture de l'établissement.",
        },
        (SOCIAL, "social.volume", "social.preuves"),
    ),
    (
        {
            "CCAP": "# 9 Emploi de personnes en situation de handicap\nLe titulaire affecte à l'exécution du marché au "
            "moins un agent reconnu travailleur handicapé. Il transmet l'attestation de reconnaissance. Le manquement "
            "est sanctionné par une pénalité de 500 € par mois.",
        },
        (SOCIAL, "social.volume", "social.publics", "social.preuves", "social.penalites"),
    ),
    (
        {
            "CCAP": "# 12 Clause d'insertion\nL'entreprise consacre 5 % des heures travaillées à l'emploi de personnes "
            "en recherche d'emploi depuis plus de douze mois.\nLe contrat de travail et la feuille d'heures sont "
            "adressés au facilitateur.\nUn bilan est présenté tous les deux mois.\nHeure non réalisée : 45 €.",
        },
        (INSERTION, "social.volume", "social.publics", "social.preuves", "social.controle", "social.penalites"),
    ),
]


@pytest.mark.parametrize(("texts", "names"), ASKED)
def test_a_clause_is_read_with_its_organs(texts: Mapping[str, str], names: tuple[str, ...]) -> None:
    """A proof or a penalty said absent beside the sentence that asks it accuses wrongly."""
    assert told(texts, *names) == dict.fromkeys(names, True)


NOTHING = [
    ("Sacs pour le tri des emballages ménagers, contenance 50 litres, couleur jaune.", (GREEN, REUSE)),
    ("Bacs roulants de 240 litres pour les déchets recyclables, couvercle jaune.", (GREEN, REUSE)),
    ("Les arbres, les cours d'eau et les points de collecte des déchets sont représentés.", (GREEN, PROOFS)),
    ("Le titulaire recycle les mots de passe chaque trimestre.", (GREEN, REUSE)),
    ("Les véhicules économiquement irréparables sont cédés à l'assureur.", (GREEN,)),
    ("# 3 Environnement technique\nLa durée de vie du certificat est d'un an.", (PROOFS,)),
    ("Le titulaire remet un certificat de destruction des données.", (PROOFS,)),
]


@pytest.mark.parametrize(("text", "names"), NOTHING)
def test_what_is_bought_or_drawn_is_no_clause(text: str, names: tuple[str, ...]) -> None:
    """Bags for waste, maps and passwords."""
    assert told({"CCTP": text}, *names) == dict.fromkeys(names, False)


STUDY = (
    "Le Bilan Carbone de la collectivité, réalisé en 2021, établit que les bâtiments pèsent un tiers des émissions.",
    "Le bilan carbone de la commune montre que le chauffage est le premier poste.",
)


@pytest.mark.parametrize("text", STUDY)
def test_a_study_already_made_proves_and_checks_nothing(text: str) -> None:
    """One that is asked each year does."""
    assert True not in told({"CCTP": text}, PROOFS, CHECKS).values()
    asked = "# 5 Condition d'exécution environnementale\nLe titulaire établit chaque année un bilan carbone."
    assert told({"CCTP": asked}, CHECKS) == {CHECKS: True}


def test_a_refusal_of_the_similar_needs_a_brand() -> None:
    """ "Similaire" may be said of works or of references."""
    name = "specifications.marque_sans_equivalent"
    assert told({"CCTP": "Aucun produit similaire n'est accepté."}, name)[name] is not True
    assert told({"CCTP": "Robinets de type Nautilo 300, la notion d'équivalent ne sera pas admise."}, name)[name]
    before = "Le bordereau cite la marque de chaque vanne. Aucun produit similaire n'est accepté."
    assert told({"CCTP": before}, name)[name]


def test_a_refusal_of_the_similar_is_quoted_not_the_brand_before_it() -> None:
    """What the report shows is what is to be mended."""
    text = (
        "Le bordereau cite la marque de chaque luminaire : l'entreprise la pose. Aucun produit similaire n'est accepté."
    )
    fact = facts_of({"CCTP": text}).get("specifications.marque_sans_equivalent")
    assert fact is not None
    assert [evidence.quote for evidence in fact.evidence] == ["Aucun produit similaire n'est accepté."]


def test_no_mass_is_read_in_the_name_of_a_gas() -> None:
    """The figure of "CO2" measures nothing."""
    text = "Le titulaire remet un bilan annuel des consommations de carburant et des émissions de CO2."
    assert told({"CCTP": text}, "environnement.mesure")["environnement.mesure"] is not True


def test_a_sentence_cut_at_a_semicolon_writes_its_clause() -> None:
    """Without a full stop it is as short as the answer of a box, and no piece is said to lack it."""
    clause = "# 4 Véhicules\nLes conducteurs sont formés à l'écoconduite ; ils coupent leur moteur à l'arrêt."
    penalty = "# 9 Pénalités\nAbsence de formation à l'éco-conduite : 200 € par conducteur."
    names = (GREEN, "pieces.penalites_rattachees")
    assert told({"CCTP": clause, "CCAP": penalty}, *names) == dict.fromkeys(names, True)


def test_work_given_to_people_with_a_handicap_is_a_clause() -> None:
    """Whoever does the hours, their share and their proofs go with it."""
    clause = (
        "# 8 Action sociale\nLe titulaire fait réaliser 10 % des heures par des salariés d'une entreprise adaptée. "
        "Il adresse un relevé semestriel à la direction des achats. À défaut, une retenue de 300 € est opérée."
    )
    names = (SOCIAL, "social.volume", "social.modalites", "social.penalites")
    assert told({"CCAP": clause}, *names) == dict.fromkeys(names, True)
    assert False not in told({"CCAP": clause}, "social.controle", "social.preuves").values()


def test_the_hours_due_may_be_a_figure_alone() -> None:
    """Under the title of the clause, "nombre d'heures dues : 420" needs no unit."""
    clause = "# 9 Clause d'insertion professionnelle\nNombre d'heures dues : 420.\nSanction : 50 € par heure manquante."
    assert told({"CCAP": clause}, "social.heures_insertion", "social.volume", INSERTION) == dict.fromkeys(
        ("social.heures_insertion", "social.volume", INSERTION), True
    )
