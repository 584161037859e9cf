"""Why a rule cannot be put in columns."""


class NotColumnar(ValueError):
    """A condition or a figure that needs more than the columns of one row; its text is French, for people."""
