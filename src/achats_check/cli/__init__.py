"""Arguments → check, rules, facts. Only click is imported here: everything else waits for a command."""

from __future__ import annotations

import gc
import sys

import click

from achats_check import __version__
from achats_check.cli.audit_command import audit_command
from achats_check.cli.check_command import check_command
from achats_check.cli.crash import CRASH_CODE, crash_message
from achats_check.cli.fact_commands import facts_command, schema_command
from achats_check.cli.french import FrenchGroup, say_error
from achats_check.cli.piece_command import pieces_command
from achats_check.cli.rule_commands import explain_command, rules_command, thresholds_command
from achats_check.cli.sql_command import sql_command
from achats_check.cli.writing import prepare_streams
from achats_check.errors import AchatsCheckError

EPILOG = """
\b
Exemples
  achats-check CCAP.docx
  achats-check pieces dossier.zip
  achats-check dossier/ --date 2026-10-01 --acheteur region.yaml
  achats-check achat.json --format json --sortie rapport.json
  achats-check RC.pdf CCAP.pdf --ensemble --set acheteur.categorie=commune
  achats-check expliquer clause-sociale-seuils-ue

\b
Codes de sortie
  0  rien au niveau choisi (--echec-si)
  1  au moins un constat à ce niveau
  2  option, nom de fait ou valeur inutilisable
  3  entrée ou fichier de règles illisible
  4  rien à vérifier
  70 erreur du programme : ce n'est pas un verdict
  130 arrêt demandé (Ctrl+C)
"""


_LONGEST_WORD = 20
"""Letters beyond which a word is no misspelled command."""


class DefaultsToCheck(FrenchGroup):
    """A group whose first word may be a file: then the command is the check."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Insert the name of the check when the first word names no command."""
        if not args:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        first = args[0]
        if first not in self.commands and first not in {"--help", "-h", "--version"}:
            self._refuse_misspelled(first)
            args = ["verifier", *args]
        return super().parse_args(ctx, args)

    def _refuse_misspelled(self, word: str) -> None:
        """Fail when a word that is no file is almost a command: « seuil » is not a piece that got lost."""
        if not word.isalpha() or len(word) > _LONGEST_WORD:
            return
        from difflib import get_close_matches
        from pathlib import Path

        if not Path(word).exists() and (close := get_close_matches(word, self.commands, n=1, cutoff=0.75)):
            raise click.UsageError(f"ni fichier ni commande de ce nom : « {word} ». Vouliez-vous dire « {close[0]} » ?")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options of the check, which is what most people run, then the commands."""
        inner = click.Context(check_command, parent=ctx)
        options = [it for it in (*check_command.params, *self.get_params(ctx)) if isinstance(it, click.Option)]
        rows = [row for option in options if (row := option.get_help_record(inner))]
        with formatter.section("Options"):
            formatter.write_dl(rows)
        self.format_commands(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the usual call first."""
        formatter.write_usage(ctx.command_path, "FICHIER… [OPTIONS]", prefix="Usage : ")
        formatter.write_usage(ctx.command_path, "COMMANDE …", prefix="   ou : ")


@click.group(
    cls=DefaultsToCheck,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="achats-check %(version)s", help="Affiche la version.")
def cli() -> None:
    """Vérifie un dossier de consultation : droit daté de la commande publique et leviers du Kit RégionalESS.

    Lit des pièces (Word, PDF, OpenDocument, Excel, page web, texte), un dossier ou une archive .zip qui en contient,
    un avis publié, ou une description .json ou .yaml, et dit ce qui est conforme, ce qui ne l'est pas, ce qui manque
    et les leviers à utiliser, avec l'article, le passage du kit et celui du dossier. Rien ne quitte la machine.
    """


for _command in (
    check_command,
    audit_command,
    explain_command,
    rules_command,
    thresholds_command,
    facts_command,
    pieces_command,
    schema_command,
    sql_command,
):
    cli.add_command(_command)


def main(args: list[str] | None = None) -> None:
    """Run the command line; a fault a user can act on is one French sentence and its exit code."""
    prepare_streams()
    gc.set_threshold(500_000)  # a command is short, and of the records it holds, 60 000 at the least, few are garbage
    try:
        code = cli.main(args=args, prog_name="achats-check", standalone_mode=False)
    except click.Abort:
        click.echo("achats-check : arrêté.", err=True)
        raise SystemExit(130) from None
    except click.ClickException as error:
        click.echo(f"achats-check : {say_error(error)}", err=True)
        raise SystemExit(2) from None
    except AchatsCheckError as error:
        click.echo(f"achats-check : {error}", err=True)
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    except Exception as error:  # a bug of ours: 1, which Python would give, means findings
        click.echo(f"achats-check : {crash_message(error)}", err=True)
        raise SystemExit(CRASH_CODE) from None
    finally:
        # Else the interpreter searches all of them for cycles, several times, before it ends. The binding of DuckDB
        # complains of whatever is not freed: an audit can afford the search.
        if "duckdb" not in sys.modules:
            gc.freeze()
    raise SystemExit(code if isinstance(code, int) else 0)
