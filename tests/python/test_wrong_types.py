"""What no public function takes: each says so in one line that names it."""

import pytest

import lutist

# How it is called -> the exception and what its line begins with.
ROWS = "matrix() takes three rows of three numbers, or of four; "

TABLE = {
    "lutist.open(5)": (TypeError, "expected str, bytes or os.PathLike"),
    "lutist.open(path, max_pixels='x')": (lutist.ParameterError, "max_pixels='x': must be a whole"),
    "lutist.open(path, max_pixels=-1)": (lutist.ParameterError, "max_pixels=-1: must be a whole"),
    "lutist.load(5)": (TypeError, "expected str, bytes or os.PathLike"),
    "lutist.load('')": (lutist.ParameterError, "no script is named ''"),
    "lutist.pipeline(5)": (TypeError, "@pipeline stands before a function, not 5"),
    "lutist.Pipeline(5)": (TypeError, "@pipeline stands before a function, not 5"),
    "lutist.batch(5, [], 'out')": (TypeError, "batch() takes a pipeline"),
    "batch(5)": (TypeError, "inputs=5: must be a path or a list of paths"),
    "batch(None)": (TypeError, "inputs=None: must be a path or a list of paths"),
    "batch([5])": (TypeError, "expected str, bytes or os.PathLike"),
    "batch(progress=5)": (TypeError, "progress=5: must be a function"),
    "batch(format=5)": (TypeError, "format=5: must be a word"),
    "batch(format='')": (lutist.ParameterError, "format='': must be a word"),
    "batch(format='gif')": (lutist.ParameterError, "format 'gif' is unknown; use jpeg, png"),
    "batch(sync=5)": (TypeError, "sync=5: must be a word"),
    "batch(sync='disk')": (lutist.ParameterError, "sync 'disk' is unknown; use file or none"),
    "batch(quality=101)": (
        lutist.ParameterError,
        "quality=101: must be a whole number from 0 to 100",
    ),
    "batch(quality='9')": (
        lutist.ParameterError,
        "quality='9': must be a whole number from 0 to 100",
    ),
    "batch(jobs=0)": (lutist.ParameterError, "jobs=0: must be a whole number from 1 to 1024"),
    "batch(jobs=None)": (lutist.ParameterError, "jobs=None: must be a whole number from 1 to 1024"),
    "batch(memory=0)": (lutist.ParameterError, "memory=0: must be a whole number from 1"),
    "batch(memory='2G')": (lutist.ParameterError, "memory='2G': must be a whole number from 1"),
    "batch(max_metadata=-1)": (
        lutist.ParameterError,
        "max_metadata=-1: must be a whole number from 0",
    ),
    "batch(overwrite='no')": (lutist.ParameterError, "overwrite='no' is neither True nor"),
    "batch(dry_run=[])": (lutist.ParameterError, "dry_run=[] is neither True nor False"),
    "batch(mode=5)": (TypeError, "mode is a name, one of lutist.MODES, not int"),
    "batch(other=5)": (lutist.ParameterError, "look() has no parameter other"),
    "look.apply(5)": (TypeError, "expected a lutist.Image, not int"),
    "look.apply(image, mode=5)": (TypeError, "mode is a name, one of lutist.MODES, not int"),
    "look.apply(image, amount='x')": (lutist.ParameterError, "amount='x' is not a number"),
    "look(None)": (lutist.ParameterError, "amount=None is not a number"),
    "from_buffer(5)": (TypeError, "a bytes-like object is required"),
    "from_buffer(image, metadata=5)": (TypeError, "metadata: it is a mapping, not int"),
    "from_buffer(image, metadata=[1])": (TypeError, "metadata: it is a mapping, not list"),
    "from_buffer(image, metadata=Odd())": (TypeError, "metadata: an item is a pair, not int"),
    "from_buffer(image, metadata={5: 1})": (TypeError, "metadata: names are text"),
    "from_buffer(image, metadata={'x': 1})": (ValueError, "metadata: nothing is called x"),
    "from_buffer(image, metadata={'exif': 's'})": (TypeError, "metadata: exif is bytes, not"),
    "from_buffer(image, metadata={'dpi': None})": (TypeError, "metadata: dpi is a number, not"),
    "from_buffer(image, metadata={'dpi': -1})": (ValueError, "metadata: dpi is outside"),
    "image.convert('x')": (TypeError, "depth='x': there are 8 and 16"),
    "image.convert(8.0)": (TypeError, "depth=8.0: there are 8 and 16"),
    "image.convert(2**70)": (ValueError, f"depth={2**70}: there are 8 and 16"),
    "image.save(5)": (TypeError, "expected str, bytes or os.PathLike"),
    "image.save(path, quality='x')": (lutist.ParameterError, "quality='x': must be a whole number"),
    "image.save(path, quality=2**70)": (lutist.ParameterError, "quality=1180591620717411303424"),
    "image.save(path, quality=True)": (
        lutist.ParameterError,
        "quality=True: must be a whole number",
    ),
    "image.save(path, format=5)": (TypeError, "format=5: must be a word"),
    "image.save(path, format='a\\0b')": (lutist.ParameterError, "format='a\\x00b': must be a word"),
    "image.save(path, overwrite='no')": (lutist.ParameterError, "overwrite='no' is neither"),
    "lutist.tone(5)": (TypeError, "tone(): 5 is neither a function nor a table"),
    "lutist.tone(red=5)": (TypeError, "red: 5 is neither a function nor a table"),
    "lutist.matrix(5)": (ValueError, ROWS + "this is 5"),
    "lutist.matrix([[1, 2, 3]] * 2)": (ValueError, ROWS + "this is [[1, 2, 3], [1, 2, 3]]"),
    "lutist.matrix([[1] * 4, [1] * 4, [1] * 3])": (
        ValueError,
        ROWS + "row 2 has 3, and row 0 has 4",
    ),
    "lutist.matrix([[1] * 3, [1] * 4, [1] * 4])": (
        ValueError,
        ROWS + "row 1 has 4, and row 0 has 3",
    ),
    "lutist.matrix([[1] * 5] * 3)": (ValueError, ROWS + "row 0 has 5"),
    "lutist.matrix([[1] * 3, [], [1] * 3])": (ValueError, ROWS + "row 1 has 0"),
    "lutist.matrix([[1] * 3, 'abc', [1] * 3])": (ValueError, ROWS + "row 1 is 'abc'"),
    "lutist.matrix([1, 2, 3])": (ValueError, ROWS + "row 0 is 1"),
    "lutist.exposure('x')": (TypeError, "exposure(): 'x' is not a number"),
    "lutist.gamma(None)": (TypeError, "gamma(): None is not a number"),
    "lutist.contrast('x')": (TypeError, "contrast(): 'x' is not a number"),
    "lutist.levels('x')": (TypeError, "levels(): 'x' is not a number"),
    "lutist.curve(5)": (ValueError, "curve(): point 1 is 5, not a pair"),
    "lutist.posterize('x')": (TypeError, "posterize(): 'x' is not a number"),
    "lutist.threshold('x')": (TypeError, "threshold(): 'x' is not a number"),
    "lutist.grayscale('x')": (TypeError, "grayscale(): 'x' is not a number"),
    "lutist.saturation('x')": (TypeError, "saturation(): 'x' is not a number"),
    "lutist.white_balance('x')": (TypeError, "white_balance(): 'x' is not a number"),
    "lutist.split_tone(5)": (ValueError, "split_tone(), shadows=5: must be three numbers"),
    "lutist.split_tone(highlights=(0, 0))": (
        ValueError,
        "split_tone(), highlights=(0, 0): must be three",
    ),
    "lutist.split_tone(('a', 0, 0))": (TypeError, "split_tone(), shadows: 'a' is not a number"),
    "lutist.Slider('a', 1)": (TypeError, "Slider('a', 1, …): 'a' is not a number"),
    "lutist.Slider(0, 1, unit=5)": (TypeError, "Slider(0, 1, unit=5): a unit is text"),
    "lutist.Slider(0, 1, log='x')": (TypeError, "Slider(0, 1, log='x'): log is True or False"),
    "lutist.Choice(5)": (ValueError, "Choice(…) takes one word or more"),
}


class Odd:
    """A mapping whose items are none."""

    def items(self):
        return [5]


@lutist.pipeline
def look(amount: lutist.Slider(0, 1) = 0.5):
    return lutist.exposure(amount)


@pytest.mark.parametrize("call", TABLE)
def test_what_is_not_taken_is_named(call, noise, tmp_path):
    kind, words = TABLE[call]
    path, image = tmp_path / "a.png", noise()[1]
    image.save(path)

    def batch(inputs=path, **options):
        return lutist.batch(look, inputs, tmp_path / "out", **options)

    scope = {"batch": batch, "from_buffer": lutist.Image.from_buffer, "look": look, "Odd": Odd}
    with pytest.raises(kind) as raised:
        eval(call, {"lutist": lutist, "path": path, "image": image, **scope})
    assert type(raised.value) is kind
    text = str(raised.value)
    assert text.startswith(words) and "\n" not in text and "--" not in text
    assert not (tmp_path / "out").exists()


def test_nothing_of_the_command_line_is_in_a_message(noise, tmp_path):
    path = tmp_path / "a.png"
    noise()[1].save(path)
    for output, options in (("{stem}.xyz", {}), ("{stem}.jpg", {"format": "png"})):
        with pytest.raises(lutist.ParameterError) as raised:
            lutist.batch(look, path, tmp_path / output, **options)
        assert "format" in str(raised.value) and "--" not in str(raised.value)


def test_where_0_is_the_default_it_is_taken(noise, tmp_path):
    image = noise()[1]
    image.save(tmp_path / "zero.jpg", quality=0)
    image.save(tmp_path / "none.jpg")
    image.save(tmp_path / "own.jpg", quality=92)
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1
    assert lutist.open(tmp_path / "zero.jpg", max_pixels=0).width == image.width
    out = tmp_path / "out"
    assert lutist.batch(look, tmp_path / "own.jpg", out, max_pixels=0, max_metadata=0).ok


def test_a_name_may_be_bytes():
    assert lutist.load(b"exposure").script == "exposure"
