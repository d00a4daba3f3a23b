"""lutist as a script uses it: the whole call, tables and a new result included."""

from measure import Work
from tasks import SATURATE, curve

from lutist import Image, matrix, pipeline, tone

NAME = "lutist"


def look(task):
    curves = [curve(channel) for channel in task.channels]
    own = (
        tone(*curves) if len(curves) == 1 else tone(red=curves[0], green=curves[1], blue=curves[2])
    )
    if task.op == "lut1d":
        return own
    if task.op == "matrix":
        return matrix(SATURATE)
    return [own, matrix(SATURATE), own]


def works(task, cores):
    @pipeline
    def develop():
        return look(task)

    image = Image.from_buffer(task.source)
    return [Work("develop.apply(image)", cores, lambda: develop.apply(image))]
