"""Children that crash, hang and grow, and the pool that outlives them."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ingest.isolation import Answer, ChildStartError, Failure, FailureKind, Limits, Pool, Task
from ingest.isolation.work import MEGABYTE

KILLERS = "tests.ingest.isolation.killers"
LIMITS = Limits(seconds=60.0, memory=200 * MEGABYTE)
HASTE = Limits(seconds=2.0, memory=200 * MEGABYTE)


def run(pool: Pool, tasks: list[Task]) -> dict[int, Answer | Failure]:
    """All tasks through a pool."""
    todo, done = list(tasks), {}
    deadline = time.monotonic() + 300
    while len(done) < len(tasks):
        assert time.monotonic() < deadline
        while todo and pool.free:
            pool.submit(todo.pop(0))
        for one in pool.wait(1):
            done[one.task.number] = one
    return done


@contextlib.contextmanager
def pool_of(workers: int = 1, limits: Limits = LIMITS) -> Iterator[Pool]:
    with Pool(KILLERS, workers, limits) as pool:
        yield pool


def obey(folder: Path, *marks: str) -> list[Task]:
    tasks = []
    for number, mark in enumerate(marks):
        path = folder / f"{number}.txt"
        path.write_text(f"KILLER {mark}" if mark else f"good {number}")
        tasks.append(Task(number, f"{KILLERS}:obey", (str(path),)))
    return tasks


def test_killers_cost_only_their_own_document(tmp_path: Path) -> None:
    marks = ["", "abort", "segfault", "", "grow", "exit", "", "killed", "raise", "noise"]
    with pool_of(2) as pool:
        done = run(pool, obey(tmp_path, *marks))
    kinds = {marks[n]: one.kind for n, one in done.items() if isinstance(one, Failure)}
    assert kinds == {
        "abort": FailureKind.CRASHED,
        "segfault": FailureKind.CRASHED,
        "grow": FailureKind.TOO_MUCH_MEMORY,
        "exit": FailureKind.CRASHED,
        "killed": FailureKind.CRASHED,
        "raise": FailureKind.RAISED,
    }
    answers = {n: one.payload for n, one in done.items() if isinstance(one, Answer)}
    assert answers == {0: b"good 0", 3: b"good 3", 6: b"good 6", 9: b"KILLER noise"}
    reasons = {marks[n]: one.reason for n, one in done.items() if isinstance(one, Failure)}
    assert "SIGSEGV" in reasons["segfault"]
    assert reasons["raise"] == "ValueError: of no use"


def test_one_that_never_comes_back_is_cut_off_and_the_next_is_read(tmp_path: Path) -> None:
    with pool_of(limits=HASTE) as pool:
        done = run(pool, obey(tmp_path, "loop", ""))
    hung = done[0]
    assert isinstance(hung, Failure)
    assert hung.kind is FailureKind.TIMED_OUT
    assert hung.reason == "it was not read within 2 seconds"
    assert isinstance(done[1], Answer)


def test_a_request_for_a_terabyte_fails_at_once_and_its_child_reads_no_more(
    tmp_path: Path,
) -> None:
    with pool_of() as pool:
        while not pool.free:
            pool.wait(1)
        [first] = pool.processes
        done = run(pool, obey(tmp_path, "grow_at_once", ""))
        [second] = pool.processes
    failure = done[0]
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.TOO_MUCH_MEMORY
    assert failure.reason == "reading it took more than 200 MB of memory"
    assert isinstance(done[1], Answer)
    assert first != second


def test_a_child_is_used_again_and_replaced_after_its_number_of_tasks() -> None:
    tasks = [Task(n, f"{KILLERS}:pid", ()) for n in range(6)]
    with pool_of(limits=Limits(tasks=3)) as pool:
        done = run(pool, tasks)
    served = [one.payload for _, one in sorted(done.items()) if isinstance(one, Answer)]
    assert [served.count(pid) for pid in dict.fromkeys(served)] == [3, 3]


def test_a_child_killed_between_tasks_costs_no_task() -> None:
    with pool_of() as pool:
        run(pool, [Task(0, f"{KILLERS}:pid", ())])
        os.kill(pool.processes[0], signal.SIGKILL)
        [one] = run(pool, [Task(1, f"{KILLERS}:pid", ())]).values()
    assert isinstance(one, Answer) or one.kind is FailureKind.NOT_STARTED


def test_no_child_is_left_behind(tmp_path: Path) -> None:
    with pool_of(2) as pool:
        [task] = obey(tmp_path, "sleep")
        while not pool.free:
            pool.wait(1)
        pool.submit(task)
        processes = pool.processes
    assert not any(psutil.pid_exists(pid) for pid in processes)


_JOB = """
import sys, time
from ingest.isolation import Limits, Pool, Task
with Pool({module!r}, 1, Limits()) as pool:
    while not pool.free: pool.wait(1)
    pool.submit(Task(0, {module!r} + ":obey", (sys.argv[1],)))
    print(pool.processes[0], flush=True)
    while True: pool.wait(1)
"""


@pytest.mark.parametrize("mark", ["loop", "spin"])
def test_children_die_with_the_job(tmp_path: Path, mark: str) -> None:
    [task] = obey(tmp_path, mark)
    code = _JOB.format(module=KILLERS)
    env = {**os.environ, "PYTHONPATH": os.getcwd()}
    with subprocess.Popen(
        [sys.executable, "-c", code, *task.arguments], stdout=subprocess.PIPE, text=True, env=env
    ) as job:
        assert job.stdout is not None
        child = psutil.Process(int(job.stdout.readline()))
        time.sleep(0.2)
        job.kill()
        with contextlib.suppress(psutil.NoSuchProcess):
            child.wait(60)
    assert not child.is_running()


def test_children_that_do_not_start_are_an_error_with_their_words() -> None:
    with (
        Pool("tests.nowhere", 1, LIMITS) as pool,
        pytest.raises(ChildStartError, match=r"No module named 'tests\.nowhere'"),
    ):
        run(pool, [Task(0, f"{KILLERS}:pid", ())])


def test_a_limit_below_what_the_program_itself_takes_is_an_error() -> None:
    limits = Limits(memory=5 * MEGABYTE)
    with (
        Pool(KILLERS, 1, limits) as pool,
        pytest.raises(ChildStartError, match=r"MemoryError|are too few"),
    ):
        run(pool, [Task(0, f"{KILLERS}:pid", ())])


def test_an_answer_that_nobody_took_in_time_is_still_an_answer() -> None:
    task = Task(0, f"{KILLERS}:much", ())
    with pool_of(limits=Limits(seconds=1.0)) as pool:
        while not pool.free:
            pool.wait(1)
        pool.submit(task)
        time.sleep(2.0)  # the pipe is full meanwhile, and the child waits
        done: list[Answer | Failure] = []
        while not done:
            done = pool.wait(1)
    assert done == [Answer(task, b"x" * 3_000_000)]
