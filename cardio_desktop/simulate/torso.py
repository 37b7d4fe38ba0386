"""From a dipole in the heart to electrode potentials and the twelve leads.

Axes: x to the patient's left, y to the feet, z to the front; metres, the origin in the middle of the chest. The torso
is an ellipsoid of one conductivity, the heart one current dipole at a fixed place. An electrode at distance r from the
dipole p sees p . r / |r|^3 (times a constant): the field in an unbounded medium, whose shape over the skin is close
enough to a real one for leads that look like leads.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.leads import CHEST_LEADS, EINTHOVEN, LEADS12

SEMI_AXES_M = (0.18, 0.32, 0.13)
HEART_M = (0.006, 0.028, 0.0)

# Azimuth (degrees from the front towards the left) and height (m, towards the feet) of each electrode on the skin.
# Limb electrodes stand where the limb joins the trunk: a limb is a wire, its skin has the potential of its root.
_PLACES = {
    "RA": (-62.0, -0.12),
    "LA": (70.0, -0.16),
    "LL": (4.0, 0.20),
    "V1": (-18.0, 0.042),
    "V2": (0.0, 0.040),
    "V3": (17.0, 0.034),
    "V4": (35.0, 0.042),
    "V5": (56.0, 0.045),
    "V6": (88.0, 0.040),
}
ELECTRODES = tuple(_PLACES)


def electrode_positions() -> NDArray[np.float64]:
    """Return the electrodes' places on the skin in metres, (electrode, xyz)."""
    places = []
    for azimuth_deg, y in _PLACES.values():
        a, b, c = SEMI_AXES_M
        girth = np.sqrt(1.0 - (y / b) ** 2)
        angle = np.deg2rad(azimuth_deg)
        places.append((a * girth * np.sin(angle), y, c * girth * np.cos(angle)))
    return np.array(places)


def electrode_matrix() -> NDArray[np.float64]:
    """Return the potential of each electrode for a unit dipole, (electrode, xyz), scaled so that |lead II| = 1.1."""
    arrow = electrode_positions() - np.array(HEART_M)
    field = arrow / np.linalg.norm(arrow, axis=1, keepdims=True) ** 3
    two = field[ELECTRODES.index("LL")] - field[ELECTRODES.index("RA")]
    return np.asarray(field * (1.1 / np.linalg.norm(two)))


def leads_from_electrodes(potentials: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the twelve leads (lead, sample) of the electrodes' potentials (electrode, sample).

    Limb leads after Einthoven and Goldberger, chest leads against Wilson's terminal (the mean of RA, LA and LL).
    """
    at = dict(zip(ELECTRODES, potentials, strict=True))
    leads = {"I": at["LA"] - at["RA"], "II": at["LL"] - at["RA"]}
    for name, (one, two) in EINTHOVEN.items():
        leads[name] = one * leads["I"] + two * leads["II"]
    terminal = (at["RA"] + at["LA"] + at["LL"]) / 3.0
    for name in CHEST_LEADS:
        leads[name] = at[name] - terminal
    return np.array([leads[name] for name in LEADS12])


def lead_vectors() -> NDArray[np.float64]:
    """Return the lead vectors (lead, xyz): the dot product with the heart vector is the lead's voltage."""
    return leads_from_electrodes(electrode_matrix())
