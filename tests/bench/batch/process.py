"""A program as a whole process: its time, its processor time, and its memory."""

import os
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.01  # seconds between two looks at the memory


class FailedError(Exception):
    """The program ended with an error, or cannot be started."""


@dataclass
class Run:
    seconds: float
    busy: float  # processor time over time


@dataclass
class Command:
    words: list
    folder: str | None = None  # in which it runs
    variables: dict | None = None  # of the environment, beside our own

    def start(self, errors):
        try:
            return subprocess.Popen(
                self.words,
                cwd=self.folder,
                env={**os.environ, **(self.variables or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        except OSError as error:
            raise FailedError(f"{self.words[0]}: {error.strerror}") from None


def last_line(file):
    file.seek(0)
    lines = file.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "no reason given"


def check(code, errors):
    if code:
        raise FailedError(f"exit status {code}: {last_line(errors)}")


@contextmanager
def running(command, errors):
    """Its process, which does not outlive an interrupt: the session that it has is its own."""
    process = command.start(errors)
    try:
        yield process
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise


def timed(command):
    """A Run. Raises FailedError."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        with running(command, errors) as process:
            _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        check(process.returncode, errors)
    return Run(seconds, (used.ru_utime + used.ru_stime) / seconds)


def session_of(text):
    """The session in the text of /proc/PID/stat, whose second field may hold anything."""
    return int(text.rpartition(")")[2].split()[3])


def processes(session):
    """Their numbers."""
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            try:
                if session_of(Path(entry.path, "stat").read_text()) == session:
                    yield int(entry.name)
            except OSError:  # it has ended meanwhile
                continue


def kilobytes(pid, file, field):
    try:
        text = Path(f"/proc/{pid}/{file}").read_text()
    except OSError:
        return 0
    found = text.partition(f"\n{field}:")[2].split()
    return int(found[0]) if found else 0


def own_kilobytes(pid):
    """Its memory, where a page that several share counts by its part; not all systems know it."""
    return kilobytes(pid, "smaps_rollup", "Pss") or kilobytes(pid, "status", "VmRSS")


def is_running(process):
    """After a pause."""
    try:
        process.wait(PAUSE)
    except subprocess.TimeoutExpired:
        return True
    return False


def peak_bytes(command):
    """The memory of all its processes at their most, by a run that is slowed down by the looking:
    pages that they share are counted once. Of one process the system keeps the peak itself."""
    most = 0
    with tempfile.TemporaryFile() as errors:
        with running(command, errors) as process:
            while is_running(process):
                found = list(processes(process.pid))
                shared = sum(map(own_kilobytes, found))
                most = max(most, shared, *(kilobytes(pid, "status", "VmHWM") for pid in found), 0)
        check(process.returncode, errors)
    return most * 1024
