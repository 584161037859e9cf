"""A long campaign against each reader, one process after the other: ``make fuzz``.

python tests/fuzz/campaign.py [--seconds N] [FORMAT…]

With atheris, the campaign is guided by the coverage of the readers and of the extraction; without it, hypothesis draws
the same files blindly. What breaks a promise, or the process, is kept in ``tests/fuzz/found`` and the code is 1.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "readers"), str(HERE.parents[1] / "src")]

FOUND = HERE / "found"
CORPUS = HERE.parents[1] / ".fuzz"
"""Inputs that reached something new, kept from one campaign to the next."""
BY_PARTS, AS_IT_IS = b"\0", b"\1"
"""First byte of an input: numbers that change the seed, or the file itself."""
MEMORY_MB, SECONDS_EACH = 2_048, 20


def main() -> int:
    """Run the campaigns, or one of them when called by itself."""
    options = _options()
    if options.inside:
        _campaign(options.inside, options.seconds)
        return 0
    from fuzz_seeds import SEEDS

    guided = find_spec("atheris") is not None
    print(f"Campagne {'guidée par la couverture (atheris)' if guided else 'par hypothesis (atheris absent)'}")
    failed = [name for name in options.formats or SEEDS if not _passes(name, options.seconds)]
    print(f"\nFichiers gardés dans {FOUND}" if failed else "\nAucune promesse rompue.")
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", help="formats tried, all of them by default")
    parser.add_argument("--seconds", type=int, default=120, help="time for each format")
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _passes(name: str, seconds: int) -> bool:
    """Run the campaign of a format in a process of its own, which a crash of a native library may end."""
    with tempfile.TemporaryDirectory() as work:
        command = [sys.executable, str(Path(__file__).resolve()), "--inside", name, "--seconds", str(seconds)]
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, errors="replace")
        kept = [_keep(name, path.read_bytes()) for path in sorted(Path(work).glob("*-*"))]
    passed = done.returncode == 0 and not kept
    print(f"{name:8} {'tient' if passed else 'ROMPT : ' + ', '.join(path.name for path in kept)}")
    if not passed:
        print("\n".join((done.stdout + done.stderr).splitlines()[-25:]))
    return passed


def _keep(name: str, data: bytes) -> Path:
    """Write the file that an input stands for among those that the tests replay."""
    FOUND.mkdir(exist_ok=True)
    content, suffix = _file(name, data)
    path = FOUND / f"{name}-{hashlib.sha256(content).hexdigest()[:12]}{suffix}"
    path.write_bytes(content)
    return path


def _file(name: str, data: bytes) -> tuple[bytes, str]:
    from fuzz_mutations import mutated
    from fuzz_seeds import SEEDS, data_of

    seed = SEEDS[name]
    return (data[1:] if data[:1] == AS_IT_IS else mutated(data_of(name), iter(data[1:]))), seed.suffix


def _campaign(name: str, seconds: int) -> None:
    if find_spec("atheris") is None:
        _blind(name, seconds)
    else:
        _guided(name, seconds)


def _guided(name: str, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["achats_check.readers", "achats_check.facts"]):
        from fuzz_oracle import judge
        from fuzz_seeds import data_of

    corpus = CORPUS / name
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(AS_IT_IS + data_of(name))
    (corpus / "numbers").write_bytes(BY_PARTS + bytes(range(64)))
    limits = [f"-max_total_time={seconds}", f"-rss_limit_mb={MEMORY_MB}", f"-timeout={SECONDS_EACH}"]
    atheris.Setup(
        ["fuzz", *limits, "-max_len=65536", "-verbosity=0", str(corpus)], lambda data: _tried(judge, name, data)
    )
    atheris.Fuzz()


def _blind(name: str, seconds: int) -> None:
    from fuzz_oracle import judge
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    end = monotonic() + seconds
    inputs = st.one_of(
        st.binary(max_size=90).map(lambda data: BY_PARTS + data), st.binary().map(lambda d: AS_IT_IS + d)
    )

    @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(inputs)
    def run(data: bytes) -> None:
        Path("input-last").write_bytes(data)  # left there should the process die
        _tried(judge, name, data)

    while monotonic() < end:
        run()
    Path("input-last").unlink(missing_ok=True)


def _tried(judge: Any, name: str, data: bytes) -> None:
    judge(*_file(name, data))


if __name__ == "__main__":
    sys.exit(main())
