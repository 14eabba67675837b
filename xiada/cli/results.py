"""Standard output, where the results go: what cannot be written there is said once."""

import io
import os

from schemas.errors import XiadaError


class ResultsError(XiadaError):
    """Results that cannot be written (a full disk behind `>`)."""

    remedy = "Make room there, or send them elsewhere."


class Results(io.TextIOWrapper):
    """Text that raises ResultsError the first time that it cannot be written; what comes after that
    goes nowhere. A closed pipe stays what it is: whoever read has seen enough."""

    def write(self, text: str, /) -> int:
        """Write. Raises ResultsError, BrokenPipeError."""
        try:
            return super().write(text)
        except OSError as error:
            raise self._told(error) from error

    def flush(self) -> None:
        """Hand over what was written. Raises ResultsError, BrokenPipeError."""
        try:
            super().flush()
        except OSError as error:
            raise self._told(error) from error

    def _told(self, error: OSError) -> OSError | ResultsError:
        """What to raise. What is still held back would else be one more error at the very end."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        if isinstance(error, BrokenPipeError):
            return error
        return ResultsError(f"The results cannot be written: {error.strerror}")
