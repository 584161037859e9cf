"""Small notices of fictional buyers, one builder a format, and the facts read in them."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from achats_check.facts.extract import extract
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.roles.naming import Naming
from achats_check.facts.terms import from_plain
from achats_check.law.rulebook import Rulebook
from achats_check.model.document import Document
from achats_check.model.fact import ACHETEUR, MARCHE, Fact, FactSet, Scope
from achats_check.readers import read
from achats_check.rules import load_rules

_CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_EXT = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
_EFX = "http://data.europa.eu/p27/eforms-ubl-extensions/1"
_EFA = "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
_EFB = "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"
SIRET = "21399999900005"
"""A number that passes the Luhn check, of a commune that does not exist."""


def extension(content: str) -> str:
    """Wrap what eForms put beside UBL."""
    return (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
        f"{content}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )


def criterion(
    name: str = "", description: str = "", kind: str = "quality", weight: str = "", code: str = "per-exa"
) -> str:
    """One award criterion."""
    parameter = (
        extension(
            '<efac:AwardCriterionParameter><efbc:ParameterCode listName="number-weight">'
            f"{code}</efbc:ParameterCode><efbc:ParameterNumeric>{weight}</efbc:ParameterNumeric>"
            "</efac:AwardCriterionParameter>"
        )
        if weight
        else ""
    )
    named = f'<cbc:Name languageID="FRA">{name}</cbc:Name>' if name else ""
    described = f'<cbc:Description languageID="FRA">{description}</cbc:Description>' if description else ""
    return (
        f'<cac:SubordinateAwardingCriterion>{parameter}<cbc:AwardingCriterionTypeCode listName="award-criterion-type">'
        f"{kind}</cbc:AwardingCriterionTypeCode>{named}{described}</cac:SubordinateAwardingCriterion>"
    )


def additional(**codes: str) -> str:
    """Codes of the purchase: ``social_objective="opp"`` …"""
    return "".join(
        "<cac:ProcurementAdditionalType>"
        f'<cbc:ProcurementTypeCode listName="{name.replace("_", "-")}">{code}</cbc:ProcurementTypeCode>'
        "</cac:ProcurementAdditionalType>"
        for name, code in codes.items()
    )


def amount(estimate: str = "", ceiling: str = "", currency: str = "EUR") -> str:
    """BT-27 and BT-271."""
    most = (
        extension(f'<efbc:FrameworkMaximumAmount currencyID="{currency}">{ceiling}</efbc:FrameworkMaximumAmount>')
        if ceiling
        else ""
    )
    value = (
        f'<cbc:EstimatedOverallContractAmount currencyID="{currency}">{estimate}</cbc:EstimatedOverallContractAmount>'
        if estimate
        else ""
    )
    return f"<cac:RequestedTenderTotal>{most}{value}</cac:RequestedTenderTotal>" if most or value else ""


def period(months: str = "", unit: str = "MONTH", start: str = "", end: str = "") -> str:
    """BT-36, BT-536 and BT-537."""
    coded = f'<cbc:DurationMeasure unitCode="{unit}">{months}</cbc:DurationMeasure>' if months else ""
    dates = (f"<cbc:StartDate>{start}</cbc:StartDate>" if start else "") + (
        f"<cbc:EndDate>{end}</cbc:EndDate>" if end else ""
    )
    return f"<cac:PlannedPeriod>{coded}{dates}</cac:PlannedPeriod>"


def renewals(count: str = "", text: str = "") -> str:
    """BT-58 and BT-57."""
    number = f"<cbc:MaximumNumberNumeric>{count}</cbc:MaximumNumberNumeric>" if count else ""
    words = f'<cbc:Description languageID="FRA">{text}</cbc:Description>'
    told = f"<cac:Renewal><cac:Period>{words}</cac:Period></cac:Renewal>" if text else ""
    return f"<cac:ContractExtension>{number}{told}</cac:ContractExtension>"


def requirement(list_name: str, code: str) -> str:
    """An execution requirement: BT-736, BT-70 …"""
    return (
        "<cac:ContractExecutionRequirement>"
        f'<cbc:ExecutionRequirementCode listName="{list_name}">{code}</cbc:ExecutionRequirementCode>'
        "</cac:ContractExecutionRequirement>"
    )


def performance(text: str) -> str:
    """BT-70."""
    return (
        '<cac:ContractExecutionRequirement><cbc:ExecutionRequirementCode listName="conditions">performance'
        f'</cbc:ExecutionRequirementCode><cbc:Description languageID="FRA">{text}</cbc:Description>'
        "</cac:ContractExecutionRequirement>"
    )


def reserved(code: str) -> str:
    """BT-71."""
    return (
        "<cac:TendererQualificationRequest><cac:SpecificTendererRequirement>"
        f'<cbc:TendererRequirementTypeCode listName="reserved-procurement">{code}</cbc:TendererRequirementTypeCode>'
        "</cac:SpecificTendererRequirement></cac:TendererQualificationRequest>"
    )


def lot(
    key: str = "LOT-0001",
    number: str = "",
    title: str = "Entretien des jardins",
    description: str = "Tonte et taille.",
    terms: str = "",
    criteria: str = "",
    process: str = "",
    project: str = "",
    nature: str = "services",
    cpv: str = "77310000",
    scheme: str = "Lot",
) -> str:
    """One lot, or a group of lots."""
    inside = f'<cbc:ID schemeName="InternalID">{number}</cbc:ID>' if number else ""
    awarding = f"<cac:AwardingTerms><cac:AwardingCriterion>{criteria}</cac:AwardingCriterion></cac:AwardingTerms>"
    return (
        f'<cac:ProcurementProjectLot><cbc:ID schemeName="{scheme}">{key}</cbc:ID>'
        f"<cac:TenderingTerms>{terms}{awarding if criteria else ''}</cac:TenderingTerms>"
        f"<cac:TenderingProcess>{process}</cac:TenderingProcess>"
        f'<cac:ProcurementProject>{inside}<cbc:Name languageID="FRA">{title}</cbc:Name>'
        f'<cbc:Description languageID="FRA">{description}</cbc:Description>'
        f'<cbc:ProcurementTypeCode listName="contract-nature">{nature}</cbc:ProcurementTypeCode>'
        "<cac:MainCommodityClassification>"
        f'<cbc:ItemClassificationCode listName="cpv">{cpv}</cbc:ItemClassificationCode>'
        f"</cac:MainCommodityClassification>{project}</cac:ProcurementProject></cac:ProcurementProjectLot>"
    )


def eforms(
    *lots: str,
    sdk: str = "1.10",
    kind: str = "cn-standard",
    list_name: str = "competition",
    procedure: str = "open",
    legal: str = "32014L0024",
    basis: str = "",
    header: str = "",
    project: str = "",
    process: str = "",
    issued: str = "2024-09-16+02:00",
    buyer: str = "Commune de Valmorel",
    siret: str = SIRET,
    title: str = "Entretien des espaces verts",
    root: str = "ContractNotice",
) -> str:
    """A notice in UBL."""
    organisation = (
        "<efac:Organizations><efac:Organization><efac:Company><cac:PartyIdentification>"
        '<cbc:ID schemeName="organization">ORG-0001</cbc:ID></cac:PartyIdentification>'
        f'<cac:PartyName><cbc:Name languageID="FRA">{buyer}</cbc:Name></cac:PartyName>'
        f"<cac:PartyLegalEntity><cbc:CompanyID>{siret}</cbc:CompanyID></cac:PartyLegalEntity>"
        "</efac:Company></efac:Organization></efac:Organizations>"
    )
    law = (
        "<cac:ProcurementLegislationDocumentReference><cbc:ID>CCP</cbc:ID>"
        f'<cbc:DocumentDescription languageID="FRA">{basis}</cbc:DocumentDescription>'
        "</cac:ProcurementLegislationDocumentReference>"
        if basis
        else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"'
        f' xmlns:cbc="{_CBC}" xmlns:cac="{_CAC}" xmlns:ext="{_EXT}" xmlns:efext="{_EFX}" xmlns:efac="{_EFA}"'
        f' xmlns:efbc="{_EFB}">{extension(organisation + header)}'
        f"<cbc:CustomizationID>eforms-sdk-{sdk}</cbc:CustomizationID><cbc:IssueDate>{issued}</cbc:IssueDate>"
        f'<cbc:RegulatoryDomain>{legal}</cbc:RegulatoryDomain><cbc:NoticeTypeCode listName="{list_name}">{kind}'
        "</cbc:NoticeTypeCode><cac:ContractingParty><cac:ContractingPartyType>"
        '<cbc:PartyTypeCode listName="buyer-legal-type">la</cbc:PartyTypeCode></cac:ContractingPartyType>'
        '<cac:Party><cac:PartyIdentification><cbc:ID schemeName="organization">ORG-0001</cbc:ID>'
        f"</cac:PartyIdentification></cac:Party></cac:ContractingParty><cac:TenderingTerms>{law}</cac:TenderingTerms>"
        '<cac:TenderingProcess><cbc:ProcedureCode listName="procurement-procedure-type">'
        f"{procedure}</cbc:ProcedureCode>{process}</cac:TenderingProcess><cac:ProcurementProject>"
        f'<cbc:Name languageID="FRA">{title}</cbc:Name>'
        '<cbc:Description languageID="FRA">Entretien courant.</cbc:Description>'
        '<cbc:ProcurementTypeCode listName="contract-nature">services</cbc:ProcurementTypeCode>'
        f"{project}</cac:ProcurementProject>{''.join(lots) or lot()}</{root}>"
    )


def ted(
    *lots: str,
    form: str = "F02_2014",
    document_type: str = "3",
    procedure: str = "<PT_OPEN/>",
    object_: str = "<NO_LOT_DIVISION/>",
    lefti: str = "",
    coded: str = "",
    extra_forms: str = "",
    dispatch: str = "2021-03-12",
) -> str:
    """A notice in the schema R2.0.9."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9'
        f'/publication" VERSION="R2.0.9.S04.E01"><CODED_DATA_SECTION><CODIF_DATA><DS_DATE_DISPATCH>'
        f'{dispatch.replace("-", "")}</DS_DATE_DISPATCH><TD_DOCUMENT_TYPE CODE="{document_type}">Contract notice'
        f"</TD_DOCUMENT_TYPE>{coded}</CODIF_DATA></CODED_DATA_SECTION><TRANSLATION_SECTION><ML_TITLES><ML_TI_DOC "
        'LG="BG"><TI_TEXT><P>Услуги</P></TI_TEXT></ML_TI_DOC></ML_TITLES></TRANSLATION_SECTION><FORM_SECTION>'
        f'<{form} CATEGORY="ORIGINAL" FORM="F02" LG="FR"><LEGAL_BASIS VALUE="32014L0024"/><CONTRACTING_BODY>'
        "<ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Région Haute-Vallée</OFFICIALNAME>"
        f"<NATIONALID>{SIRET}</NATIONALID></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY><OBJECT_CONTRACT>"
        '<TITLE><P>Nettoyage des lycées</P></TITLE><CPV_MAIN><CPV_CODE CODE="90910000"/></CPV_MAIN>'
        f'<TYPE_CONTRACT CTYPE="SERVICES"/>{object_}{"".join(lots)}</OBJECT_CONTRACT><LEFTI>{lefti}</LEFTI>'
        f"<PROCEDURE>{procedure}<DATE_RECEIPT_TENDERS>2021-04-20</DATE_RECEIPT_TENDERS></PROCEDURE>"
        f"<COMPLEMENTARY_INFO><DATE_DISPATCH_NOTICE>{dispatch}</DATE_DISPATCH_NOTICE></COMPLEMENTARY_INFO></{form}>"
        f"{extra_forms}</FORM_SECTION></TED_EXPORT>"
    )


def ted_lot(number: str = "", content: str = "", title: str = "") -> str:
    """One OBJECT_DESCR."""
    named = f"<TITLE><P>{title}</P></TITLE>" if title else ""
    return f"<OBJECT_DESCR>{named}{f'<LOT_NO>{number}</LOT_NO>' if number else ''}{content}</OBJECT_DESCR>"


def boamp(
    lots: str = "",
    nature: str = "<APPEL_OFFRE><STANDARD/></APPEL_OFFRE>",
    procedure: str = "<TYPE_PROCEDURE><PROCEDURE_ADAPTE/></TYPE_PROCEDURE>",
    status: str = "<INITIAL/>",
    object_: str = "<DIV_EN_LOTS><NON/></DIV_EN_LOTS>",
    participation: str = "<MARCHE_RESERVE_NON/>",
    family: str = "<FNS/>",
    more: str = "",
) -> str:
    """A notice of the BOAMP."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ANNONCE><GESTION><REFERENCE><TYPE_AVIS>'
        f"<FAMILLE>{family}</FAMILLE><NATURE>{nature}</NATURE><STATUT>{status}</STATUT></TYPE_AVIS></REFERENCE>"
        "<INDEXATION><DATE_PUBLICATION>2017-01-19</DATE_PUBLICATION></INDEXATION></GESTION><DONNEES>"
        "<IDENTITE><DENOMINATION>Département du Val-Bleu</DENOMINATION></IDENTITE><TYPE_ORGANISME><DEPARTEMENT/>"
        "</TYPE_ORGANISME><OBJET><TITRE_MARCHE>Fourniture de papier</TITRE_MARCHE><TYPE_MARCHE><FOURNITURES/>"
        f"</TYPE_MARCHE><CPV><PRINCIPAL>30197630</PRINCIPAL></CPV>{object_}<LOTS>{lots}</LOTS></OBJET>"
        f"<PROCEDURE>{procedure}</PROCEDURE><CONDITION_DELAI><RECEPT_OFFRES>2017-02-10T12:00:00+01:00</RECEPT_OFFRES>"
        f"</CONDITION_DELAI><CONDITION_PARTICIPATION>{participation}</CONDITION_PARTICIPATION>{more}</DONNEES></ANNONCE>"
    )


def document(text: str | bytes, name: str = "avis.xml") -> Document:
    """Write a notice and read it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        found = read(path)
    assert isinstance(found, Document), found
    return found._replace(path=name)


def facts(*notices: str | Document, name: str = "avis.xml") -> FactSet:
    """The facts of notices, and of other pieces beside them."""
    book = _book()
    pieces = [notice if isinstance(notice, Document) else document(notice, name) for notice in notices]
    return extract(
        pieces, book.vocabulary, Naming.from_plain(book.naming), from_plain(book.terms), _lexicon(), book.notices
    )[1]


@cache
def _book() -> Rulebook:
    """The shipped rules, loaded once."""
    return load_rules()


@cache
def _lexicon() -> Lexicon:
    return Lexicon.from_plain(_book().lexicon)


def fact(notice: str | FactSet, name: str, scope: Scope = MARCHE, file: str = "avis.xml") -> Fact:
    """One fact of a notice; an unknown one when it says nothing."""
    found = notice if isinstance(notice, FactSet) else facts(notice, name=file)
    if _book().vocabulary[name].scopes == ("acheteur",):
        scope = ACHETEUR
    return found.get(name, scope) or Fact(name, scope)


def value(notice: str | FactSet, name: str, scope: Scope = MARCHE, file: str = "avis.xml") -> object:
    """The value of a fact, or its status when it is not known."""
    found = fact(notice, name, scope, file)
    return found.value if found.status in ("known", "absent") and found.value is not None else found.status


def weights(notice: str | FactSet, scope: Scope = MARCHE) -> object:
    """The weights of the criteria as whole numbers or texts, or the status of the fact."""
    found = value(notice, "criteres", scope)
    return [str(item.get("poids")) for item in found] if isinstance(found, tuple) else found
