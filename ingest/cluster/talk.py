"""What Ray prints while a run is at work, as log lines.

It tells of machines that died on the standard output, with the last pages of their own logs. The
first line says what happened; on the standard output there are results only.
"""

import io
import logging
import re

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_LONGEST = 300
_log = logging.getLogger(__name__)


class Talk(io.TextIOBase):
    """Stands for the standard output, and tells the log the first line of each message.

    `(raylet) The node with node id: 46… and address: 10.0.0.7 … has been marked dead because …`
    """

    def write(self, text: str) -> int:
        """Take one message."""
        lines = [line.strip() for line in _COLOUR.sub("", text).splitlines() if line.strip()]
        if lines:
            _log.warning("the cluster says: %s", lines[0][:_LONGEST])
        return len(text)
