"""The parent's handle on one child: its process, its two pipes, and what it is at."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

import psutil

from ingest.isolation.frames import Frame, FrameReader, Kind, to_bytes
from ingest.isolation.work import Task

_PIECE = 1 << 20
_KEPT_NOISE = 4_000
_LAST_WORDS_SECONDS = 1.0
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT")


@dataclass(slots=True)
class Child:
    """A living child. Its process leads a group of its own, which is killed as one."""

    process: subprocess.Popen[bytes]
    watched: psutil.Process
    requests: int
    replies: int
    noise: int
    reader: FrameReader = field(default_factory=FrameReader)
    ready: bool = False
    taken_up: bool = False
    task: Task | None = None
    since: float = field(default_factory=time.monotonic)
    served: int = 0
    last_noise: bytes = b""

    def give(self, task: Task) -> None:
        """Hand it a task. One that is gone says so by the end of its pipe, not here."""
        self.task, self.taken_up, self.since = task, False, time.monotonic()
        text = json.dumps({"function": task.function, "arguments": task.arguments})
        view = memoryview(to_bytes(Kind.TASK, text.encode()))
        try:
            while view:
                view = view[os.write(self.requests, view) :]
        except BrokenPipeError:
            return

    def receive(self) -> list[Frame] | None:
        """The messages that came, or None at the end of the pipe. Raises FrameError."""
        data = os.read(self.replies, _PIECE)
        return self.reader.feed(data) if data else None

    def listen(self) -> bool:
        """Keep the end of what it printed; False where there is no more of it now."""
        try:
            data = os.read(self.noise, _PIECE)
        except BlockingIOError:  # a process that the child started may hold the pipe open
            return False
        self.last_noise = (self.last_noise + data)[-_KEPT_NOISE:]
        return bool(data)

    def memory(self) -> int:
        """Resident bytes; 0 where it is gone."""
        try:
            return int(self.watched.memory_info().rss)
        except psutil.Error:
            return 0

    def settle(self) -> None:
        """Let one that closed its pipe come to its end by itself, with its last words."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_LAST_WORDS_SECONDS)
        while self.listen():
            pass

    def kill(self) -> int:
        """End it and all that it started; the exit status as `subprocess` gives it."""
        if self.process.poll() is None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                self.process.kill()
        status = self.process.wait()
        for end in (self.requests, self.replies, self.noise):
            os.close(end)
        return status


def start_child(module: str, memory: int) -> Child:
    """Start a child that imports `module` and says when it is ready. Raises OSError."""
    request_end, requests = os.pipe()
    replies, reply_end = os.pipe()
    noise, noise_end = os.pipe()
    try:
        arguments = (request_end, reply_end, memory, os.getpid(), module)
        process = subprocess.Popen(
            # -P: a module of the folder where the job happens to stand is not imported.
            [sys.executable, "-P", "-m", "ingest.isolation.child", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=noise_end,
            stderr=noise_end,
            pass_fds=(request_end, reply_end),
            start_new_session=True,
            env=_environment(),
        )
    except OSError:
        for end in (requests, replies, noise):
            os.close(end)
        raise
    finally:
        for end in (request_end, reply_end, noise_end):
            os.close(end)
    os.set_blocking(noise, False)
    return Child(process, psutil.Process(process.pid), requests, replies, noise)


def _environment() -> dict[str, str]:
    """Where modules are found is inherited; several children share the cores, a thread each."""
    folders = [folder for folder in sys.path if folder and os.path.isabs(folder)]
    threads = {name: os.environ.get(name, "1") for name in _ONE_THREAD}
    return {**os.environ, **threads, "PYTHONPATH": os.pathsep.join(folders)}
