"""Pieces of local authorities, as their usual drafting software lays them out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from template_builders import absent, considered, disputed, known, of_buyer, of_lot, read_whole, weights

_RULES = """
RÈGLEMENT DE LA CONSULTATION (R.C.)
Marché public de fournitures et services
Entretien des espaces verts et des cimetières
Date et heure limites de réception des plis : vendredi 6 novembre 2026 à 12 h 00
Commune de Montfleury
Hôtel de Ville, 1 place de la République
# Sommaire
# 1 Article 1 – Acheteur
Le pouvoir adjudicateur : Commune de Montfleury
# 1.1 Objet
La présente consultation concerne :
Entretien des espaces verts et des cimetières communaux
Lieu(x) d'exécution : territoire de la commune
# 1.2 Mode de passation
La procédure de passation utilisée est : l'appel d'offres ouvert, que régissent les articles L. 2124-2 et \
R. 2161-2 à R. 2161-5 du Code de la commande publique.
# 1.3 Type et forme de contrat
L'accord-cadre comporte un maximum (articles L. 2125-1 1° et R. 2162-1 et suivants du Code de la commande \
publique) ; il s'exécute par l'émission de bons de commande.
# 1.4 Décomposition de la consultation
Les prestations sont réparties en 3 lot(s) :
Lot(s)\tDésignation
01\tTonte et fauchage
02\tTaille et élagage
03\tFleurissement et entretien des cimetières
Chaque lot donne un accord-cadre, à un seul titulaire. Les candidats peuvent soumettre \
une offre pour un seul lot, plusieurs lots ou tous les lots.
# 1.5 Nomenclature
Code principal\tDescription
77310000-6\tRéalisation et entretien d'espaces verts
# 2.1 Délai de validité des offres
Le délai de validité des offres, compté de la date limite de leur réception, est fixé à 120 jours.
# 2.2 Forme juridique du groupement
Le pouvoir adjudicateur n'impose aucune forme de groupement à l'attributaire. Nul ne peut présenter plusieurs \
offres, à la fois seul et comme membre d'un groupement, ou comme membre de plusieurs groupements.
# 2.3 Variantes
Aucune variante n'est autorisée.
# 2.4 Développement durable
Le lot n° 3 est réservé aux entreprises adaptées et aux établissements et services d'aide par le travail, en \
application de l'article L. 2113-12 du Code de la commande publique.
# 3.1 Durée du contrat
La période initiale de l'accord-cadre est de 1 an, comptée de sa notification. La reconduction est tacite. Le nombre \
de périodes de reconduction est fixé à 3 ; chaque période de reconduction dure 1 an. La durée maximale de l'ensemble, \
toutes périodes confondues, est de 4 ans.
# 6.2 Attribution des accords-cadres
Les critères relatifs au marché sont pondérés de la manière suivante :
Critères\tPondération
1-Prix des prestations\t50.0 %
2-Valeur technique\t30.0 %
2.1-Moyens humains et matériels\t15.0 %
2.2-Organisation des interventions\t15.0 %
3-Performances en matière de protection de l'environnement\t20.0 %
# 7.2 Procédures de recours
Le tribunal territorialement compétent est le Tribunal administratif. L'acheteur se réserve le droit de déclarer la \
procédure sans suite.
"""


def test_rules_of_a_local_authority() -> None:
    """A cover, numbered articles, a table of lots, a table of criteria with sub-criteria."""
    facts = read_whole(("RC", _RULES))
    found = known(facts)
    assert found["objet"] == "Entretien des espaces verts et des cimetières communaux"
    assert (found["procedure.type"], found["forme"], found["cpv"]) == (
        "appel_offres_ouvert",
        "accord_cadre",
        ("77310000",),
    )
    assert (found["alloti"], found["nombre_lots"], facts.lots) == (True, 3, ("1", "2", "3"))
    assert (found["duree_mois"], found["date_limite_offres"]) == (48, date(2026, 11, 6))
    assert (found["variantes"], found["groupement.forme_imposee"]) == ("interdites", "aucune")
    assert of_buyer(facts) == {"acheteur.nom": "Commune de Montfleury", "acheteur.categorie": "commune"}
    assert of_lot(facts, "3")["reservation.categorie"] == "handicap"
    assert "reservation.categorie" not in found
    assert [weight for _, weight in weights(facts)] == [50, 30, 20]
    assert (found["environnement.critere"], found["environnement.critere_poids"]) == (True, 20)
    assert "social.critere" in absent(facts)
    assert not disputed(facts)


_ONE_DOCUMENT = """
MAIRIE DE VALSERRES
MARCHÉ PUBLIC À PROCÉDURE ADAPTÉE
Règlement de la consultation valant cahier des clauses particulières (CCP)
Objet du marché : Remplacement des menuiseries de l'école maternelle
Date limite de remise des offres : 20 mars 2026 à 17h00
# ARTICLE 1 : OBJET DU MARCHÉ
Le présent marché a pour objet le remplacement des menuiseries extérieures de l'école maternelle.
# ARTICLE 2 : PROCÉDURE
Marché passé selon la procédure adaptée, en application des articles L.2123-1 et R.2123-1 du code de la commande \
publique.
# ARTICLE 3 : ALLOTISSEMENT
Le marché n'est pas alloti car les prestations ne peuvent être dissociées.
# ARTICLE 4 : DÉLAI D'EXÉCUTION
Le délai d'exécution des travaux est de 3 mois, période de préparation comprise.
# ARTICLE 5 : CRITÈRES DE JUGEMENT
Les offres seront jugées selon les critères suivants :
- Prix : 60 points
- Valeur technique : 40 points
# ARTICLE 6 : VARIANTES
Les variantes sont autorisées.
# ARTICLE 7 : PÉNALITÉS
Par dérogation à l'article 19 du CCAG Travaux, une pénalité de 150 € par jour calendaire de retard est appliquée.
# ARTICLE 8 : AVANCE ET RETENUE DE GARANTIE
Aucune avance n'est accordée. Une retenue de garantie de 5 % est prélevée sur chaque acompte.
# ARTICLE 9 : GESTION DES DÉCHETS
L'entreprise assure le tri sélectif et l'évacuation des déchets de chantier vers des filières agréées et remet les \
bordereaux de suivi au maître d'ouvrage.
# ARTICLE 10 : CLAUSE SOCIALE
Sans objet.
"""


def test_one_document_of_a_small_town() -> None:
    """Rules and clauses in one piece: both sides are read, silence included."""
    facts = read_whole(("CCP", _ONE_DOCUMENT))
    found = known(facts)
    assert "menuiseries" in str(found["objet"])
    assert (found["procedure.type"], found["alloti"], found["nombre_lots"]) == ("procedure_adaptee", False, 1)
    assert "dissociées" in str(found["non_allotissement.motif"])
    assert (found["delai_execution_mois"], found["date_limite_offres"]) == (3, date(2026, 3, 20))
    assert "duree_mois" not in found
    assert [weight for _, weight in weights(facts)] == [60, 40]
    assert found["variantes"] == "autorisees"
    assert (found["avance"], found["retenue_garantie_taux"]) == (False, 5)
    assert (found["social.condition_execution"], found["environnement.condition_execution"]) == (False, True)
    assert of_buyer(facts)["acheteur.categorie"] == "commune"
    assert not disputed(facts)


_NOTICE = """
Avis d'appel public à la concurrence
Nom et adresse officiels de l'organisme acheteur : Communauté de communes du Haut-Vallon
Correspondant : le président, 3 rue des Écoles
Objet du marché : Transport scolaire de la communauté de communes
Type de marché : Services
Type de procédure : procédure adaptée
Marché réservé : non
Caractéristiques principales : des variantes seront-elles prises en compte : non
Durée du marché ou délai d'exécution : 36 mois à compter de la notification du marché
Division en lots : non
Prestations divisées en lots : non
Conditions relatives au marché
Cautionnement et garanties exigés : sans objet
Forme juridique que devra revêtir le groupement d'opérateurs économiques attributaire du marché : solidaire
L'exécution du marché est soumise à d'autres conditions particulières : non
Critères d'attribution : offre économiquement la plus avantageuse appréciée en fonction des critères énoncés \
ci-dessous avec leur pondération : prix des prestations : 60 % ; valeur technique : 25 % ; qualité environnementale \
du parc : 15 %
Date limite de réception des offres : 12 mai 2026 à 12 heures
Numéro de référence attribué au marché par le pouvoir adjudicateur : 2026-TS-04
Date d'envoi du présent avis à la publication : 3 avril 2026
"""


def test_national_notice_that_reserves_nothing() -> None:
    """The labels of a national form, each with its answer."""
    facts = read_whole(("AAPC", _NOTICE))
    found = known(facts)
    assert found["objet"] == "Transport scolaire de la communauté de communes"
    assert (found["type"], found["procedure.type"], found["duree_mois"]) == ("services", "procedure_adaptee", 36)
    assert (found["date_lancement"], found["date_limite_offres"]) == (date(2026, 4, 3), date(2026, 5, 12))
    assert (found["alloti"], found["variantes"]) == (False, "interdites")
    assert found["reservation.categorie"] == "aucune"
    assert "reservation.mention_avis" not in found
    assert found["groupement.forme_imposee"] == "solidaire"
    assert [weight for _, weight in weights(facts)] == [60, 25, 15]
    assert found["environnement.critere_poids"] == 15
    assert of_buyer(facts)["acheteur.categorie"] == "epci"
    assert not disputed(facts)


_PRICE_ALONE = """
RÈGLEMENT DE LA CONSULTATION
Syndicat mixte des eaux du Plateau
# 1 Objet
Objet de la consultation : Fourniture de chlorure de sodium pour le déneigement
# 2 Procédure
La consultation est lancée selon une procédure adaptée (articles L. 2123-1 et R. 2123-1 du code de la commande \
publique).
# 3 Durée
Le marché est conclu pour une durée de 12 mois. Il n'est pas reconductible.
# 4 Valeur
La valeur estimée du marché est de 68 000 € HT.
# 5 Jugement des offres
Le marché est attribué sur la base du seul critère du prix : critère unique, prix des fournitures (100 %).
"""


def test_price_is_the_only_criterion() -> None:
    """One criterion that weighs everything."""
    facts = read_whole(("RC", _PRICE_ALONE))
    found = known(facts)
    assert "chlorure de sodium" in str(found["objet"])
    assert (found["type"], found["duree_mois"], found["valeur_estimee_ht"]) == ("fournitures", 12, Decimal(68000))
    criteria = found["criteres"]
    assert isinstance(criteria, tuple)
    assert [(item["nature"], int(item["poids"])) for item in criteria] == [("prix", 100)]
    assert of_buyer(facts)["acheteur.categorie"] == "etablissement_public_local"


def test_criteria_that_are_not_read_are_never_absent() -> None:
    """A piece that says nothing of criteria leaves them unknown: other pieces or another wording may hold them."""
    facts = read_whole(("RC", "# 1 Objet\nObjet : Location de bennes pour la déchèterie intercommunale"))
    assert "criteres" not in known(facts)
    assert "criteres" not in absent(facts)
    assert "environnement.critere" not in absent(facts)


_CEILINGS = """
ACTE D'ENGAGEMENT
# 1 Identification de l'acheteur
Nom de l'organisme acheteur : Département de la Haute-Rive
# 2 Objet
Objet de l'accord-cadre : Fourniture de mobilier pour les collèges
# 3 Montants
Les prestations sont réparties en 2 lots. Les montants sur la durée totale de l'accord-cadre, reconductions comprises, \
sont les suivants :
Lot(s)\tDésignation\tMontant minimum HT\tMontant maximum HT
1\tMobilier de classe\t50 000,00 €\t400 000,00 €
2\tMobilier de restauration\tsans\t250 000,00 €
# 4 Par période
Pour information, la première période est répartie ainsi :
Lot\tMinimum période initiale HT\tMaximum période initiale HT
1\t12 500,00 €\t100 000,00 €
2\tsans\t62 500,00 €
"""


def test_ceilings_per_lot_and_per_period() -> None:
    """The ceilings of the whole duration count for each lot; those of one period are set aside."""
    facts = read_whole(("AE", _CEILINGS))
    assert of_lot(facts, "1")["valeur_maximale_ht"] == 400000
    assert of_lot(facts, "2")["valeur_maximale_ht"] == 250000
    assert known(facts)["valeur_maximale_ht"] == 650000
    assert known(facts)["accord_cadre.maximum_fixe"] is True
    assert (known(facts)["nombre_lots"], facts.lots) == (2, ("1", "2"))
    assert of_buyer(facts)["acheteur.categorie"] == "departement"
    assert not considered(known(facts))
