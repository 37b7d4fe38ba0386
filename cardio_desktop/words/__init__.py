"""What the program says, in each of its languages: remarks are values, and become sentences only here.

The lowest room: it imports nothing of the program, so that an error of a reader and a finding alike can be put into
words. A `Remark` is a code with values; `say` looks the code up in the tables of a language.
"""

from cardio_desktop.words.remark import Remark, Value, verbatim
from cardio_desktop.words.say import LANGUAGES, say

__all__ = ["LANGUAGES", "Remark", "Value", "say", "verbatim"]
