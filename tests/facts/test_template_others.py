"""Other manners of saying the same things: weights first, roman articles, short notices, a page-long contract."""

from __future__ import annotations

from datetime import date

from template_builders import considered, disputed, known, of_buyer, of_lot, read_whole, weights

_WORKS_RULES = """
MARCHE PUBLIC DE TRAVAUX
REGLEMENT DE LA CONSULTATION
Maître d'Ouvrage
COMMUNAUTE DE COMMUNES DES TROIS VALLEES
Objet du marché
CONSTRUCTION D'UNE MAISON DE SANTE PLURIPROFESSIONNELLE
Remise des offres
Date limite de réception : 18 mars 2027 à 12 H 00
# ARTICLE 1 : OBJET DE LA CONSULTATION
1.1 Objet et étendue
La présente consultation concerne les travaux de construction d'une maison de santé pluriprofessionnelle.
Le présent règlement de consultation concerne l'ensemble des lots.
# ARTICLE 2 : CONDITIONS DE LA CONSULTATION
# 2.1 Définition de la procédure
La présente consultation est lancée suivant la procédure adaptée prévue aux articles L2123-1 et R2123-1 du Code \
de la commande publique.
# 2.2 Décomposition en tranches et en lots
Il n'est pas prévu de décomposition en tranches.
Les travaux sont répartis en 11 lots désignés ci-dessous :
Lot n° | Désignation
01	Terrassement - VRD
02	Gros œuvre
03	Charpente bois - Ossature
04	Couverture - Zinguerie
05	Menuiseries extérieures
06	Plâtrerie - Isolation
07	Menuiseries intérieures
08	Carrelage - Faïence
09	Peinture - Sols souples
10	Plomberie - Chauffage - Ventilation
11	Électricité
Les entreprises peuvent soumissionner pour un ou plusieurs lots.
# 2.3 Nature de l'attributaire
Le marché sera conclu soit avec une entreprise unique, soit avec des entreprises groupées solidaires ou \
conjointes.
# 2.4 Variantes
Les candidats doivent répondre à la solution de base. Ils peuvent en outre présenter des variantes.
# 2.5 Délai d'exécution
Le délai d'exécution de l'ensemble des travaux est de 14 mois, y compris période de préparation.
# 2.6 Clause d'insertion
Les lots 2 et 10 sont concernés par une clause sociale d'insertion : 210 heures pour le lot 2 et 140 heures \
pour le lot 10.
# ARTICLE 6 : JUGEMENT DES OFFRES
Les critères retenus pour le jugement des offres sont pondérés de la façon suivante :
- 60% : valeur technique de l'offre
- 40% : prix des prestations
En cas de discordance, les indications portées en lettres prévaudront.
"""


def test_rules_of_works_with_weights_first() -> None:
    """Eleven lots under a line that announces them, "60 % : valeur technique", hours for two lots."""
    facts = read_whole(("RC", _WORKS_RULES))
    found = known(facts)
    assert "maison de santé" in str(found["objet"])
    assert (found["type"], found["procedure.type"], found["nombre_lots"]) == ("travaux", "procedure_adaptee", 11)
    assert (len(facts.lots), of_lot(facts, "11")["objet"]) == (11, "Électricité")
    assert weights(facts) == [("valeur technique de l'offre", 60), ("prix des prestations", 40)]
    assert (found["variantes"], found["delai_execution_mois"]) == ("autorisees", 14)
    assert (of_lot(facts, "2")["social.heures_insertion"], of_lot(facts, "10")["social.heures_insertion"]) == (210, 140)
    assert of_buyer(facts)["acheteur.categorie"] == "epci"
    assert not disputed(facts)


_CAMPUS_RULES = """
ACADÉMIE DE VALMONT
Université Simone-Arnaud
Règlement de la consultation
Accord-cadre n° 2026-11
Fourniture de matériels informatiques reconditionnés et neufs
# I. Dispositions générales
# I.1 Pouvoir adjudicateur
Université Simone-Arnaud, 12 avenue des Lettres
# I.2 Objet
Fourniture, livraison et mise en service de postes de travail.
# I.3 Forme
Accord-cadre multi-attributaire à marchés subséquents, conclu sans minimum et avec un maximum de 1 800 000 \
euros HT pour toute la durée, en application des articles R. 2162-1 à R. 2162-12.
# I.4 Procédure
Appel d'offres ouvert (articles L. 2124-2 et R. 2161-2 à R. 2161-5).
# I.5 Lots
Le besoin est divisé en deux lots :
- lot 1 : postes fixes ;
- lot 2 : ordinateurs portables.
# I.6 Durée
Deux ans à compter de la notification, renouvelable une fois pour la même durée.
# II. Attribution
Pour chaque lot, les offres sont classées au moyen des critères pondérés suivants :
Critère 1 : Prix (40 points)
Critère 2 : Qualité technique (30 points)
dont sous-critère 2.1 : performances (20 points)
dont sous-critère 2.2 : garantie (10 points)
Critère 3 : Performance environnementale : indice de réparabilité, part de matériel reconditionné (20 points)
Critère 4 : Délai de livraison (10 points)
Les variantes sont interdites.
"""


def test_rules_with_roman_articles() -> None:
    """A form, a duration and an object that open their own articles."""
    facts = read_whole(("RC", _CAMPUS_RULES))
    found = known(facts)
    assert str(found["objet"]).startswith("Fourniture, livraison")
    assert (found["forme"], found["duree_mois"], found["valeur_maximale_ht"]) == ("accord_cadre", 48, 1800000)
    assert [weight for _, weight in weights(facts)] == [40, 30, 20, 10]
    assert (found["procedure.type"], facts.lots, found["variantes"]) == (
        "appel_offres_ouvert",
        ("1", "2"),
        "interdites",
    )
    assert not disputed(facts)


_REGION_CLAUSES = """
RÉGION HAUTE-COMTÉ
Direction de la commande publique
C.C.A.P.
Marché de services : nettoyage des lycées
# 3 Durée
Le marché prend effet le 1er septembre 2026 et s'achève le 31 août 2028. Il peut être reconduit deux fois, \
chaque fois pour un an.
# 7 Considérations sociales et environnementales
# 7.1 Insertion
Dans le cadre de sa politique d'insertion, la Région a décidé d'appliquer l'article L2112-2 du code de la \
commande publique. Le titulaire réserve au moins 7 % du nombre total d'heures travaillées à des personnes \
rencontrant des difficultés d'accès à l'emploi.
# 7.1.1 Public
Sont éligibles : demandeurs d'emploi de plus d'un an, allocataires du RSA, personnes reconnues travailleurs \
handicapés, jeunes sortis sans diplôme du système scolaire.
# 7.1.2 Mise en œuvre
Trois modalités sont ouvertes : recrutement direct, mise à disposition de personnel par une association \
intermédiaire, sous-traitance à une entreprise d'insertion.
# 7.1.3 Accompagnement
Le titulaire prend l'attache du facilitateur des clauses sociales dont les coordonnées figurent en annexe.
# 7.1.4 Suivi
Un état trimestriel des heures réalisées est adressé à la Région.
# 7.1.5 Sanctions
Tout manquement donne lieu à une pénalité égale à 50 € par heure non réalisée.
# 7.2 Environnement
Les produits d'entretien portent l'Écolabel européen ou présentent des caractéristiques équivalentes. Le \
titulaire trie ses déchets et reprend les bidons vides.
Le non-respect de ces obligations environnementales est sanctionné par une pénalité de 150 € par constat.
# 9 Reprise du personnel
La convention collective prévoit la reprise du personnel.
# 10 Avance
Une avance de 20 % du montant est versée ; elle est portée à 30 % lorsque le titulaire est une PME.
# 11 Paiement
Le délai global de paiement est de 30 jours.
"""


def test_clauses_in_articles_of_articles() -> None:
    """Publics, ways, follow-up and penalties told in sub-articles that do not repeat the word insertion."""
    facts = read_whole(("CCAP", _REGION_CLAUSES))
    found = known(facts)
    assert (found["objet"], found["duree_mois"]) == ("Nettoyage des lycées", 48)
    told = ("insertion", "condition_execution", "volume", "facilitateur", "controle", "penalites")
    assert all(found[f"social.{part}"] is True for part in told)
    assert len(found["social.publics"]) >= 3  # type: ignore[arg-type]
    assert len(found["social.modalites"]) == 3  # type: ignore[arg-type]
    assert (found["environnement.condition_execution"], found["environnement.penalites"]) == (True, True)
    assert (found["avance_taux"], found["delai_paiement_jours"]) == (20, 30)
    assert of_buyer(facts)["acheteur.categorie"] == "region"
    assert not disputed(facts)


_RESERVED_NOTICE = """
AVIS D'APPEL PUBLIC À LA CONCURRENCE
Organisme acheteur : CCAS de la ville de Port-Royan
Objet : Prestations de blanchisserie des EHPAD
Accord-cadre : oui
Type de procédure : Appel d'offres ouvert
Lieu d'exécution : Port-Royan
Ce marché est réservé : aux ESAT et entreprises adaptées (article L. 2113-12)
Allotissement : Non. Les prestations sont indissociables.
Durée : 12 mois, renouvelable 3 fois
Options : reconductions
Valeur estimée hors TVA : 480 000 euros
Critères : Prix 50 %, Qualité 30 %, Démarche environnementale 20 %
Date limite de remise des plis : 02/02/2027 à 12:00
Envoi de l'avis au BOAMP et au JOUE le : 21/12/2026
"""


def test_a_short_reserved_notice() -> None:
    """Labels of a platform, each answered on its line."""
    facts = read_whole(("AAPC", _RESERVED_NOTICE))
    found = known(facts)
    assert (found["reservation.categorie"], found["reservation.mention_avis"]) == ("handicap", True)
    assert found["reservation.articles_avis"] == ("L2113-12",)
    assert (found["forme"], found["alloti"], found["duree_mois"]) == ("accord_cadre", False, 48)
    assert found["non_allotissement.motif"] == "Les prestations sont indissociables."
    assert (found["date_lancement"], found["valeur_estimee_ht"]) == (date(2026, 12, 21), 480000)
    assert [weight for _, weight in weights(facts)] == [50, 30, 20]
    assert of_buyer(facts)["acheteur.categorie"] == "etablissement_public_local"
    assert not disputed(facts)


_FIREWORKS = """
Commune de Lurville-sur-Mer
Cahier des clauses particulières valant acte d'engagement
Marché à procédure adaptée - Spectacle pyrotechnique du 14 juillet 2027
Article 1 - Objet : conception et tir d'un feu d'artifice
Article 2 - Durée : de la notification au 31 juillet 2027
Article 3 - Prix : prix global et forfaitaire plafonné à 15 000 € TTC
Article 4 - Paiement : 30 jours
Article 5 - Environnement : les débris sont ramassés et triés dès le lendemain matin par le titulaire
Article 6 - Clauses sociales : sans objet
"""


def test_a_contract_of_one_page() -> None:
    """Six lines, one per article: nothing is invented."""
    facts = read_whole(("CCP", _FIREWORKS))
    found = known(facts)
    assert found["objet"] == "Conception et tir d'un feu d'artifice"
    assert (found["procedure.type"], of_buyer(facts)["acheteur.categorie"]) == ("procedure_adaptee", "commune")
    assert considered(found) == {"social.condition_execution": False, "social.insertion": False}
    assert not {"valeur_maximale_ht", "valeur_estimee_ht", "duree_mois"} & set(found)
