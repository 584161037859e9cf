"""Click's own words, in French: usage, sections, help option, errors."""

from __future__ import annotations

from typing import Any

import click


class FrenchCommand(click.Command):
    """A command whose help page is in French."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Say in French what --help does."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Affiche cette aide."
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse in French what no argument takes."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if ctx.args:
            raise click.UsageError(f"« {ctx.args[0]} » est de trop.", ctx)
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write « Usage : »."""
        arguments = [_shown(argument) for argument in self.params if isinstance(argument, click.Argument)]
        formatter.write_usage(ctx.command_path, " ".join([*arguments, "[OPTIONS]"]), prefix="Usage : ")


class FrenchGroup(click.Group):
    """A group whose help page is in French."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Say in French what --help does."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Affiche cette aide."
        return option

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands under a French title, each with its whole first sentence."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(limit=90)))
        with formatter.section("Commandes"):
            formatter.write_dl(rows)


def _shown(argument: click.Argument) -> str:
    """Return an argument as usage writes it: its own ``make_metavar`` changed its signature from click 8.1 to 8.2."""
    name = argument.human_readable_name
    return name if argument.required else f"[{name}]"


def say_error(error: click.ClickException) -> str:
    """Return what is wrong with a command line, and what to do, in French."""
    hint = f" Voir : {_command(error)} --help."
    if isinstance(error, click.NoSuchOption):
        from difflib import get_close_matches

        close = get_close_matches(error.option_name, error.possibilities or (), n=1)
        return f"Option inconnue « {error.option_name} ».{f' Vouliez-vous dire {close[0]} ?' if close else ''}{hint}"
    if isinstance(error, click.MissingParameter):
        return f"Il manque {_what(error.param)}.{hint}"
    if isinstance(error, click.BadOptionUsage):
        return f"L'option {error.option_name} {_usage(error)}.{hint}"
    if isinstance(error, click.BadParameter):
        return f"{_what(error.param)} : {_detail(error)}{hint}"
    if isinstance(error, click.UsageError):
        return f"Commande mal formée : {error.format_message()}{hint}"
    return error.format_message()


def _command(error: click.ClickException) -> str:
    """Return the command whose help page helps; the check is the program itself."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return context.command_path.removesuffix(" verifier") if context else "achats-check"


def _usage(error: click.BadOptionUsage) -> str:
    options = error.ctx.command.params if error.ctx else []
    flags = {name for option in options if isinstance(option, click.Option) and option.is_flag for name in option.opts}
    return "s'écrit seule, sans valeur" if error.option_name in flags else "attend une valeur"


def _what(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "une valeur"
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return f"l'argument {parameter.human_readable_name.rstrip('…')}"


def _detail(error: click.BadParameter) -> str:
    kind: Any = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"valeur non admise ; choisir parmi {', '.join(map(str, kind.choices))}."
    if isinstance(kind, click.IntRange):
        return f"un nombre entier de {kind.min} à {kind.max} est attendu."
    return error.message
