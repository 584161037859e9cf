"""LibreOffice without its windows: one conversion, in its own profile, without macros nor network, in due time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from achats_check.errors import ReadError
from achats_check.readers import guards

_NAMES = ("soffice", "libreoffice")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that answers nothing: what a document links to on the network is not fetched."""
_ADVICE = "L'ouvrir dans LibreOffice ou Word, l'enregistrer en {target}, puis relancer."
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = """<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">\
<value>{value}</value></prop></item>
"""
_CHOSEN = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "1"),
)


def find_office() -> str | None:
    """Return the path of LibreOffice; None when it is not installed."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((path for path in _ELSEWHERE if Path(path).is_file()), None)


def convert(office: str, path: Path, extension: str, target: str, folder: Path) -> Path:
    """Convert a copy of a file.

    Args:
        office: Path of LibreOffice.
        path: The file; it is only read.
        extension: Usual extension of what it is: its own may lie.
        target: "docx", "xlsx" or "pdf".
        folder: An empty folder, for the copy, the profile and the result.

    Returns:
        The path of the converted file, in the folder.

    Raises:
        ReadError: LibreOffice takes too long, fails, or gives nothing.
    """
    copy, made, profile = folder / f"piece{extension}", folder / "made", folder / "profile"
    shutil.copyfile(path, copy)
    _write_profile(profile)
    command = [office, f"-env:UserInstallation={profile.as_uri()}", *_OPTIONS]
    command += ["--convert-to", target, "--outdir", str(made), str(copy)]
    code = _run(command, folder, target)
    found = made / f"piece.{target}"
    if not found.is_file() or found.stat().st_size == 0:
        failed = f"LibreOffice s'est arrêté (code {code})" if code else "LibreOffice n'a rien produit"
        raise ReadError(f"{failed} en convertissant la pièce.", _ADVICE.format(target=f".{target}"))
    guards.check_size(found)
    return found


def _write_profile(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _CHOSEN)
    (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")


def _run(command: list[str], folder: Path, target: str) -> int:
    """Run a command in a group of its own, which ends with it, and return its code."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ftp_proxy"), _NOWHERE)
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **proxies, "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise ReadError("LibreOffice n'a pas pu être lancé.", _ADVICE.format(target=f".{target}")) from error
    try:
        return process.wait(guards.CONVERSION_SECONDS)
    except subprocess.TimeoutExpired:
        raise ReadError(
            f"LibreOffice n'a pas converti la pièce en {guards.CONVERSION_SECONDS} secondes.",
            _ADVICE.format(target=f".{target}"),
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
