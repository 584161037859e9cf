"""``--format html``: where the page goes, what it holds, what it costs those who do not ask for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from achats_check.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SOUND = {"objet": "Tonte des pelouses", "type": "services"}
Told = tuple[object, str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    """Return the command, run in a folder of the test: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)

    def command(*words: object) -> Told:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return command


def test_the_page_goes_where_the_report_would(run: Callable[..., Told]) -> None:
    """To standard output, or to a file; the exit code is that of the verdicts."""
    source = SAMPLES / "prix-seul"
    code, out, err = run(source, "--format", "html")
    assert (code, err) == (1, "")
    assert out.startswith("<!DOCTYPE html>")
    assert run(source, "--format", "html", "--sortie", "rapport.html") == (1, "", "")
    assert Path("rapport.html").read_text(encoding="utf-8") == out


def test_the_page_names_no_folder_of_the_machine(run: Callable[..., Told]) -> None:
    """It is sent to others: where the dossier lies is nobody's business."""
    _, out, _ = run(SAMPLES / "prix-seul", "--format", "html")
    assert "prix-seul" in out
    assert str(SAMPLES) not in out


def test_all_unfolds_the_page(run: Callable[..., Told]) -> None:
    """What is folded does not print: ``--tout`` opens it."""
    source = SAMPLES / "prix-seul"
    assert "<details open" not in "".join(run(source, "--format", "html")[1].split('class="more" '))
    _, out, _ = run(source, "--format", "html", "--tout")
    assert out.count("<details") == out.count('class="more" open') > 2


def test_every_file_is_on_one_page(run: Callable[..., Told], tmp_path: Path) -> None:
    """In the order of the arguments; one that could not be checked says why, and is never said without fault."""
    wrong, sound = tmp_path / "b.json", tmp_path / "a.json"
    wrong.write_text('{"objett": "Tonte"}', encoding="utf-8")
    sound.write_text(json.dumps(SOUND), encoding="utf-8")
    code, out, err = run(wrong, sound, "--format", "html")
    assert code == 3
    assert "objett" in err
    assert out.count("<!DOCTYPE html>") == 1
    assert "Vérification de 2\N{NO-BREAK SPACE}dossiers" in out
    first, second = out.index('id="dossier"'), out.index('id="dossier-2"')
    assert first < out.index("Rien n&#x27;a été jugé") < second
    assert first < out.index("clé inconnue", first) < second
    assert out.index("Aucune non-conformité établie.") > second


def test_the_text_report_loads_no_page() -> None:
    """Who reads in a terminal waits for nothing that draws pages."""
    code = (
        "import sys\n"
        "from achats_check.cli import main\n"
        "try:\n"
        f"    main([{str(SAMPLES / 'innovant' / '110000.json')!r}])\n"
        "except SystemExit:\n"
        "    print([m for m in sys.modules if m.startswith(('achats_check.reports.page', 'achats_check.reports.do'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"
