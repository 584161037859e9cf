"""How far an audit is, on the error output, when somebody looks at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(total: int, done: int) -> Iterator[Callable[[], None]]:
    """Show a bar with the rate and the time that remains; nothing where the error output is no terminal.

    Args:
        total: Dossiers in all.
        done: Those that were done before.

    Yields:
        What to call for each dossier done.
    """
    from tqdm import tqdm

    form = "{desc} {percentage:3.0f} %|{bar}| {n_fmt}/{total_fmt} [{elapsed} écoulées, reste {remaining}, {rate_fmt}]"
    with tqdm(total=total, initial=done, desc="Dossiers", unit=" dossier", bar_format=form, disable=None) as bar:

        def step() -> None:
            bar.update()

        yield step
