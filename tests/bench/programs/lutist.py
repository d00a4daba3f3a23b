"""lutist as a script uses it: the whole call, tables and a new result included."""

from measure import Work
from tasks import SATURATE, curve, film_file

from lutist import Image, cube, matrix, pipeline, tone

NAME = "lutist"


def look(task):
    curves = [curve(channel) for channel in task.channels]
    own = (
        tone(*curves) if len(curves) == 1 else tone(red=curves[0], green=curves[1], blue=curves[2])
    )
    mix, table = matrix(SATURATE), cube(str(film_file())) if task.has_cube else None
    stages = {
        "lut1d": own,
        "matrix": mix,
        "tone_matrix_tone": [own, mix, own],
        "lut3d": table,
        "tone_matrix_lut3d": [own, mix, table],
    }
    return stages[task.op]


def works(task, cores):
    @pipeline
    def develop():
        return look(task)

    image = Image.from_buffer(task.source)
    return [Work("develop.apply(image)", cores, lambda: develop.apply(image))]
