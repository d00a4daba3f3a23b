"""typing.Annotated without the module typing, whose import takes as long as a start of lutist."""

import sys


class Annotated:
    """typing.Annotated, as in Annotated[float, Slider(0, 1)], for looks that use nothing else of
    typing: importing typing takes a third of the time that lutist needs for a small picture. Where
    typing is loaded already, or the type is not a plain class, the result is typing's own. Else it
    has its __origin__ and __metadata__ alone, which typing.get_type_hints() does not look into.
    """

    def __class_getitem__(cls, arguments):
        kind, *metadata = arguments if isinstance(arguments, tuple) else (arguments,)
        if "typing" in sys.modules or not metadata or type(kind) is not type:
            from typing import Annotated

            return Annotated[arguments]
        return Light(kind, *metadata)


class Light:
    """What Annotated[kind, *metadata] gives."""

    __slots__ = "__metadata__", "__origin__"

    def __init__(self, kind, *metadata):
        self.__origin__, self.__metadata__ = kind, metadata

    def __repr__(self):
        words = ", ".join(map(repr, self.__metadata__))
        return f"Annotated[{self.__origin__.__name__}, {words}]"
