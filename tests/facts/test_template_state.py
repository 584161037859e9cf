"""Pieces of the State, of hospitals and of other national bodies."""

from __future__ import annotations

from datetime import date

from template_builders import absent, considered, disputed, known, of_buyer, of_lot, read_whole, weights

_RULES = """
PRÉFECTURE DE LA RÉGION VALDOISE
SECRÉTARIAT GÉNÉRAL COMMUN
RÈGLEMENT DE LA CONSULTATION
Marché n° 2026-SGC-014
Nettoyage des locaux et des vitres des services de l'État
Date limite de remise des plis : 15 septembre 2026 à 16h00
# ARTICLE PREMIER. OBJET DE LA CONSULTATION
La présente consultation a pour objet le nettoyage des locaux et des vitres des services de l'État.
# ARTICLE 2. FORME DE LA CONSULTATION
La consultation est passée par appel d'offres ouvert en application des articles L2124-2 et R2161-2 à R2161-5 du code \
de la commande publique.
L'accord-cadre est alloti de la façon suivante :
Lot 1 : Nettoyage des locaux, secteur nord
Lot 2 : Nettoyage des locaux, secteur sud
Lot 3 : Nettoyage des vitres
# ARTICLE 3. MARCHÉ RÉSERVÉ
Le lot 3 est un marché réservé aux structures d'insertion par l'activité économique en application de l'article \
L2113-13 du code de la commande publique. Les lots 1 et 2 ne sont pas réservés.
# ARTICLE 4. DURÉE
L'accord-cadre prend effet à sa date de notification. Il est conclu pour une durée de 24 mois et peut être reconduit \
une fois pour une période de 24 mois, par tacite reconduction.
# ARTICLE 5. CLAUSE SOCIALE D'INSERTION
Les lots 1 et 2 comportent une clause sociale d'insertion obligatoire, dont le détail figure au CCAP. Le nombre \
d'heures d'insertion à réaliser est de 1 200 heures pour le lot 1 et de 900 heures pour le lot 2.
# ARTICLE 6. CRITÈRES D'ATTRIBUTION
L'offre économiquement la plus avantageuse est appréciée au regard des critères suivants :
Critère n° 1 : Prix (45 %)
Critère n° 2 : Valeur technique (35 %)
Critère n° 3 : Performance en matière d'insertion professionnelle des publics en difficulté (10 %)
Critère n° 4 : Performance environnementale (10 %)
# ARTICLE 7. VARIANTES
Les variantes ne sont pas autorisées.
"""


def test_rules_of_a_prefecture() -> None:
    """Lots in prose, a reserved lot, hours of insertion per lot, criteria with their rank."""
    facts = read_whole(("RC", _RULES))
    found = known(facts)
    assert "nettoyage des locaux" in str(found["objet"]).lower()
    assert (found["procedure.type"], found["forme"], found["duree_mois"]) == ("appel_offres_ouvert", "accord_cadre", 48)
    assert (found["alloti"], found["nombre_lots"], facts.lots) == (True, 3, ("1", "2", "3"))
    assert of_lot(facts, "3")["reservation.categorie"] == "insertion"
    assert of_lot(facts, "1")["reservation.categorie"] == "aucune"
    assert of_lot(facts, "1")["social.insertion"] is True
    assert of_lot(facts, "1")["social.heures_insertion"] == 1200
    assert of_lot(facts, "2")["social.heures_insertion"] == 900
    assert of_lot(facts, "3")["social.insertion"] is False
    assert [weight for _, weight in weights(facts)] == [45, 35, 10, 10]
    assert (found["social.critere_poids"], found["environnement.critere_poids"]) == (10, 10)
    assert (found["variantes"], found["date_limite_offres"]) == ("interdites", date(2026, 9, 15))
    assert of_buyer(facts)["acheteur.categorie"] == "etat"
    assert not disputed(facts)


_COMMITMENT = """
MARCHÉS PUBLICS
ACTE D'ENGAGEMENT
# A - Objet de l'acte d'engagement
- Objet du marché public :
Maintenance des ascenseurs de l'administration centrale
- Code CPV principal : 50750000-7
- Cet acte d'engagement correspond :
(Cocher les cases correspondantes.)
☐ à l'ensemble du marché public (en cas de non allotissement) ;
☒ au lot n° 2 de la procédure de passation du marché public (en cas d'allotissement) : ascenseurs du site sud
☐ à l'offre de base.
☐ à la variante suivante :
# B - Engagement du titulaire
☐ Le signataire s'engage, sur la base de son offre et pour son propre compte ;
☐ L'ensemble des membres du groupement s'engagent
# B2 - Nature du groupement
Pour l'exécution du marché public, le groupement d'opérateurs économiques est :
☐ conjoint OU ☐ solidaire
# B4 - Avance
Je renonce au bénéfice de l'avance : ☐ Non ☐ Oui
# B5 - Durée d'exécution
La durée d'exécution du marché public est de 36 mois à compter de la date de notification.
Le marché public est reconductible : ☒ Non ☐ Oui
# C - Signature
# D - Identification de l'acheteur
- Désignation de l'acheteur :
Ministère des Ouvrages publics
- Nom, prénom, qualité du signataire du marché public : le chef du service des achats
"""


def test_commitment_with_boxes() -> None:
    """Only a ticked box says something; what the candidate will tick says nothing."""
    facts = read_whole(("AE", _COMMITMENT))
    found = known(facts)
    assert found["objet"] == "Maintenance des ascenseurs de l'administration centrale"
    assert (found["cpv"], found["duree_mois"]) == (("50750000",), 36)
    assert found.get("alloti", True) is True
    assert "nombre_lots" not in found
    assert not {"groupement.forme_imposee", "avance", "variantes"} & found.keys()
    assert of_buyer(facts) == {"acheteur.nom": "Ministère des Ouvrages publics", "acheteur.categorie": "etat"}
    assert not considered(found)
    assert not disputed(facts)


_HOSPITALS = """
GROUPEMENT HOSPITALIER DE TERRITOIRE DES DEUX RIVES
Centre hospitalier de Beaurivage, établissement support
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES (C.C.A.P.)
Prestations de blanchisserie et de location de linge
# ARTICLE 1 - OBJET DE L'ACCORD-CADRE
Les stipulations du présent CCAP concernent les prestations de blanchisserie et de location de linge pour les \
établissements membres du groupement.
# ARTICLE 2 - FORME
Le présent accord-cadre est mono-attributaire et s'exécute par bons de commande, sans minimum et avec un montant \
maximum de 3 600 000 € HT sur la durée totale de l'accord-cadre.
# ARTICLE 3 - DURÉE
L'accord-cadre est conclu pour une durée ferme de quatre ans à compter de sa notification. Il ne peut être reconduit.
# ARTICLE 4 - CLAUSES SOCIALES ET ENVIRONNEMENTALES
Conformément à l'article L. 2112-2 du code de la commande publique, le titulaire met en œuvre une action d'insertion \
au profit de personnes éloignées de l'emploi. Il y consacre au minimum 800 heures d'insertion par an.
Le titulaire peut embaucher directement, recourir à la mise à disposition de salariés ou sous-traiter à une structure \
d'insertion par l'activité économique.
Le titulaire transmet chaque trimestre les justificatifs des heures d'insertion réalisées.
Le titulaire limite les emballages à usage unique et reprend les housses usagées pour recyclage.
# ARTICLE 5 - PÉNALITÉS
En cas de retard de livraison, une pénalité de 200 € par jour est appliquée.
En cas de non-respect de la clause sociale d'insertion, une pénalité de 30 € par heure d'insertion non réalisée est \
appliquée.
# ARTICLE 6 - ENVIRONNEMENT DE TRAVAIL
Le personnel du titulaire respecte l'environnement hospitalier et les règles d'hygiène.
# ARTICLE 7 - PERSONNEL
La reprise du personnel est régie par l'article L. 1224-1 du code du travail.
"""


def test_clauses_of_a_hospital_group() -> None:
    """Social and environmental clauses in one article, and the decoys of a hospital."""
    facts = read_whole(("CCAP", _HOSPITALS))
    found = known(facts)
    assert "blanchisserie" in str(found["objet"])
    assert (found["forme"], found["duree_mois"], found["valeur_maximale_ht"]) == ("accord_cadre", 48, 3600000)
    assert (found["social.insertion"], found["social.condition_execution"]) == (True, True)
    assert found["social.penalites"] is True
    assert found["social.controle"] is True
    assert {"embauche_directe", "mise_a_disposition", "sous_traitance"} <= set(found["social.modalites"])  # type: ignore[call-overload]
    assert found["environnement.condition_execution"] is True
    assert found["social.volume"] is True
    assert "environnement.penalites" in absent(facts)
    assert "social.facilitateur" in absent(facts)
    assert of_buyer(facts)["acheteur.categorie"] == "etablissement_sante"
    assert not disputed(facts)


_UNIVERSITY = """
Université de Belmont
Direction des achats
CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES
OBJET : Mise en place d'un environnement numérique de travail et de ses serveurs
# 1 Contexte
L'université accompagne l'insertion professionnelle de ses étudiants et mène une démarche de développement durable.
# 2 Périmètre
La plateforme est déployée dans un environnement virtualisé, avec un environnement de test et un de production.
# 3 Accessibilité
L'application respecte le référentiel général d'amélioration de l'accessibilité (RGAA).
# 4 Handicap
Les utilisateurs en situation de handicap disposent d'une interface adaptée.
# 5 Emploi des travailleurs handicapés
Le candidat produit la déclaration relative à l'obligation d'emploi prévue à l'article L. 5212-1 du code du travail.
"""


def test_a_specification_full_of_decoys() -> None:
    """Computing environments, the buyer's own mission and candidature papers ask nothing of the contractor."""
    facts = read_whole(("CCTP", _UNIVERSITY))
    assert "environnement numérique de travail" in str(known(facts)["objet"])
    assert not considered(known(facts))
    assert known(facts)["specifications.accessibilite"] is True
    assert of_buyer(facts)["acheteur.categorie"] == "epa_etat"


_AGENCY = """
AGENCE DE L'EAU DU GRAND BASSIN
RÈGLEMENT DE CONSULTATION
# 1. POUVOIR ADJUDICATEUR
Agence de l'eau du Grand Bassin, établissement public administratif de l'État
# 2. OBJET DU MARCHÉ
Le marché a pour objet la réalisation d'une étude sur les prélèvements agricoles.
# 3. PROCÉDURE
Le marché est passé selon une procédure adaptée ouverte.
# 4. RÉSERVATION
Le présent marché n'est pas réservé. Aucune clause sociale n'est prévue au titre de cette consultation.
# 5. GROUPEMENT
En cas d'attribution à un groupement, celui-ci devra revêtir la forme d'un groupement solidaire.
# 6. CRITÈRES
Les critères de jugement des offres et leur pondération sont :
1. Qualité de la méthodologie, notée sur 50 points
2. Compétence de l'équipe, notée sur 20 points
3. Prix, noté sur 30 points
"""


def test_a_national_agency_that_says_no() -> None:
    """Negations are answers: neither a reservation nor a social clause."""
    facts = read_whole(("RC", _AGENCY))
    found = known(facts)
    assert found["reservation.categorie"] == "aucune"
    assert found["social.condition_execution"] is False
    assert found["groupement.forme_imposee"] == "solidaire"
    assert [weight for _, weight in weights(facts)] == [50, 20, 30]
    assert (found["procedure.type"], found["type"]) == ("procedure_adaptee", "services")
    assert of_buyer(facts)["acheteur.categorie"] == "epa_etat"
    assert not disputed(facts)
