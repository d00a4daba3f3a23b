"""asc_cdl_file(): the three kinds of file, and what each refusal says."""

import random

import pytest

import lutist
from lutist.adjustments.cdl_file import MOST_BYTES, correction
from lutist.script import loading

ONE = """<?xml version="1.0" encoding="UTF-8"?>
<ColorCorrection xmlns="urn:ASC:CDL:v1.2" id="shot-1">
  <SOPNode>
    <Description>warm &amp; soft</Description>
    <Slope>1.1 1.0 0.9</Slope>
    <Offset>0.01 0 -0.02</Offset>
    <Power>1.0 1.0 1.2</Power>
  </SOPNode>
  <SatNode><Saturation>0.8</Saturation></SatNode>
</ColorCorrection>
"""
WANT = {
    "slope": (1.1, 1.0, 0.9),
    "offset": (0.01, 0, -0.02),
    "power": (1.0, 1.0, 1.2),
    "saturation": 0.8,
}


def several(*corrections):
    inner = "".join(c.replace('<?xml version="1.0" encoding="UTF-8"?>', "") for c in corrections)
    return f"<ColorCorrectionCollection>{inner}</ColorCorrectionCollection>"


@pytest.fixture
def file(tmp_path):
    def write(text, name="grade.cc"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


SATURATED = """<ColorCorrection id="b">
<SATNode><Saturation>2</Saturation></SATNode></ColorCorrection>"""


def test_the_three_kinds_of_file(file):
    assert correction(file(ONE)) == WANT
    nested = ONE.partition("?>")[2]
    decision = f"<ColorDecision>{nested}</ColorDecision>"
    text = f'<ColorDecisionList xmlns="urn:ASC:CDL:v1.01">{decision}</ColorDecisionList>'
    assert correction(file(text, "list.cdl")) == WANT
    path = file(several(ONE, SATURATED), "all.ccc")
    assert correction(path, "b") == {"saturation": 2.0}
    assert correction(path, "shot-1") == WANT
    assert correction(file("\ufeff" + ONE)) == WANT
    assert correction(file(ONE.replace("UTF-8", "UTF-16").encode("utf-16"))) == WANT


def test_a_file_is_the_correction_that_it_holds(file):
    stages = lutist.asc_cdl_file(file(ONE))
    want = lutist.asc_cdl(**WANT)
    assert len(stages) == len(want) == 3
    assert stages[1]._spec == want[1]._spec
    for got, meant in zip(stages[0]._spec[1:], want[0]._spec[1:], strict=True):
        assert [got(x / 9) for x in range(10)] == [meant(x / 9) for x in range(10)]


def entities(levels):
    inner = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "1 "}">' for i in range(levels))
    slope = f"<Slope>&e{levels - 1};</Slope>"
    body = f"<ColorCorrection><SOPNode>{slope}</SOPNode></ColorCorrection>"
    return f"<!DOCTYPE a [{inner}]>{body}"


OUTSIDE = '<!DOCTYPE a [<!ENTITY e SYSTEM "/etc/passwd">]><ColorCorrection>&e;</ColorCorrection>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ", line 1: is no CDL file: no element found"),
        ("slope 1 1 1", ", line 1: is no CDL file: syntax error"),
        (ONE.replace("UTF-8", "UTF-80"), ", line 1: unknown encoding: UTF-80"),
        (ONE[:200], ", line 6: is no CDL file: "),
        ("<ColorCorrectionCollection/>", ": has no ColorCorrection: is it a .cc, .cdl or .ccc"),
        ("<svg><Slope>1 1 1</Slope></svg>", ": has no ColorCorrection"),
        ("<ColorCorrection/>", ", line 1: the ColorCorrection has neither SOPNode nor SatNode"),
        (ONE.replace("1.1 1.0 0.9", "1.1 1.0"), ", line 5: <Slope> has 3 numbers, not '1.1 1.0'"),
        (ONE.replace("0.8", "0.8 1"), ", line 9: <Saturation> has one number, not '0.8 1'"),
        (ONE.replace("0.8", "1,2"), ", line 9: <Saturation> has numbers, not '1,2'"),
        (ONE.replace("0.8", "nan"), ", line 9: <Saturation> has numbers, not 'nan'"),
        (ONE.replace("0.8", ""), ", line 9: <Saturation> has one number, not ''"),
        (several(ONE, SATURATED), ": has several corrections; say id=, one of: 'shot-1', 'b'"),
        (entities(9), ", line 1: a document type is not read: delete the <!DOCTYPE …>"),
        (OUTSIDE, ", line 1: a document type is not read"),
    ],
)
def test_what_is_no_correction_is_told(file, text, message):
    path = file(text)
    with pytest.raises(ValueError) as caught:
        lutist.asc_cdl_file(path)
    assert str(caught.value).startswith(path + message)
    assert "\n" not in str(caught.value)


def test_damage_is_one_line_of_error(file):
    rng = random.Random(7)
    for _ in range(400):
        text = bytearray(ONE, "utf-8")
        for _ in range(rng.randrange(1, 4)):
            at, length = rng.randrange(len(text)), rng.randrange(30)
            text[at : at + length] = text[rng.randrange(len(text)) :][: rng.randrange(30)]
        path = file(bytes(text))
        try:
            correction(path)
        except ValueError as error:
            assert str(error).startswith(path) and "\n" not in str(error)


def test_an_id_that_is_not_there_is_told(file):
    path = file(several(ONE, SATURATED, SATURATED.replace(' id="b"', "")))
    with pytest.raises(ValueError) as caught:
        lutist.asc_cdl_file(path, "shot-2")
    assert str(caught.value) == (
        f"{path}: no correction has the id 'shot-2'; there are: 'shot-1', 'b', one without an id"
    )


def test_numbers_that_a_cdl_cannot_have_are_told(file):
    with pytest.raises(ValueError, match=r"asc_cdl\(\), power: 0.0 is out of range"):
        lutist.asc_cdl_file(file(ONE.replace("1.0 1.0 1.2", "0 1 1")))


def test_a_file_that_is_missing_or_too_long_is_told(file):
    with pytest.raises(FileNotFoundError, match="none.cc"):
        lutist.asc_cdl_file("/nowhere/none.cc")
    with pytest.raises(ValueError, match="is longer than 16 MiB"):
        lutist.asc_cdl_file(file(ONE + " " * MOST_BYTES))


def test_a_relative_path_counts_from_the_script_and_is_watched(file, script, tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    file(SATURATED)
    path = script(
        "from lutist import asc_cdl_file, pipeline\n"
        "STAGES = asc_cdl_file('grade.cc')\n"
        "@pipeline\ndef develop(): return STAGES\n"
    )
    files = {}
    assert len(loading.load_noting(path, files).stages()) == 3
    assert str(tmp_path / "grade.cc") in files
