"""Loaded by every Python whose path holds this folder: opening some files kills, or hangs, who works for an audit."""

import os
import signal
import sys
import time

_opened: list[str] = []


def _spring(event: str, told: tuple[object, ...]) -> None:
    if event != "open" or not isinstance(told[0], str) or "audit" in sys.orig_argv:
        return
    if "tueur" in told[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    if "bourreau" in told[0]:
        os.kill(os.getppid(), signal.SIGKILL)
    if "dormeur" in told[0]:
        _opened.append(told[0])
        if len(_opened) > 1:  # the first time is for its key
            time.sleep(600)
    if "lent" in told[0]:
        time.sleep(0.02)


sys.addaudithook(_spring)
