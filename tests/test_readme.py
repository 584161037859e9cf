"""The README tells the truth: its commands give what it shows, its code runs, its numbers are the code's."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from achats_check.cli import cli
from achats_check.cli.crash import CRASH_CODE
from achats_check.readers import guards
from achats_check.readers.formats import FORMATS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guide-acheteur.md").read_text(encoding="utf-8")
DEVELOPER = (ROOT / "docs" / "developper.md").read_text(encoding="utf-8")
EMBEDDING = (ROOT / "docs" / "integrer.md").read_text(encoding="utf-8")
_ENGLISH = re.compile(
    r"\b(?:default|show|the|this|and|exit|usage:|commands:|help|file|required|message)\b", re.IGNORECASE
)


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def calls(text: str) -> list[tuple[str, str]]:
    """Return each command of the console blocks with the output shown under it."""
    found: list[tuple[str, str]] = []
    for block in blocks(text, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def pattern(shown: str) -> re.Pattern[str]:
    """Return what output must match: ``[...]`` alone stands for any lines, inside a line for any text."""
    lines = [
        r"(?:.*\n)*?" if line == "[...]" else re.escape(line).replace(re.escape("[...]"), ".*?").rstrip() + r"\n"
        for line in shown.splitlines()
    ]
    return re.compile("".join(lines))


def first_stray(shown: str, printed: str) -> str:
    """Return the first line shown that the output does not have where it is shown."""
    lines = shown.splitlines()
    ranks = range(len(lines))
    return next((lines[n] for n in ranks if not pattern("\n".join(lines[: n + 1])).match(printed)), "the end")


@pytest.mark.parametrize(("command", "shown"), calls(README) + calls(GUIDE))
def test_console_blocks_give_what_they_show(command: str, shown: str) -> None:
    """Each command of the tour is run from the root of the checkout."""
    words = shlex.split(command)
    assert words[0] == "achats-check"
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "achats_check", *words[1:]],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode in {0, 1}, done.stderr
    printed = re.sub("[\u00a0\u202f]", " ", done.stdout)
    assert pattern(shown).fullmatch(printed), f"$ {command}\n{first_stray(shown, printed)!r} is not in:\n{printed}"


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        *zip(blocks(README, "python"), ("reservation-ess-objet", "sans_objet"), strict=True),
        *((code, "rules apply") for code in blocks(DEVELOPER, "python")),
        *zip(
            blocks(EMBEDDING, "python"),
            (
                "",
                "not judged: Le PDF",
                "62000 extracted RC 3 ",
                "1 0.1.0 2026-",
                "Achat innovant",
                "saisie [",
                "2026-09-07 1",
                "[] ['prix-seul-interdit'] [62000] 190 True",
            ),
            strict=True,
        ),
    ],
)
def test_python_blocks_run(code: str, printed: str) -> None:
    """The code of the README and of the developers' page runs as it is written."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert printed in done.stdout, done.stderr


def test_every_error_is_told_to_those_who_embed() -> None:
    """The table of errors names each of them, and each public error is there."""
    import achats_check

    told = set(re.findall(r"^\| `(\w+Error)`", EMBEDDING, flags=re.MULTILINE))
    public = {name for name in achats_check.__all__ if name.endswith("Error")}
    assert told == public - {"AchatsCheckError"}


def test_python_block_holds_in_five_lines() -> None:
    """A team embeds it in five lines."""
    for code in blocks(README, "python"):
        assert len([line for line in code.splitlines() if line.strip()]) == 5


def test_yaml_blocks_use_the_vocabulary(book: object, tmp_path: Path) -> None:
    """The side file and the profile shown are accepted and used."""
    from achats_check.dossier import check

    side, profile = blocks(README, "yaml")
    (tmp_path / "region.yaml").write_text(profile, encoding="utf-8")
    (tmp_path / "achats-check.yaml").write_text(side, encoding="utf-8")
    (tmp_path / "achat.json").write_text('{"type": "services"}', encoding="utf-8")
    from datetime import date

    report = check(tmp_path / "achat.json", today=date(2026, 10, 1), buyer=tmp_path / "region.yaml")
    assert report.facts.get("social.derogation_motif") is not None


def test_the_pack_of_the_guide_loads_and_judges(tmp_path: Path) -> None:
    """The pack shown to a buyer is a pack, its examples pass, and its rule has a verdict."""
    from datetime import date

    from achats_check.dossier import check
    from achats_check.rules import load_rules
    from achats_check.tender import Tender

    (pack,) = blocks((ROOT / "docs" / "ecrire-une-regle.md").read_text(encoding="utf-8"), "yaml")
    (tmp_path / "pack.yaml").write_text(pack, encoding="utf-8")
    tender = Tender(cpv=["90910000"], valeur_estimee_ht=50000, social={"condition_execution": False})
    report = check(tender, today=date(2026, 10, 1), rules=load_rules([tmp_path / "pack.yaml"]))
    assert "maison-clause-des-40000" in {finding.rule for finding in report.by_verdict("non_conforme")}


def commands() -> list[tuple[str, click.Command]]:
    """Return every command, the check included."""
    context = click.Context(cli)
    found = ((name, cli.get_command(context, name)) for name in cli.list_commands(context))
    return [(name, command) for name, command in found if command is not None]


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_and_option_is_in_the_readme(name: str, command: click.Command) -> None:
    """What the command line offers is told."""
    assert f"`{name}" in README
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert f"`{option}" in README, f"{name} {option}"


@pytest.mark.parametrize(
    "words", [[], *[[name] for name, _ in commands()]], ids=lambda words: " ".join(words) or "group"
)
def test_help_is_french_and_ends_with_0(words: list[str]) -> None:
    """No word of the English defaults of click is left."""
    done = subprocess.run(
        [sys.executable, "-m", "achats_check", *words, "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
    )
    assert done.returncode == 0
    prose = re.sub(r"--\w[\w-]*|-h", "", done.stdout)
    assert _ENGLISH.findall(prose) == []
    assert "Affiche" in prose


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_has_an_example_and_every_option_its_help(name: str, command: click.Command) -> None:
    """Help says what each thing does, and shows a call to copy; the group shows those of the check."""
    page = (cli if name == "verifier" else command).get_help(click.Context(command, info_name=name)) + (
        cli.epilog or ""
    )
    shown = cli.epilog if name == "verifier" else command.help
    assert shown is not None
    assert re.search(r"Exemples?\n +achats-check ", shown), page
    missing = [p.name for p in command.params if isinstance(p, click.Option) and len(p.help or "") < 15]
    assert missing == []


def test_exit_codes_are_those_of_the_errors() -> None:
    """The table and the error types agree."""
    from achats_check import errors

    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, flags=re.MULTILINE)}
    raised = {
        found.exit_code
        for found in vars(errors).values()
        if isinstance(found, type) and issubclass(found, errors.AchatsCheckError)
    }
    assert told == {0, *raised, CRASH_CODE, 130}  # stopped, as shells say it


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        ("file on disk", f"{guards.MAX_FILE_BYTES // 2**20} MB"),
        ("text, web page, notice, contract record, JSON or YAML description", f"{guards.MAX_TEXT_BYTES // 2**20} MB"),
        ("members of an Office or OpenDocument file", f"{guards.MAX_ZIP_MEMBERS:,}".replace(",", " ")),
        ("one XML part, once inflated", f"{guards.MAX_PART_BYTES // 2**20} MB"),
        ("inflation of an XML part over 1 MB", f"{guards.MAX_INFLATION} times"),
        ("containers within containers", f"{guards.MAX_XML_DEPTH}"),
        ("pages of a PDF", f"{guards.MAX_PAGES:,}".replace(",", " ")),
        ("characters of a PDF", f"{guards.MAX_CHARACTERS:,}".replace(",", " ")),
        ("fields and notes of a page of a PDF", f"{guards.MAX_FIELDS:,}".replace(",", " ")),
        ("blocks of text of a document", f"{guards.MAX_BLOCKS:,}".replace(",", " ")),
        ("cells of a workbook, empty ones between filled ones included", f"{guards.MAX_CELLS:,}".replace(",", " ")),
        ("columns of a sheet", f"{guards.MAX_COLUMNS}"),
        ("conversion by LibreOffice", f"{guards.CONVERSION_SECONDS} s"),
        ("pages of a piece read by recognition", f"{guards.MAX_OCR_PAGES}"),
        ("recognition of a page", f"{guards.OCR_SECONDS} s"),
        ("time to read a PDF with `--ocr`", f"{guards.MAX_RECOGNITION_SECONDS:,} s".replace(",", " ")),
        ("dots of a picture", f"{guards.MAX_PICTURE_DOTS // 10**6} million"),
        ("time to read a PDF", f"{guards.MAX_READING_SECONDS} s"),
        ("memory to read a PDF", f"{guards.MAX_READING_BYTES // 2**20:,} MB".replace(",", " ")),
        ("files of a dossier", f"{guards.MAX_PIECES:,}".replace(",", " ")),
        ("members of an archive of pieces", f"{guards.MAX_ARCHIVE_MEMBERS:,}".replace(",", " ")),
        ("folders within folders", f"{guards.MAX_FOLDER_DEPTH}"),
        ("archives within archives", f"{guards.MAX_ARCHIVE_DEPTH}"),
        ("archive of pieces, on disk", f"{guards.MAX_ARCHIVE_BYTES // 2**20:,} MB".replace(",", " ")),
        ("all that archives hold, once inflated", f"{guards.MAX_TOTAL_BYTES // 2**20:,} MB".replace(",", " ")),
        ("table of contents of an archive", f"{guards.MAX_DIRECTORY_BYTES // 2**20} MB"),
    ],
)
def test_limits_are_those_of_the_code(limit: str, value: str) -> None:
    """The limits on untrusted files are those of the readers."""
    assert f"| {limit} | {value} |" in README


def test_the_formats_are_those_of_the_table_of_readers() -> None:
    """Every extension of a format that is read stands in the table of formats, and no other."""
    table = README.partition("## Formats")[2].partition("\n## ")[0]
    told = {word for line in table.splitlines() if line.startswith("| ") for word in re.findall(r"`(\.\w+)`", line)}
    assert told == {extension for known in FORMATS.values() for extension in known.extensions}


def documents() -> list[Path]:
    """Return every page a reader may open."""
    return sorted(
        [ROOT / "README.md", ROOT / "rules/README.md", ROOT / "samples/README.md", *(ROOT / "docs").glob("*.md")]
    )


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    """Relative links lead to files of the checkout."""
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert broken == []
