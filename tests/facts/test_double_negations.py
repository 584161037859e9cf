"""What is denied, what is asked in a negative sentence, and what is neither.

A denial read as a clause accuses a buyer who said no; a duty read as denied hides what is due.
"""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import ABSENT, KNOWN, MARCHE, Scope
from precision.wordings import document

NEUTRAL = "# 1 Objet\nTravaux divers\n"


def told(role: str, name: str, text: str) -> object:
    """The value of a fact, that of a lot as "4/fait": False when its absence is proven, None when it is open."""
    pieces = dict.fromkeys(("CCAP", "CCTP", "AE", "RC"), f"{NEUTRAL}Le prix est ferme.") | {role: f"{NEUTRAL}{text}"}
    documents = tuple(document(body, piece) for piece, body in pieces.items())
    lot, _, fact_name = name.rpartition("/")
    scope = Scope("lot", lot) if lot else MARCHE
    fact = extract(documents, vocabulary(), naming(), terms(), lexicon())[1].get(fact_name, scope)
    if fact is None or fact.status not in (KNOWN, ABSENT):
        return None
    return bool(fact.value)


DENIED = [
    ("CCAP", "environnement.condition_execution", "Gestion et stockage des déchets de chantier : sans objet."),
    ("CCAP", "social.insertion", "Clauses d'insertion complémentaires : néant."),
    ("CCAP", "social.insertion", "Considérations sociales : ☒ Sans objet  ☐ Clause d'insertion  ☐ Critère social"),
    (
        "CCAP",
        "social.insertion",
        "Aucune considération sociale n'a été retenue dans le présent marché compte tenu de son faible montant.",
    ),
    (
        "CCAP",
        "social.condition_execution",
        "Le pouvoir adjudicateur a décidé de ne pas assortir le marché de conditions d'exécution à caractère "
        "social, la durée des travaux étant inférieure à six mois.",
    ),
    ("CCAP", "environnement.condition_execution", "# 8 Clauses environnementales\nNéant."),
    ("CCAP", "1/social.insertion", "Clause d'insertion – lots 1 et 3 : sans clause ; lot 2 : 210 heures."),
    (
        "CCAP",
        "social.penalites",
        "# 9 Clause sociale d'insertion\nLe titulaire réalise 140 heures d'insertion.\nLe non-respect de cet "
        "engagement ne donne pas lieu à pénalité ; il est examiné lors du bilan annuel.",
    ),
    (
        "CCAP",
        "social.insertion",
        "Rubrique | Disposition retenue\nAvance | 5 %\nClause sociale d'insertion | Non retenue\nRetenue de "
        "garantie | 5 %",
    ),
    (
        "CCAP",
        "environnement.condition_execution",
        "Rubrique | Disposition retenue\nAvance | 5 %\nClause environnementale | Aucune\nRetenue de garantie | 5 %",
    ),
    (
        "CCAP",
        "environnement.condition_execution",
        "Eu égard à la nature intellectuelle des prestations, il n'a pas été prévu de clause environnementale.",
    ),
    (
        "RC",
        "social.critere",
        "# 7 Critères\nPrix : 60 %\nValeur technique : 40 %\nAucun critère à caractère social n'a été retenu.",
    ),
    (
        "CCAP",
        "social.insertion",
        "Le maître d'ouvrage n'entend pas recourir, pour cette opération, aux clauses sociales d'insertion.",
    ),
    (
        "CCAP",
        "social.facilitateur",
        "# 9 Clause sociale d'insertion\nLe titulaire réalise 140 heures d'insertion.\nIl n'est pas désigné "
        "de facilitateur pour ce marché.",
    ),
    (
        "CCAP",
        "environnement.penalites",
        "# 6 Gestion des déchets\nLe titulaire trie et valorise 70 % des déchets de chantier et remet les "
        "bordereaux.\nLes manquements aux obligations environnementales ne sont pas pénalisés.",
    ),
    (
        "CCAP",
        "social.condition_execution",
        "Dispositions sociales ou environnementales particulières (articles L. 2112-2 et suivants) : S.O.",
    ),
    ("CCAP", "4/social.insertion", "Le lot 4, en raison de sa technicité, n'est pas soumis à la clause d'insertion."),
    (
        "CCAP",
        "social.insertion",
        "☐ Le marché comporte une clause d'insertion.\n☒ Le marché ne comporte pas de clause d'insertion.",
    ),
    ("CCAP", "environnement.condition_execution", "Considérations environnementales : il n'en est pas prévu."),
    (
        "CCAP",
        "social.condition_execution",
        "Le représentant du pouvoir adjudicateur n'a pas retenu de considérations sociales, en l'absence de "
        "lien avec l'objet du marché.",
    ),
    (
        "CCAP",
        "social.insertion",
        "Compte tenu de la faible part de main-d'œuvre, aucune clause d'insertion n'a pu être introduite.",
    ),
    (
        "CCAP",
        "2/social.insertion",
        "Lot 1 Gros œuvre : 350 heures d'insertion. Lot 2 Ascenseurs : pas de clause d'insertion.",
    ),
    (
        "CCAP",
        "social.insertion",
        "Article | Objet | Précision\n9 | Insertion par l'activité économique | Sans objet\n10 | Assurances "
        "| Décennale",
    ),
    (
        "CCAP",
        "environnement.penalites",
        "# 8 Clause environnementale\nLe titulaire utilise au moins 50 % de produits écolabellisés.\nAucune "
        "pénalité n'est prévue à ce titre.",
    ),
    (
        "CCAP",
        "social.insertion",
        "Le dispositif d'insertion par l'économique n'est pas mis en œuvre dans le cadre de ce marché.",
    ),
    (
        "CCAP",
        "environnement.condition_execution",
        "Il n'est pas fait application de clauses à caractère environnemental dans le présent marché.",
    ),
    (
        "RC",
        "environnement.critere",
        "# 7 Critères\nPrix : 60 %\nValeur technique : 40 %\nL'acheteur n'a pas retenu de critère environnemental.",
    ),
    (
        "CCAP",
        "social.insertion",
        "La clause sociale d'insertion initialement envisagée a été écartée pour ce marché.",
    ),
    (
        "CCAP",
        "environnement.condition_execution",
        "Aucune exigence particulière n'est formulée en matière environnementale.",
    ),
    ("CCAP", "social.insertion", "La commune a choisi de ne pas imposer de clause d'insertion."),
    ("CCAP", "social.insertion", "L'acheteur n'envisage pas, pour ce marché, d'heures d'insertion."),
    ("CCAP", "environnement.condition_execution", "La clause environnementale n'est pas retenue pour ce marché."),
    ("CCAP", "environnement.condition_execution", "Les clauses environnementales ne sont pas applicables."),
]
ASKED = [
    (
        "CCAP",
        "social.insertion",
        "# 9 Clause sociale d'insertion\nLe titulaire réalise 140 heures d'insertion.\nLe non-respect de cet "
        "engagement ne donne pas lieu à pénalité ; il est examiné lors du bilan annuel.",
    ),
    (
        "CCAP",
        "social.insertion",
        "Le titulaire n'est pas dispensé de réaliser les 300 heures d'insertion en cas de réduction du "
        "volume des travaux.",
    ),
    (
        "CCAP",
        "social.insertion",
        "La fermeture du chantier en août ne fait pas obstacle à l'obligation de réaliser 420 heures d'insertion.",
    ),
    (
        "CCAP",
        "social.insertion",
        "Le titulaire ne peut, sauf accord écrit du maître d'ouvrage, réduire le nombre de 250 heures "
        "d'insertion qu'il doit réaliser.",
    ),
    (
        "CCAP",
        "environnement.condition_execution",
        "Aucun emballage plastique à usage unique n'est admis sur le site ; le titulaire livre en caisses "
        "réutilisables reprises à la livraison suivante.",
    ),
    ("CCAP", "social.insertion", "À l'exception du lot 4, tous les lots sont soumis à la clause d'insertion."),
    (
        "CCAP",
        "environnement.condition_execution",
        "L'absence d'observation du maître d'ouvrage ne dispense pas le titulaire de recycler 80 % des gravats.",
    ),
    (
        "CCAP",
        "1/social.insertion",
        "Lot 1 Gros œuvre : 350 heures d'insertion. Lot 2 Ascenseurs : pas de clause d'insertion.",
    ),
    (
        "CCAP",
        "social.insertion",
        "Le titulaire ne saurait se soustraire à son obligation d'insertion de 180 heures au motif du "
        "recours à la sous-traitance.",
    ),
    ("CCAP", "social.insertion", "L'engagement d'insertion de 180 heures n'est pas révisable en cours d'exécution."),
    (
        "CCAP",
        "social.insertion",
        "La clause d'insertion de 180 heures n'est pas limitée à la première année du marché.",
    ),
    ("CCAP", "social.insertion", "Sauf impossibilité dûment justifiée, le titulaire réalise 180 heures d'insertion."),
    (
        "CCAP",
        "environnement.condition_execution",
        "Le titulaire n'est pas exonéré de son obligation de valoriser 70 % des déchets lorsque le chantier "
        "est interrompu.",
    ),
    (
        "CCAP",
        "environnement.condition_execution",
        "Les déchets de chantier ne sont en aucun cas brûlés ni enfouis ; ils sont triés et évacués en filière agréée.",
    ),
    (
        "CCAP",
        "social.insertion",
        "# 9 Clause d'insertion\nLe titulaire réalise 140 heures d'insertion. Il n'a pas à produire de justificatifs.",
    ),
    (
        "CCTP",
        "environnement.reemploi",
        "Le titulaire met en place des bacs pour le tri des emballages et des déchets de cuisine, en vue de "
        "leur recyclage.",
    ),
    (
        "CCAP",
        "social.insertion",
        "Le titulaire qui n'entend pas recourir à la mise à disposition réalise en embauche directe les 300 "
        "heures d'insertion.",
    ),
    (
        "CCAP",
        "social.insertion",
        "L'entreprise peut décider de ne pas recourir à la sous-traitance pour réaliser les 200 heures d'insertion.",
    ),
    ("CCAP", "social.insertion", "Le titulaire s'engage à ne pas réduire les 200 heures d'insertion."),
    (
        "CCAP",
        "environnement.condition_execution",
        "# 8 Clause environnementale\nIl est demandé au titulaire de ne pas utiliser de produits "
        "phytosanitaires et de trier les déchets de chantier.",
    ),
    (
        "CCTP",
        "specifications.marque_sans_equivalent",
        "Robinets de type Nautilo 300, la notion d'équivalent ne sera pas admise.",
    ),
    (
        "CCTP",
        "environnement.condition_execution",
        "Les arbres conservés sont protégés par un platelage et leurs racines ne sont pas sectionnées.",
    ),
    (
        "CCTP",
        "environnement.controle",
        "# 5 Condition d'exécution environnementale\nLe titulaire établit chaque année un bilan carbone de "
        "la prestation et le remet à l'acheteur.",
    ),
    (
        "CCTP",
        "environnement.preuves",
        "# 5 Condition d'exécution environnementale\nLe titulaire établit chaque année un bilan carbone de "
        "la prestation et le remet à l'acheteur.",
    ),
    (
        "CCAP",
        "social.penalites",
        "# 8 Apprentissage\nLe titulaire affecte au chantier un apprenti ; à défaut, une pénalité de 1 000 € "
        "est appliquée.",
    ),
    ("CCTP", "environnement.condition_execution", "Les produits phytosanitaires ne sont pas utilisés."),
    ("CCTP", "environnement.condition_execution", "Le brûlage des déchets n'est pas autorisé sur le chantier."),
    ("CCTP", "environnement.condition_execution", "Les emballages plastiques à usage unique ne sont pas admis."),
    (
        "CCAP",
        "social.insertion",
        "L'acheteur n'impose pas d'heures d'insertion supplémentaires au-delà des 300 heures d'insertion prévues.",
    ),
    ("CCTP", "environnement.condition_execution", "Aucun dépôt de matériaux n'est toléré à l'aplomb des houppiers."),
    ("CCTP", "environnement.condition_execution", "Aucun produit phytosanitaire n'est utilisé."),
    (
        "CCTP",
        "environnement.condition_execution",
        "Aucun rejet de laitance n'est admis dans le réseau d'eaux pluviales.",
    ),
]
NEITHER = [
    ("CCTP", "environnement.condition_execution", "Il est demandé de ne pas recourir à des produits phytosanitaires."),
    ("CCTP", "environnement.condition_execution", "Il convient de ne pas mettre les déchets dangereux en benne."),
    ("CCAP", "social.insertion", "Le lot 4, en raison de sa technicité, n'est pas soumis à la clause d'insertion."),
    (
        "CCAP",
        "social.preuves",
        "# 9 Clause d'insertion\nLe titulaire réalise 140 heures d'insertion.\nLe titulaire n'a pas à "
        "produire de justificatifs.",
    ),
    (
        "CCAP",
        "environnement.penalites",
        "# 6 Gestion des déchets\nLe titulaire trie les déchets de chantier.\nLes manquements aux "
        "obligations environnementales ne sont pas pénalisés si le titulaire y remédie sous 48 heures.",
    ),
    (
        "CCTP",
        "specifications.marque_sans_equivalent",
        "Aucun produit équivalent n'est accepté au-delà de vingt-deux heures.",
    ),
    ("CCTP", "environnement.preuves", "Le titulaire remet un certificat de destruction des données."),
    (
        "CCAP",
        "social.penalites",
        "# 8 Apprentissage\nLe titulaire affecte au chantier un apprenti.\n# 9 Retards\nUne pénalité de 100 "
        "€ par jour de retard est appliquée.",
    ),
    (
        "CCTP",
        "environnement.condition_execution",
        "Les eaux de lavage des toupies et les déchets ne sont pas rejetés dans le milieu naturel.",
    ),
    ("CCTP", "environnement.condition_execution", "Les haies existantes sont conservées et ne sont pas arrachées."),
    ("CCTP", "environnement.condition_execution", "Les déchets dangereux ne sont pas mélangés aux gravats."),
    ("CCTP", "environnement.reemploi", "Aucun matériau de réemploi n'est accepté."),
    ("CCTP", "environnement.reemploi", "Les matériaux issus du réemploi ne sont pas admis."),
]


@pytest.mark.parametrize(("role", "name", "text"), DENIED)
def test_a_denial_is_no_clause(role: str, name: str, text: str) -> None:
    """Whatever its wording: a tick, a row, a decision, a reason."""
    assert told(role, name, text) is False


@pytest.mark.parametrize(("role", "name", "text"), ASKED)
def test_a_negative_sentence_may_ask(role: str, name: str, text: str) -> None:
    """ "N'est pas dispensé", "ne fait pas obstacle", "aucun rejet n'est admis" are duties."""
    assert told(role, name, text) is True


@pytest.mark.parametrize(("role", "name", "text"), NEITHER)
def test_what_is_neither_asked_nor_denied_stays_open(role: str, name: str, text: str) -> None:
    """Nobody is accused, and nothing is said to be there."""
    assert (
        told(role, name, text) in (None, False)
        if name.endswith(("penalites", "preuves"))
        else told(role, name, text) is None
    )
