"""Check French public procurement documents against dated law and the Kit RégionalESS.

    from datetime import date
    from achats_check import check
    report = check("CCAP.docx", today=date.today())

Names are imported on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
