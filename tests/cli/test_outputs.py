"""What a batch may replace, and what its results look like to others."""

import numpy as np
from PIL import Image


def pixels(path):
    """The samples of a file."""
    return np.asarray(Image.open(path))


def names(folder):
    """All names in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def test_a_link_is_replaced_never_written_through(lutist, picture, tmp_path):
    source = picture("a.png")
    other = picture("other.png", seed=2)
    inside, before = source.read_bytes(), other.read_bytes()
    (tmp_path / "out").mkdir()
    for target in (other, source, tmp_path / "nothing"):
        link = tmp_path / "out/a.png"
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        assert lutist("batch", "a.png", "-o", "out").returncode == 1
        done = lutist("batch", "a.png", "-o", "out", "--overwrite", "-p", "exposure=1")
        assert done.returncode == 0, done.stderr
        assert not link.is_symlink() and not np.array_equal(pixels(link), pixels(source))
    assert (source.read_bytes(), other.read_bytes()) == (inside, before)
    assert names(tmp_path) == ["a.png", "other.png", "out"]


def test_a_link_that_is_an_input_is_kept(lutist, picture, tmp_path):
    source = picture("a.png")
    (tmp_path / "link.png").symlink_to(source)
    done = lutist("batch", "link.png", "-o", ".", "--overwrite")
    assert done.returncode == 1 and "its own input" in done.stderr
    assert (tmp_path / "link.png").is_symlink()
