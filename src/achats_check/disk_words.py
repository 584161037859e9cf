"""Why a file could not be read or written, in French: the system says it in English, or in a tongue of its own."""

from __future__ import annotations

import errno

_WORDS = {
    errno.ENOENT: "il n'existe pas",
    errno.EACCES: "droits insuffisants",
    errno.EPERM: "droits insuffisants",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le disque est plein",
    errno.EFBIG: "le disque n'accepte pas un fichier aussi grand",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "ce qui précède dans le chemin n'est pas un dossier",
    errno.EEXIST: "ce nom est déjà pris",
    errno.ENAMETOOLONG: "le nom est trop long pour le disque",
    errno.EINVAL: "le disque refuse ce nom",
    errno.EIO: "le disque ou le partage ne répond pas",
    errno.ESTALE: "le disque ou le partage ne répond pas",
    errno.EBUSY: "le fichier est utilisé par un autre programme",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENOMEM: "il n'y a plus assez de mémoire",
    errno.EAGAIN: "trop de programmes tournent déjà",
    errno.ELOOP: "le lien tourne en rond",
}


def why(error: OSError | UnicodeError) -> str:
    """Return why a file could not be read or written, in French, without capital nor full stop."""
    if isinstance(error, UnicodeError):
        return "ce n'est pas un texte en UTF-8"
    return _WORDS.get(error.errno or 0, f"erreur n° {error.errno} du système" if error.errno else "erreur du système")
