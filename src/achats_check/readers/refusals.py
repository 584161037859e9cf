"""What is said of the files that are recognised and not read: why, and what to do."""

from __future__ import annotations

_RESAVE = "L'enregistrer en .docx ou en .pdf, puis relancer."

REFUSALS = {
    "encrypted": (
        "Le document est protégé par un mot de passe.",
        "Retirer le mot de passe (Fichier > Informations > Protéger le document), puis relancer.",
    ),
    "ole": ("C'est un ancien fichier Office, qui n'est pas lu.", _RESAVE),
    "zip": (
        "C'est une archive, pas un document.",
        "Lui rendre l'extension .zip si elle contient des pièces, ou donner le dossier extrait.",
    ),
    "archive": (
        "C'est une archive d'un autre format que .zip (7z, rar, tar, gz…), qui n'est pas ouverte.",
        "L'extraire et donner le dossier, ou la refaire en .zip.",
    ),
    "empty": ("Le fichier est vide.", "Redéposer la pièce : l'envoi ou la copie a sans doute échoué."),
    "xml": (
        "C'est un fichier XML qui n'est ni un avis (eForms, TED, BOAMP) ni un contrat (DECP).",
        "Donner la pièce en .docx ou en .pdf.",
    ),
    "own_report": (
        "C'est un rapport d'achats-check, non une pièce.",
        "Donner la pièce ou le dossier qu'il concerne.",
    ),
    "table": (
        "C'est une table de contrats (données essentielles, OCDS…), non la pièce d'un dossier.",
        "La donner à la commande audit : achats-check audit FICHIER --sortie resultats/.",
    ),
    "unknown": ("Le format du fichier n'est pas reconnu.", "Fournir la pièce en .docx ou en .pdf."),
}
"""Reason and advice, in French, by the name ``sniff`` gives the format."""
