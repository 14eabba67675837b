"""Work that may crash, hang or grow is done by child processes that can be killed.

A library's time-out does not stop native code, and a crash of native code takes its process along.
So each document is read in a child: spawned (not forked), reused, one document at a time, with a
limit of wall-clock time and of memory. What goes wrong in a child costs its document one attempt.
"""

from ingest.isolation.errors import ChildStartError
from ingest.isolation.pool import Pool
from ingest.isolation.work import Answer, Done, Failure, FailureKind, Limits, Task

__all__ = ["Answer", "ChildStartError", "Done", "Failure", "FailureKind", "Limits", "Pool", "Task"]
