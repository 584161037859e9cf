"""What a dossier is made of: ``pieces``."""

from __future__ import annotations

import click

from achats_check.cli.french import FrenchCommand
from achats_check.cli.options import sources_argument, terminal_width, wants_color
from achats_check.cli.writing import put


@click.command("pieces", cls=FrenchCommand)
@sources_argument("DOSSIER…")
@click.option("--format", "form", type=click.Choice(["texte", "json"]), default="texte", help="Forme de la liste.")
def pieces_command(sources: tuple[str, ...], form: str) -> None:
    """Montre les pièces d'un dossier : rôle, ce qui a été lu ou non, pièces manquantes.

    Un dossier est un répertoire, une archive .zip, ou les fichiers donnés ensemble.

    \b
    Exemple
      achats-check pieces dossier.zip
    """
    from achats_check.dossier import recognise_pieces
    from achats_check.reports.piece_list import missing_roles, render_pieces
    from achats_check.rules import load_rules

    pieces = recognise_pieces(list(sources), load_rules())
    if form == "json":
        from achats_check.reports.json_report import render_pieces_json

        text = render_pieces_json(pieces, missing_roles(pieces))
    else:
        text = render_pieces(pieces, width=terminal_width(), color=wants_color())
    put(text)
    click.get_current_context().exit(3 if any(piece.is_a_gap for piece in pieces) else 0)
