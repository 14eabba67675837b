"""What goes to a child and what comes back: values only."""

from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Task:
    """A call for a child: `function` is its dotted name (`package.module:name`), which takes
    `arguments` (texts) and returns bytes."""

    number: int
    function: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may cost: wall-clock seconds, and bytes of resident memory of its child.

    A child is replaced after `tasks` of them, so that what leaks in a library does not add up.
    """

    seconds: float = 600.0
    memory: int = 2_048 * MEGABYTE
    tasks: int = 500


class FailureKind(StrEnum):
    """How an attempt can fail."""

    TIMED_OUT = "timed_out"
    TOO_MUCH_MEMORY = "too_much_memory"
    CRASHED = "crashed"
    RAISED = "raised"
    WORKER_DIED = "worker_died"
    """The machine or process that held the child is gone; perhaps not for this task's sake."""
    NOT_STARTED = "not_started"
    """The child was gone before it took the task up: surely not for this task's sake."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the function returned."""

    task: Task
    payload: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer: `reason` is one plain sentence without its full stop."""

    task: Task
    kind: FailureKind
    reason: str


Done = Answer | Failure
