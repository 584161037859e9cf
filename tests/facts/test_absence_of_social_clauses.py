"""Clauses in other words than the lexicon's: read or left open, never said absent; what is no clause stays absent."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import ABSENT, KNOWN, UNKNOWN, Fact

INSERTION, CLAUSE, EQUALITY = "social.insertion", "social.condition_execution", "social.egalite"
APPRENTICES, HOURS, VOLUME = "social.apprentissage", "social.heures_insertion", "social.volume"
HELPER, RESERVED, CRITERION = "social.facilitateur", "reservation.categorie", "social.critere"

_SILENT = {
    "RC": "# 1 Objet\nTravaux de couverture.\n# 2 Jugement\nPrix : 60 %\nValeur technique : 40 %",
    "CCAP": "# 1 Objet\nTravaux de couverture.",
    "CCTP": "# 1 Objet\nTravaux de couverture.",
    "AE": "# 1 Prix\nMontant hors taxes.",
}


def fact(role: str, text: str, name: str) -> Fact:
    """One fact of a whole dossier whose other lines say nothing of it: that of a lot, when a lot has one."""
    pieces = [piece(f"{said}\n# 7 Divers\n{text}" if role == kind else said, kind) for kind, said in _SILENT.items()]
    found = [one for one in extract(pieces, vocabulary(), naming(), terms(), lexicon())[1] if one.name == name]
    return max(found, key=lambda one: one.status == KNOWN)


WRITTEN = [
    ("CCAP", "La clause 16.1 du CCAG-FCS trouve à s'appliquer.", INSERTION),
    ("CCAP", "Nombre d'heures de la clause sociale : 75", INSERTION),
    (
        "CCAP",
        "L'entreprise prend contact avec la maison de l'emploi pour recevoir les candidats à l'embauche.",
        INSERTION,
    ),
    ("CCAP", "Le titulaire emploie les demandeurs d'emploi annoncés dans son offre.", INSERTION),
    ("CCAP", "Embaucher deux personnes sorties du chômage.", INSERTION),
    ("CCAP", "Cinq salariés en parcours, au minimum.", INSERTION),
    ("CCAP", "La maîtrise d'œuvre emploie 90 h des personnes désignées par la cellule clauses.", INSERTION),
    ("CCAP", "L'entreprise participe à la réinsertion d'anciens détenus par le travail.", INSERTION),
    ("CCAP", "L'entreprise améliore l'employabilité de jeunes du canton pendant les travaux.", INSERTION),
    ("CCAP", "Heures solidaires : 4 % de la main-d'œuvre.", INSERTION),
    ("CCAP", "Une régie de quartier intervient sur le chantier, à hauteur de 3 semaines.", INSERTION),
    ("CCTP", "Un poste d'agent est tenu en contrat aidé.", INSERTION),
    ("CCAP", "Quotité réservée aux publics défavorisés : un dixième des postes.", INSERTION),
    ("CCAP", "Le concours à l'accès au marché du travail de personnes exclues est une obligation.", INSERTION),
    ("CCTP", "Un des opérateurs en ligne est RQTH.", CLAUSE),
    ("CCTP", "Le centre d'appels compte un dixième d'agents RQTH.", CLAUSE),
    ("CCTP", "L'équipe de chercheurs est composée à parts égales de chaque sexe.", CLAUSE),
    ("CCTP", "L'équipe de chercheurs est composée à parts égales de chaque sexe.", EQUALITY),
    ("CCAP", "La part des femmes dans l'encadrement du chantier est portée à un quart.", EQUALITY),
    ("CCAP", "Les écarts de salaire entre les sexes sont corrigés par l'entreprise.", EQUALITY),
    ("CCTP", "L'exploitant ouvre un contrat d'apprentissage en première année.", CLAUSE),
    ("CCAP", "Lot 1 : 300 h ; lot 2 : 40 h (action d'insertion)", VOLUME),
    ("CCAP", "La chargée de mission clauses du Pays assiste le titulaire dans ses recrutements.", INSERTION),
    ("CCAP", "Les recrutements du chantier vont en priorité aux habitants du bassin.", INSERTION),
    ("CCTP", "L'atelier respecte un équilibre d'hommes et de femmes dans ses équipes.", EQUALITY),
    ("CCTP", "Une salariée en alternance complète l'équipe du prestataire.", APPRENTICES),
    ("CCTP", "L'atelier d'emballage compte des opérateurs handicapés.", CLAUSE),
    ("CCAP", "# 8 Concours à l'emploi du pays\nCinq contrats y sont attendus.", INSERTION),
    ("CCAP", "Le tri est fait avec une entreprise conventionnée (art. L. 5132-5 du code du travail).", INSERTION),
    ("RC", "Marché passé sur le fondement de l'article L. 2113-12 du code.", RESERVED),
    ("RC", "Ce lot relève du régime des marchés réservés.", RESERVED),
    ("RC", "Le lot 2 ne sera attribué qu'à un ESAT.", RESERVED),
    ("RC", "Accès au lot 1 : entreprises adaptées.", RESERVED),
    ("RC", "Il faut justifier de l'agrément d'entreprise adaptée pour déposer un pli.", RESERVED),
    ("RC", "Les ateliers et chantiers d'insertion, à l'exclusion de tout autre opérateur, sont concernés.", RESERVED),
    ("RC", "Structures admises à concourir : ACI, EI et associations intermédiaires.", RESERVED),
    ("RC", "Réservation : oui (L. 2113-13).", RESERVED),
]


@pytest.mark.parametrize(("role", "text", "name"), WRITTEN)
def test_what_is_written_is_never_said_absent(role: str, text: str, name: str) -> None:
    """Read, or left open: never absent, and never denied."""
    found = fact(role, text, name)
    assert found.status != ABSENT
    assert found.value not in (False, "aucune")


SILENT = [
    ("CCAP", "Le titulaire soigne l'insertion du bâtiment dans la pente.", INSERTION),
    ("CCAP", "Le titulaire respecte le code du travail et lutte contre le travail dissimulé.", INSERTION),
    ("CCAP", "Le titulaire assure la formation de 12 utilisateurs en 14 heures.", INSERTION),
    ("CCAP", "Le prestataire accompagne les patients tout au long de leur parcours de soins.", INSERTION),
    ("CCAP", "Le chômage du canal est fixé du 3 au 20 novembre ; le titulaire intervient alors.", INSERTION),
    ("CCAP", "Pendant le chômage partiel, le titulaire informe l'acheteur.", INSERTION),
    ("CCAP", "L'article 16.2 du CCAG s'applique.", INSERTION),
    (
        "CCAP",
        "Le titulaire remet les attestations relatives à l'emploi des travailleurs handicapés (L. 5212-1).",
        CLAUSE,
    ),
    ("CCTP", "Les vestiaires des femmes et ceux des hommes sont nettoyés par le titulaire.", EQUALITY),
    ("CCTP", "Le titulaire livre des tenues en coupe homme et en coupe femme.", EQUALITY),
    ("CCTP", "Le logiciel produit des statistiques par sexe et par âge.", EQUALITY),
    ("CCTP", "Le titulaire forme les agents en 3 heures.", APPRENTICES),
    ("CCTP", "Les voies sont fermées en alternance avec la déviation.", APPRENTICES),
    ("CCTP", "Le prestataire emploie ses salariés conformément aux usages.", CLAUSE),
    ("CCTP", "L'emploi de mortier est interdit par temps de gel.", INSERTION),
    ("CCTP", "La trappe facilite l'insertion des gaines.", INSERTION),
    ("CCTP", "La diversité des essences et la mixité des usages sont recherchées par le titulaire.", EQUALITY),
    ("CCAP", "# 8 Égalité des usagers\nTous les usagers sont servis.", EQUALITY),
    ("CCTP", "Le titulaire rédige en écriture inclusive.", INSERTION),
    ("RC", "Le candidat indique s'il relève des articles L. 2113-12 ou L. 2113-13.", RESERVED),
    ("RC", "Les entreprises adaptées joignent la copie de leur contrat d'objectifs.", RESERVED),
    ("RC", "Le marché ne peut être attribué qu'à un candidat à jour de ses obligations fiscales.", RESERVED),
    ("RC", "L'accès au site est limité aux seules personnes inscrites.", RESERVED),
]


@pytest.mark.parametrize(("role", "text", "name"), SILENT)
def test_what_is_no_clause_stays_absent(role: str, text: str, name: str) -> None:
    """A buyer who wrote none is told so."""
    assert fact(role, text, name).status == ABSENT


READ = [
    ("RC", "Le lot 2 ne sera attribué qu'à un ESAT.", RESERVED, "handicap"),
    ("RC", "Ne pourront prendre part à la consultation que des structures d'insertion.", RESERVED, "insertion"),
    (
        "RC",
        "Peuvent seules se porter candidates les entreprises de l'ESS visées à l'article L. 2113-15.",
        RESERVED,
        "ess",
    ),
    ("RC", "Emplois protégés : oui", RESERVED, "handicap"),
    ("RC", "Insertion des publics en difficulté dans l'exécution – 10 points", CRITERION, True),
    ("RC", "Démarche d'inclusion : 5 %", CRITERION, True),
    ("CCAP", "L'entreprise confie 320 heures à des riverains suivis par la mission locale.", INSERTION, True),
    ("CCAP", "Deux jeunes suivis par la mission locale sont recrutés par l'entreprise.", INSERTION, True),
    ("CCTP", "Le débroussaillage est assuré par un chantier d'insertion.", INSERTION, True),
    ("CCAP", "Le présent marché sert de support d'insertion à six salariés.", INSERTION, True),
    ("CCAP", "Une mise à disposition par une association intermédiaire couvre 400 heures.", INSERTION, True),
    ("CCAP", "Le titulaire remet son plan pour l'égalité entre les femmes et les hommes.", EQUALITY, True),
    ("CCTP", "L'exploitant ouvre un contrat d'apprentissage en première année.", APPRENTICES, True),
    ("CCAP", "Lot 1 : 300 h ; lot 2 : 40 h (action d'insertion)", VOLUME, True),
]


@pytest.mark.parametrize(("role", "text", "name", "value"), READ)
def test_common_structures_are_read(role: str, text: str, name: str, value: object) -> None:
    """Verb first, label and value, what only some may be given."""
    found = fact(role, text, name)
    assert (found.status, found.value) == (KNOWN, value)


def test_a_detail_that_is_read_keeps_its_clause_from_being_absent() -> None:
    """Who helps to find the persons is named: the clause that asks for them is somewhere."""
    text = "Le facilitateur des clauses est joint au service achats."
    assert fact("CCAP", text, INSERTION).status == UNKNOWN
    assert fact("CCAP", text, CLAUSE).status == UNKNOWN


def test_a_reserved_lot_is_no_insertion_clause() -> None:
    """Who may bid is not what who performs is asked."""
    text = "Le lot est exécuté par une entreprise d'insertion (lot réservé, L. 2113-13)."
    assert fact("CCAP", text, INSERTION).status == ABSENT


def test_a_denied_clause_stays_denied_beside_its_details() -> None:
    """The buyer says that there is none: the words of a template beside it change nothing."""
    denial = "Le présent marché ne comporte pas de clause d'insertion."
    assert fact("CCAP", f"{denial}\nLe facilitateur des clauses est joint au service achats.", INSERTION).value is False


def test_the_history_of_a_buyer_asks_nothing() -> None:
    """What a buyer tells of its own work, under a title that says so, leaves no clause open."""
    told = "Accompagne les demandeurs d'emploi vers un métier depuis 1950."
    assert fact("CCAP", f"# 8 Histoire et rôle de l'institut\n{told}", INSERTION).status == ABSENT


def test_the_name_of_an_office_asks_nothing() -> None:
    """A list of the departments of a buyer, one of which deals with insertion."""
    assert (
        fact("CCAP", "# 8 Nos équipes\nPôle insertion sociale, suivi des jeunes du canton,", INSERTION).status == ABSENT
    )
