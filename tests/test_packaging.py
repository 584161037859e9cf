"""What is shipped: the wheel, the locks, the start-up imports, the import directions of the README's architecture."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from importlib.metadata import requires
from pathlib import Path
from zipfile import ZipFile

import pytest

from achats_check import Tender, check, load_rules
from achats_check.reports.json_report import render_json

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("pydantic", "rich", "yaml", "pypdfium2", "pdfplumber", "docx", "PIL", "xml.etree")
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock", "requirements-fuzz.lock")
_PIN = re.compile(r"([A-Za-z0-9._-]+)==([^\s;]+)(?: ; .+)?")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel as an installer would, away from the checkout."""
    folder = tmp_path_factory.mktemp("site")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_installed(site: Path, code: str, **variables: str) -> str:
    """Run code that sees the unpacked wheel and not the checkout."""
    env = {**os.environ, "PYTHONPATH": str(site), **variables}
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=site, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_wheel_holds_every_rule_file(wheel: Path) -> None:
    """The rules, the typing marker and the licence are in; tests and samples are not."""
    wanted = {
        f"achats_check/_rules/{p.relative_to(ROOT / 'rules').as_posix()}" for p in (ROOT / "rules").rglob("*.yaml")
    }
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert wanted <= names
    assert "achats_check/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "samples/", "benchmarks/"))]


def test_rules_are_found_from_the_wheel_layout(installed: Path) -> None:
    """``_rules`` inside the package wins over a checkout."""
    out = run_installed(installed, "from achats_check.resources import rules_root; print(rules_root())")
    assert Path(out) == installed / "achats_check" / "_rules"


def test_installed_package_judges_a_description(installed: Path) -> None:
    """The unpacked wheel works alone."""
    code = (
        "from datetime import date; from achats_check import Tender, check; "
        "r = check(Tender(type='services', valeur_estimee_ht=99000), today=date(2026, 10, 1)); "
        "print(len(r.findings) > 0)"
    )
    assert run_installed(installed, code) == "True"


def test_installed_rules_are_ready(installed: Path, tmp_path: Path) -> None:
    """The first command, and those of a machine that keeps nothing, do not read the YAML; what they say is the same."""
    code = (
        "import sys; from datetime import date; from achats_check import Tender, check, load_rules; "
        "from achats_check.reports.json_report import render_json; "
        "r = check(Tender(type='services', valeur_estimee_ht=99000), today=date(2026, 10, 1)); "
        "print('yaml' in sys.modules, render_json(r, load_rules().vocabulary))"
    )
    read_yaml, _, ready = run_installed(installed, code, XDG_CACHE_HOME=str(tmp_path)).partition(" ")
    report = check(Tender(type="services", valeur_estimee_ht=99000), today=date(2026, 10, 1))
    assert read_yaml == "False"
    assert ready == render_json(report, load_rules().vocabulary).strip()
    assert not list(tmp_path.rglob("*.rules")), "ready rules are not copied into the user's folder"


def test_ready_rules_are_those_of_the_files(installed: Path, tmp_path: Path) -> None:
    """A rule file that was changed after the installation is read, and the rules made before are not."""
    code = (
        "from achats_check import cache, resources; root = str(resources.rules_root()); "
        "print(cache.shipped(cache.content_key(root, cache.rule_files(root))) is not None)"
    )
    site = tmp_path / "site"
    shutil.copytree(installed, site)
    assert run_installed(site, code, XDG_CACHE_HOME=str(tmp_path)) == "True"
    with (site / "achats_check" / "_rules" / "vocabulaire.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# relu\n")
    assert run_installed(site, code, XDG_CACHE_HOME=str(tmp_path)) == "False"


def test_command_line_starts_without_anything_heavy() -> None:
    """Help and version must not pay for a check."""
    code = f"import sys, achats_check.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def pins(name: str) -> dict[str, str]:
    """Return the pins of a lock, by normalised name, without what it includes."""
    found: dict[str, str] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith(("#", "-r ")):
            continue
        match = _PIN.fullmatch(line)
        assert match, f"{name}: « {line} » n'est pas une version exacte"
        found[normal(match[1])] = match[2]
    return found


def normal(name: str) -> str:
    """Return a project name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def closure(requirements: list[str]) -> set[str]:
    """Return the normalised names of what requirements bring, on this platform."""
    from packaging.requirements import Requirement

    waiting, seen = [Requirement(text) for text in requirements], set()
    while waiting:
        wanted = waiting.pop()
        name = normal(wanted.name)
        if name in seen or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        waiting += [Requirement(text) for text in requires(wanted.name) or []]
    return seen


def test_locks_pin_the_whole_closure() -> None:
    """Nothing that the project brings is left to the day of the installation."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = pins("requirements.lock")
    everything = runtime | pins("requirements-build.lock") | pins("requirements-dev.lock")
    assert closure(project["dependencies"]) <= set(runtime)
    assert closure(project["optional-dependencies"]["dev"]) <= set(everything)
    (fuzzer,) = project["optional-dependencies"]["fuzz"]  # needs nothing else, and may not be installed here
    assert re.match(r"[a-z]+", fuzzer)[0] in pins("requirements-fuzz.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_address(name: str) -> None:
    """A lock works with any index."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text


def test_licence_is_apache() -> None:
    """The whole text, not a mention."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
