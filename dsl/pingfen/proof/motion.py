"""How a value moves when one field rises and all others stay: whether it can rise, whether it can fall, whether it can come or go."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen


@frozen
class Motion:
    """Between two records that are equal but in one field: `up` where the value can be larger at the field's larger value, `down` where it can be smaller
    (a condition: false to true, true to false), both where the value is given in both records. It is given in both or in neither where it is `steady`.

    Every answer is an over-approximation: a motion that can occur is always told.
    """

    up: bool = False
    down: bool = False
    steady: bool = True

    @property
    def still(self) -> bool:
        """Whether nothing moves."""
        return not self.up and not self.down and self.steady


STILL = Motion()
RISING = Motion(up=True)
ANY = Motion(up=True, down=True)
LOOSE = Motion(up=True, down=True, steady=False)


def joined(motions: Iterable[Motion]) -> Motion:
    """Everything that one of the motions can do."""
    each = tuple(motions)
    return Motion(any(motion.up for motion in each), any(motion.down for motion in each), all(motion.steady for motion in each))


def turned(motion: Motion) -> Motion:
    """The motion of the negated value."""
    return evolve(motion, up=motion.down, down=motion.up)


def scaled(motion: Motion, low: int, high: int) -> Motion:
    """The motion of the value times something that stays, within `low .. high`."""
    if low >= 0:
        return motion
    if high <= 0:
        return turned(motion)
    return evolve(motion, up=motion.up or motion.down, down=motion.up or motion.down)
