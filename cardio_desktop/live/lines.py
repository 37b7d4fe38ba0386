"""One line of JSON for each thing that is said live: what `watch --json` prints and the keeper keeps.

Version 1 of the schema. Every line has:

* `live`: 1, the version; `kind`: one of `events.KINDS`; `code`: which of its kind (a beat's kind, an event's code as in
  `analyze --json`, why a lead is bad, the tier);
* `at_s`: seconds on the source's clock of the newest sample when it was said; `start_s`: when it happened or began;
  `end_s`: when it ended, null while it goes on; of one thing `kind`, `code` and `start_s` stay the same;
* `leads`: the leads that show it, empty for all; `values`: numbers with their unit in the name, and words;
* `text`: {"en": ..., "de": ...}, null for a beat.

An opinion's `values` are its tier, the calibrated probability of each class, and the rhythm. The evidence is not
written: whoever wants it opens the kept record.
"""

from __future__ import annotations

from typing import Any

from cardio_desktop.live.events import LiveEvent
from cardio_desktop.words import say

VERSION = 1


def line_of(event: LiveEvent, from_s: float = 0.0) -> dict[str, Any]:
    """Return an event as what JSON knows, its times counted from `from_s`."""
    return {
        "live": VERSION,
        "kind": event.kind,
        "code": event.code,
        "at_s": round(event.at_s - from_s, 3),
        "start_s": round(event.start_s - from_s, 3),
        "end_s": None if event.end_s is None else round(event.end_s - from_s, 3),
        "leads": list(event.leads),
        "values": {k: round(v, 4) if isinstance(v, float) else v for k, v in event.values.items()},
        "text": None if event.remark is None else {lang: say(event.remark, lang) for lang in ("en", "de")},
    }
