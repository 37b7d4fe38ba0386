"""Leads as differences of potentials."""

import numpy as np

from cardio_desktop.core.electrodes import ELECTRODES, electrode_weights
from cardio_desktop.core.leads import EINTHOVEN, LEADS12


def test_a_potential_common_to_all_electrodes_shows_in_no_lead():
    assert np.allclose(electrode_weights().sum(axis=1), 0.0, atol=1e-6)


def test_limb_leads_follow_from_the_first_two_and_chest_leads_see_their_own_electrode():
    weights = dict(zip(LEADS12, electrode_weights(), strict=True))
    for name, (of_one, of_two) in EINTHOVEN.items():
        assert np.allclose(weights[name], of_one * weights["I"] + of_two * weights["II"], atol=1e-6)
    for name in ("V1", "V6"):
        assert weights[name][ELECTRODES.index(name.replace("V", "C"))] == 1.0
        assert np.allclose(weights[name][:3], -1 / 3)
