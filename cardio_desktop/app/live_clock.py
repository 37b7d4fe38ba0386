"""Which instant of a live recording is shown: the trace runs at true speed although samples come in bursts."""

from __future__ import annotations

from collections import deque

MOST_BEHIND_S = 2.0
"""The trace never runs further behind what has come than this, however rarely a source sends: who watches wants to see
what is. An EDF recorder writes a second at a time; slower ones are shown in steps."""
REMEMBERED_S = 5.0
"""Over so long the rarest arrival counts: several bursts of a recorder that writes once a second."""
SLEW = 0.1
"""The trace runs at most a tenth faster or slower to come nearer to what has arrived: on paper of 25 mm/s that is 2.5
mm in a second, less than a big square."""
JUMP_S = 0.5
"""Further away than this beyond the rarest arrival the trace jumps: a file that held minutes already, a window that was
asleep."""


class PlayClock:
    """From wall time to the instant shown. All in seconds; wall time is any clock that only goes forward."""

    def __init__(self) -> None:
        self._newest = self._shown = -1.0
        self._wall = self._came = 0.0
        self._least: deque[tuple[float, float]] = deque()

    @property
    def shown_s(self) -> float:
        """The instant that is shown."""
        return max(self._shown, 0.0)

    @property
    def behind_s(self) -> float:
        """How far the trace runs behind what has come."""
        return max(self._newest - self._shown, 0.0)

    @property
    def silent_s(self) -> float:
        """For how long nothing has come."""
        return max(self._wall - self._came, 0.0)

    def at(self, wall_s: float, newest_s: float) -> float:
        """Return the instant to show now that samples up to `newest_s` have come; it never goes back."""
        if newest_s <= 0.0:
            return 0.0
        if self._shown < 0.0:
            self._newest = self._shown = newest_s
            self._wall = self._came = wall_s
            return self._shown
        if newest_s > self._newest:
            # What the trace had left to show just before these came: with less it would have stood still.
            waited = min(wall_s - self._came, MOST_BEHIND_S)
            self._least.append((wall_s, waited))
            self._newest, self._came = newest_s, wall_s
        while self._least and self._least[0][0] < wall_s - REMEMBERED_S:
            self._least.popleft()
        wanted_behind = max((waited for _, waited in self._least), default=0.0)
        passed, self._wall = wall_s - self._wall, wall_s
        # Just after an arrival the trace is `wanted_behind` behind, just before the next one it has caught up.
        wanted = self._newest - wanted_behind + (wall_s - self._came)
        late = wanted - (self._shown + passed)
        step = passed + (late if late > JUMP_S else min(max(late, -SLEW * passed), SLEW * passed))
        self._shown = min(max(self._shown + step, self._shown), self._newest)
        return self._shown
