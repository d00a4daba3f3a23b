"""Formats that are only read: the right samples, and nothing of what is cut short."""

import warnings

import numpy as np
import pytest
from rare_files import FILES

import lutist

# Cut behind the last row, these are read with a warning: of the missing end, or of the
# last number. Of a TGA file's extension there is no trace without its end.
MARKED_END = (".qoi", "_runs.bmp", "_moves.bmp", "2.pgm", "3.ppm")
UNMARKED_END = ("_meaning_0.tga", "_meaning_3.tga")


@pytest.mark.parametrize("name", FILES)
def test_the_samples_are_right(tmp_path, name):
    data, right = FILES[name]
    path = tmp_path / name
    path.write_bytes(data)
    got = np.asarray(lutist.open(path))
    assert got.dtype == (np.uint16 if right.dtype == np.uint16 else np.uint8)
    np.testing.assert_array_equal(got, right)


@pytest.mark.parametrize("name", [n for n in FILES if not n.endswith(UNMARKED_END)])
def test_what_is_cut_short_is_refused(tmp_path, recwarn, name):
    warnings.simplefilter("always")
    data, right = FILES[name]
    path = tmp_path / name
    step = max(1, len(data) // 29)
    for cut in {*range(1, len(data), step), len(data) - 1}:
        path.write_bytes(data[:cut])
        try:
            got = np.asarray(lutist.open(path))
        except lutist.ImageError as error:
            assert str(path) in str(error)
            assert not recwarn
        else:
            assert name.endswith(MARKED_END)
            assert cut >= len(data) - 8
            assert str(path) in str(recwarn.pop().message)
            np.testing.assert_array_equal(got[:-1], right[:-1])
