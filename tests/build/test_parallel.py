"""Work shared by processes: the same results, in order, and the same exceptions."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from plugins.build.parallel import beside, spread

ITEMS = range(500)


@pytest.fixture(autouse=True)
def _several_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def test_results_are_in_order() -> None:
    assert spread(lambda n: n * n, ITEMS) == [n * n for n in ITEMS]


def test_several_processes_work() -> None:
    def work(_: int) -> int:
        time.sleep(0.001)
        return os.getpid()

    assert len(set(spread(work, ITEMS))) == 3


def test_little_work_stays_in_this_process() -> None:
    assert set(spread(lambda _: os.getpid(), range(20))) == {os.getpid()}


def test_threads_keep_the_work_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert set(spread(lambda _: os.getpid(), ITEMS)) == {os.getpid()}


def test_this_process_works_meanwhile() -> None:
    done: list[int] = []
    spread(lambda n: n, ITEMS, meanwhile=lambda: done.append(os.getpid()))
    spread(lambda n: n, range(3), meanwhile=lambda: done.append(os.getpid()))
    assert done == [os.getpid()] * 2


@pytest.mark.parametrize("at", [0, 250, 499])
def test_an_exception_is_raised_here(at: int) -> None:
    def work(number: int) -> int:
        if number == at:
            raise KeyError(number)
        return number

    with pytest.raises(KeyError, match=str(at)):
        spread(work, ITEMS)


def test_the_work_of_a_killed_process_is_done_here() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert spread(work, ITEMS) == list(ITEMS)


def test_no_process_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted as well: Ctrl-C reaches this process alone."""
    forked: list[int] = []
    fork = os.fork

    def counted() -> int:
        forked.append(fork())
        return forked[-1]

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fork", counted)
    with pytest.raises(KeyboardInterrupt):
        spread(time.sleep, [60] * 100, meanwhile=interrupted)
    spread(lambda n: n, ITEMS)
    assert len(forked) == 4
    for process in forked:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_it_tells_how_far_it_is() -> None:
    told: list[int] = []
    spread(lambda n: n, range(3), told.append)
    assert told == [1, 2, 3]
    told.clear()
    spread(lambda n: n, ITEMS, told.append)
    assert told == sorted(told)
    assert all(0 < done <= 500 for done in told)


def test_work_goes_on_beside() -> None:
    result = beside(os.getpid)
    found = result()
    assert found != os.getpid()
    with pytest.raises(ChildProcessError):
        os.waitpid(found, 0)


def test_what_another_process_could_not_do_is_done_here() -> None:
    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    here = os.getpid()
    assert beside(work)() == here


def test_an_exception_of_work_beside_is_raised_here() -> None:
    def work() -> int:
        raise KeyError("x")

    with pytest.raises(KeyError):
        beside(work)()
