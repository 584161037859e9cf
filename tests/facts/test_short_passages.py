"""A few lines taken out of a piece, alone: what they ask, what they deny, what only looks like it."""

from __future__ import annotations

import pytest
from template_builders import known, read_whole

CLAUSE, INSERTION, GREEN = "social.condition_execution", "social.insertion", "environnement.condition_execution"
RESERVED = "reservation.categorie"

ASKED = [
    ("CCAP", "L'attributaire s'oblige à confier 2 ETP au moins à un public éloigné de l'emploi.", INSERTION),
    ("CCAP", "L'exploitant recrute trois personnes en parcours d'insertion pour la durée du contrat.", INSERTION),
    ("CCP", "Le prestataire fera travailler des personnes en insertion pour 6 % des heures.", INSERTION),
    (
        "CCAP",
        "L'entrepreneur réserve 12 % du temps de travail à des salariés d'entreprises d'insertion mis à disposition.",
        INSERTION,
    ),
    ("CCAP", "Article 7\nL' entreprise met en place une action d' insertion de 200 heures.", INSERTION),
    (
        "CCAP",
        "Trois voies sont ouvertes : embauche directe, mise à disposition par une ETTI ou un GEIQ, sous-traitance.",
        INSERTION,
    ),
    ("CCAP", "L'éligibilité des candidats au titre de la clause est validée par le facilitateur.", INSERTION),
    ("CCAP", "Les bénéficiaires de la clause sont les BRSA, les DELD et les habitants des QPV.", INSERTION),
    ("CCAP", "L'entreprise accueille, de l'ouverture à la fin du chantier, au moins un alternant.", CLAUSE),
    (
        "CCAP",
        "Une condition particulière porte sur la mixité : un quart de l'équipe au moins est composé de femmes.",
        CLAUSE,
    ),
    (
        "CCAP",
        "Les bureaux sont nettoyés en journée pour améliorer les conditions de travail du personnel.",
        CLAUSE,
    ),
    ("CCAP", "Le fournisseur transmet un audit social du site de fabrication de moins d'un an.", CLAUSE),
    ("CCAP", "Le décompte des heures réalisées par les salariés en insertion est joint à la facture.", INSERTION),
    ("CCP", "Trois semaines de travail sont confiées à un jeune suivi par la mission locale.", INSERTION),
    ("AE", "Nous réservons à des personnes relevant de l'IAE 50 heures par tranche de 80 000 € HT.", INSERTION),
    ("CCAP", "Volet social : 150 heures au profit de personnes durablement éloignées de l'emploi.", INSERTION),
    ("CCAP", "L'entrepreneur fait réaliser 60 heures par des personnes inscrites au PLIE.", INSERTION),
    ("CCAP", "Le titulaire verse un salaire décent à tous les maillons de sa chaîne.", CLAUSE),
    ("CCAP", "L'entreprise accueille chaque année un collégien en stage d'observation.", CLAUSE),
    ("CCTP", "Le prestataire met en œuvre des méthodes alternatives aux produits phytosanitaires.", GREEN),
    ("CCTP", "Les laitances de béton ne sont jamais rejetées au sol.", GREEN),
    ("CCTP", "Aucun rejet n'est fait dans la rivière.", GREEN),
    ("CCTP", "Les lubrifiants des engins sont biodégradables.", GREEN),
    ("CCTP", "Les fraisats sont recyclés dans la couche de base.", GREEN),
    ("CCTP", "L'impact carbone du plancher est inférieur à 180 kg par m².", GREEN),
    ("CCTP", "L'exploitant garantit une réduction des consommations de gaz de 12 %.", GREEN),
    ("CCTP", "Les tables sont reconditionnées pour 25 % des quantités livrées.", GREEN),
    ("CCAP", "LE TITULAIRE DOIT 80 H. D'INSERTION PAR AN.", INSERTION),
    ("AE", "Le candidat retenu s'engage sur un volume d'insertion de ... heures.", INSERTION),
    ("CCAP", "Les travaux doivent bénéficier à des personnes en grande précarité orientées par le CCAS.", INSERTION),
    ("CCAP", "Le prestataire embauche des candidats du PLIE.", INSERTION),
    ("CCAP", "L'exploitant fait travailler une entreprise adaptée pour la mise en cartons.", CLAUSE),
    ("CCAP", "La société mobilise des salariés en CDI pour 80 % des heures.", CLAUSE),
    ("CCTP", "La société limite les horaires fractionnés de ses équipes.", CLAUSE),
    ("CCTP", "Le fournisseur assure la reprise de 100 % des toners vides.", GREEN),
    ("CCTP", "Les copieurs sont livrés réglés en recto-verso par défaut.", GREEN),
    ("CCTP", "Le GWP des fluides frigorigènes est inférieur à 675 ; les gaz ont un PRG connu.", GREEN),
    ("CCTP", "La tonte se fait en mulching.", GREEN),
    ("CCTP", "Le lavage des sols extérieurs se fait avec l'eau de la cuve de récupération d'eau de pluie.", GREEN),
    ("CCTP", "La déconstruction sélective des cloisons est exigée.", GREEN),
    ("CCAP", "Les entreprises respectent la charte de chantier à faibles nuisances.", GREEN),
    ("CCTP", "Les camions bâchés circulent à 20 km/h.", GREEN),
    ("CCTP", "Le centre informatique a un PUE d'au plus 1,5.", GREEN),
    ("CCTP", "Les serveurs sont alimentés par une électricité renouvelable.", GREEN),
    ("CCTP", "Les légumes sont frais et de saison.", GREEN),
    (
        "CCAP",
        "Pour l'accompagnement de la démarche, le titulaire réserve 300 heures à des demandeurs d'emploi.",
        INSERTION,
    ),
    (
        "CCAP",
        "Le titulaire assure la formation de ses équipes et confie 90 heures à des demandeurs d'emploi.",
        INSERTION,
    ),
    ("CCAP", "L'attributaire confie une partie des travaux à du personnel en insertion.", INSERTION),
    ("CCAP", "Un agent sur six sera issu d'un parcours d'insertion.", INSERTION),
    ("AE", "Nous ferons réaliser 90 h par des personnes éligibles à la clause.", INSERTION),
    ("CCAP", "Le prestataire fait appel à une association intermédiaire pour le gardiennage.", INSERTION),
    ("RC", "Comme condition d'exécution, les abords sont tenus par une structure d'insertion locale.", CLAUSE),
    ("CCAP", "Les plateaux sont préparés en ESAT.", CLAUSE),
    ("CCAP", "Le prestataire remet un plan d'action pour l'égalité professionnelle.", CLAUSE),
    ("CCAP", "Un contrat d'apprentissage est signé pour l'exécution du chantier.", CLAUSE),
    ("RC", "Ce contrat est court. Il comporte une clause sociale.", CLAUSE),
    ("RC", "Ce contrat est court. Il prévoit une clause environnementale.", GREEN),
    ("CCTP", "Le désherbage des allées est manuel.", GREEN),
    ("CCTP", "Aucun traitement chimique n'est admis.", GREEN),
    ("CCTP", "Les plantes sont économes en eau.", GREEN),
    ("CCTP", "Les lampes usagées sont confiées à un éco-organisme.", GREEN),
    ("CCTP", "Le taux de COV est inférieur à 2 g par litre : COV maximum 2 g/l.", GREEN),
    ("CCAP", "Un plan de réduction des émissions est remis la première année.", GREEN),
    ("CCTP", "L'architecte organise la réutilisation des briques déposées.", GREEN),
    (
        "CCAP",
        "# 5 Insertion par l'activité économique\nLes demandeurs d'emploi du canton sont visés.",
        CLAUSE,
    ),
    ("CCAP", "Ces heures sont réalisées par des publics agréés par la cellule insertion.", INSERTION),
    ("RC", "Le contrat porte une obligation de sous-traitance de 2 % à des entreprises adaptées.", CLAUSE),
    ("CCAP", "Le recours à l'alternance est requis pour un poste.", CLAUSE),
    ("CCTP", "Les écrans usés sont confiés à une filière de reconditionnement.", GREEN),
    ("CCTP", "L'entreprise pose des bennes distinctes pour le plâtre et le métal.", GREEN),
    ("CCTP", "Les jus sont servis en bouteilles de verre consignées.", GREEN),
    ("CCTP", "Liquide vaisselle Écolabel européen ou équivalent, bidon de 5 l.", "environnement.specification"),
    ("CCTP", "Les massifs sont entretenus sans recours à des produits phytosanitaires.", GREEN),
    ("CCAP", "L'entrepreneur établit et remet un SOSED avant le démarrage du chantier.", GREEN),
    ("CCTP", "Les isolants biosourcés représentent au moins 30 kg par m² de plancher.", GREEN),
    ("CCTP", "Le prestataire respecte le référentiel général d'écoconception de services numériques.", GREEN),
    ("CCTP", "Les menuiseries repérées sont déposées avec soin et remises à une ressourcerie.", GREEN),
    ("CCTP", "Les interventions en centre-ville se font avec des véhicules électriques ou Crit'Air 1.", GREEN),
]


@pytest.mark.parametrize(("role", "text", "name"), ASKED)
def test_what_a_passage_asks(role: str, text: str, name: str) -> None:
    """Others than "le titulaire" are asked, in persons, posts or parts of the work as well as in hours."""
    assert known(read_whole((role, text))).get(name) is True


DENIED = [
    ("CCAP", "Il n'est pas fait usage de clauses sociales dans ce contrat.", CLAUSE),
    ("CCAP", "La clause sociale ne figurant dans aucune pièce, rien n'est dû à ce titre.", CLAUSE),
    ("CCAP", "Ce contrat ne relève pas des marchés soumis à un objectif d'insertion.", INSERTION),
    ("RC", "Considération sociale : pas de considération sociale", CLAUSE),
    ("RC", "Clauses sociales et environnementales : néant", INSERTION),
    ("RC", "Clauses sociales et environnementales : néant", GREEN),
    ("CCAP", "La clause sociale prévue à l'article 8 est supprimée par le présent rectificatif.", CLAUSE),
    ("CCAP", "L'action d'insertion initialement demandée a été retirée.", INSERTION),
    ("RAPPORT", "Le service a renoncé à insérer une clause sociale dans ce marché.", CLAUSE),
]


@pytest.mark.parametrize(("role", "text", "name"), DENIED)
def test_what_a_passage_denies(role: str, text: str, name: str) -> None:
    """A clause struck out, given up or written down as none is not there."""
    assert known(read_whole((role, text))).get(name) is False


NOT_ASKED = [
    ("CCAP", "Option B (non retenue) : clause d'insertion de 90 heures.", INSERTION),
    ("CCAP", "Lors du prochain marché, la ville envisage d'imposer une clause d'insertion.", INSERTION),
    ("CCAP", "Une clause d'insertion pourra être prévue dans les marchés subséquents de plus de 50 000 €.", INSERTION),
    ("CCTP", "L'application permet l'insertion de tableaux et l'action d'insertion en masse.", INSERTION),
    ("CCTP", "Le titulaire accueille et accompagne des personnes en difficulté hébergées dans le centre.", INSERTION),
    ("CCAP", "Le titulaire, entreprise d'insertion, recrute son personnel librement.", CLAUSE),
    ("CCTP", "Le personnel est accueilli sur le chantier par un conducteur de travaux.", CLAUSE),
    ("CCAP", "La clause sociale de l'article 8 n'est pas supprimée.", CLAUSE),
    ("CCAP", "La pénalité attachée à la clause d'insertion du modèle est sans application ici.", INSERTION),
    ("CCTP", "Le prestataire assure 20 heures d'atelier auprès de demandeurs d'emploi.", INSERTION),
    ("CCTP", "La formation de 300 heures est ouverte au bénéfice de personnes éloignées de l'emploi.", INSERTION),
    ("CCTP", "Les intervenants ont une expérience auprès de publics en difficulté.", CLAUSE),
    (
        "CCAP",
        "# 9 Développement durable\nLa ville rappelle son attachement au développement durable et invite chacun "
        "à le partager.",
        GREEN,
    ),
    ("CCTP", "Les déblais sont évacués en décharge.", GREEN),
    ("CCTP", "Les consommations de l'année sont relevées à 12 % près.", GREEN),
    ("CCAP", "L'entreprise peut confier des tâches à une entreprise adaptée selon les règles usuelles.", CLAUSE),
    ("CCTP", "Le facilitateur conseille les acheteurs du territoire et suit leurs heures d'insertion.", INSERTION),
    ("CCTP", "L'équipe comprend un apprenti mis à disposition par la commune.", CLAUSE),
    ("RC", "Clause sociale / critère social (rayer la mention inutile)", CLAUSE),
    ("CCTP", "Dépose soigneuse des tuiles et évacuation des gravats.", GREEN),
    ("RC", "3-1 Volume horaire d'insertion", INSERTION),
    ("CCTP", "La tonte est suivie du ramassage de l'herbe.", GREEN),
    ("CCTP", "Le centre informatique a deux arrivées d'électricité.", GREEN),
    ("CCTP", "Une charte graphique s'applique au chantier.", GREEN),
    ("CCAP", "Le titulaire peut faire appel à une association intermédiaire.", INSERTION),
    ("CCTP", "Le plan de réduction des émissions sonores est joint.", GREEN),
    ("CCTP", "L'ESAT voisin est prévenu des coupures.", CLAUSE),
    ("CCAP", "Les conditions d'exécution peuvent viser à favoriser l'insertion sociale des chômeurs.", INSERTION),
    ("RC", "L'acheteur peut réserver des lots à des structures d'insertion, qui les exécutent.", CLAUSE),
    ("RC", "Les pouvoirs adjudicateurs peuvent prévoir une condition d'exécution liée à l'environnement.", GREEN),
    ("CCTP", "Une benne de 15 m3 est posée au nord du terrain.", GREEN),
    ("CCTP", "Les jus sont servis en bouteilles de verre.", GREEN),
    ("CCAP", "Les CDDI de la régie de quartier travaillent en dehors du cadre de ce contrat.", INSERTION),
    ("RC", "Sous-critère 1.2 : les produits porteurs d'un écolabel seront appréciés (4 points).", GREEN),
    ("CCTP", "Les véhicules à entretenir sont deux fourgons électriques de la commune.", GREEN),
    ("CCTP", "Le local de stockage des produits phytosanitaires est ventilé.", GREEN),
    ("CCTP", "Fourniture de 30 kg de peinture par m² de plancher.", GREEN),
]


@pytest.mark.parametrize(("role", "text", "name"), NOT_ASKED)
def test_what_only_looks_like_it(role: str, text: str, name: str) -> None:
    """What is discarded, planned for later, noted, served or bought binds nobody who performs."""
    facts = read_whole((role, text))
    if "n'est pas supprimée" in text:
        assert known(facts).get(name) is not False
    else:
        assert known(facts).get(name) is not True


def test_who_a_contract_is_reserved_for() -> None:
    """Sectors are told in the singular too, and a contract is told not to be a reserved one."""
    both = "Le marché est réservé aux opérateurs du secteur protégé ou adapté et aux structures d'insertion."
    assert known(read_whole(("RC", both)))[RESERVED] == "handicap_et_insertion"
    none = "La présente consultation ne constitue pas un marché réservé."
    assert known(read_whole(("RC", none)))[RESERVED] == "aucune"
    assert known(read_whole(("RC", "Il ne s'agit pas d'une procédure réservée.")))[RESERVED] == "aucune"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seules sont admises à concourir les structures d'insertion conventionnées.", "insertion"),
        (
            "Seules les entreprises adaptées, les ESAT et les structures équivalentes qui emploient au moins la moitié "
            "de travailleurs handicapés sont admises à concourir.",
            "handicap",
        ),
        ("La consultation est ouverte aux seules structures de l'ESS.", "ess"),
        ("Seuls les établissements et services d'accompagnement par le travail peuvent soumissionner.", "handicap"),
        ("Un autre lot, réservé aux entreprises adaptées, fera l'objet d'une consultation séparée.", None),
    ],
)
def test_who_alone_may_bid(text: str, expected: str | None) -> None:
    """Initials stand for the sector, long names are theirs too, and another contract is not this one."""
    assert known(read_whole(("RC", text))).get(RESERVED) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Les entreprises porteuses d'un label environnemental peuvent le signaler.",
        "Mission d'accompagnement vers la certification HQE du collège.",
    ],
)
def test_a_label_nobody_asks_for(text: str) -> None:
    """A label that may be told, or that the buyer wants for its building, is not required of the holder."""
    assert "labels" not in known(read_whole(("CCTP", text)))


def test_only_initials_leave_a_reservation_open() -> None:
    """What might reserve the contract is never said absent."""
    fact = read_whole(("RC", "L'accès est exclusivement ouvert aux acteurs ESS.")).get(RESERVED)
    assert fact is not None
    assert fact.status != "absent"
