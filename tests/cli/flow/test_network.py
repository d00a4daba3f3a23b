"""lutist batch on a file server: answers that were lost, names that are seen late, errors that are
told late. No result is lost, doubled or cut, and what is not done is told.
"""

import hashlib
import json
import os

import pytest

CASES = {
    # NFS: a rename that replaces nothing is a hard link and a removal.
    "linked": ("noflags", True),
    "link": ("noflags,linkat", True),
    "removal": ("noflags,unlinkat", True),
    "both": ("noflags,linkat,unlinkat", True),
    "rename": ("renameat2", True),
    "placeholder": ("noflags,nolinks", True),
    "placeholder's rename": ("noflags,nolinks,renameat", True),
    "creation": ("openat/2", True),
    "folders": ("mkdir", True),
    "late": ("late", False),
}


@pytest.fixture
def network(lutist, lutist_path, picture):
    """Run a batch of four formats over a network that behaves as the words say."""
    library = lutist_path.resolve().parent.parent / "tests" / "network_calls.so"
    for seed, name in enumerate(("a.png", "b.jpg", "c.tif", "d.webp")):
        picture(f"in/{name}", size=(120, 60), seed=seed)

    def run(words, out, *more):
        # AddressSanitizer wants to be the first library.
        options = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        env = {"LD_PRELOAD": str(library), "LUTIST_NETWORK": words, "ASAN_OPTIONS": options}
        return lutist("batch", "in", "-o", out, "-p", "exposure=0.3", *more, env=env)

    return run


def hashes(folder):
    """Of all files but journals."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".lutist-journal")
    }


@pytest.mark.parametrize("case", CASES)
def test_a_result_is_there_or_it_is_told(network, tmp_path, case):
    words, works = CASES[case]
    assert network("", "plain").returncode == 0
    whole = hashes(tmp_path / "plain")
    assert len(whole) == 4
    out = f"out/{case}"
    done = network(words, out, "--resume", "--report", "r.json")
    assert (done.returncode == 0) == works, done.stderr
    report = json.loads((tmp_path / "r.json").read_text()) if works else {"files": []}
    assert [file["state"] for file in report["files"]] == 4 * ["done"] * works
    after = hashes(tmp_path / out)
    assert after == whole if works else after.items() <= whole.items()
    assert works or "Input/output error" in done.stderr
    again = network(words if works else "", out, "--resume")
    assert again.returncode == 0 and hashes(tmp_path / out) == whole
    assert ("4 skipped" in again.stderr) == works


@pytest.mark.parametrize("words", ["renameat", "renameat,unlinkat"])
def test_a_file_is_replaced(network, tmp_path, words):
    assert network("", "out", "-p", "gamma=2").returncode == 0
    before = hashes(tmp_path / "out")
    assert network("", "new").returncode == 0
    done = network(words, "out", "--overwrite")
    assert done.returncode == 0, done.stderr
    assert hashes(tmp_path / "out") == hashes(tmp_path / "new") != before


def test_what_another_machine_has_made_is_not_replaced(network, tmp_path):
    """Its names are not seen yet."""
    assert network("", "out", "-p", "gamma=2").returncode == 0
    before = hashes(tmp_path / "out")
    for words in ("unseen", "unseen,noflags", "unseen,noflags,nolinks", "unseen,noflags,linkat"):
        done = network(words, "out")
        assert done.returncode == 1 and done.stderr.count("already exists") == 4, done.stderr
        assert hashes(tmp_path / "out") == before


def test_clocks_that_differ_by_hours(network, tmp_path):
    """The inputs' machine is ahead, the outputs' behind."""
    for path in (tmp_path / "in").iterdir():
        os.utime(path, (4e9, 4e9))
    how = "out", "--resume", "--keep-times"
    assert network("", *how).returncode == 0
    for path in (tmp_path / "in").iterdir():
        os.utime(path, (1e9, 1e9))
    assert "4 done" in network("", *how).stderr
    assert "4 skipped" in network("", *how).stderr
