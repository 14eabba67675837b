"""What a person must put right before anything can be read in a child."""

from schemas.errors import XiadaError


class ChildStartError(XiadaError):
    """No child process comes up: nothing can be read."""

    remedy = "Look at what it printed above; check the installation and the memory limit."
