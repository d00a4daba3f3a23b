"""All of lutist that is otherwise loaded at its first use.

A job or an ordinary Python may have daemon threads that develop. CPython 3.11 can crash where such
a thread imports while Python ends, so nothing is left to import there. A batch and the viewer,
which start without the module site, load what they use.
"""

import opcode as opcode
import tokenize as tokenize  # linecache wants it late from Python 3.13 on

from . import adjustments as adjustments
from . import batching as batching
from . import cubes as cubes
from . import images as images
from . import math as math
from . import tone_curve as tone_curve
from .adjustments import cdl_file as cdl_file
from .adjustments import color as color
from .adjustments import color_temperature as color_temperature
from .adjustments import curves as curves
from .adjustments import display as display
from .adjustments import grading as grading
from .adjustments import light as light
from .adjustments import toning as toning
from .params import text_controls as text_controls
from .recording import numpy_calls as numpy_calls
from .recording import numpy_like_libm as numpy_like_libm
from .recording import rewrite as rewrite
from .script import data as data
from .script import hidden_names as hidden_names
from .script import missing_return as missing_return
from .script import places as places
