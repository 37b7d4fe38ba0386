"""Flags are counted by the wave that they name, as the program sets them."""

from dataclasses import replace

import numpy as np
import pytest

from cardio_desktop.evaluation.cards.card_checks import evidence
from cardio_desktop.evaluation.evidence_checks import check_flags
from cardio_desktop.evaluation.named_waves import check_named_waves
from cardio_desktop.evaluation.records import pick, read_folds
from cardio_desktop.io.registry import open_record
from cardio_desktop.reading.models import Models, own_delineator
from cardio_desktop.reading.pipeline import analyze


@pytest.fixture(scope="module")
def infarctions(folder):
    database = read_folds(folder, [9])
    return pick(database, database.superclasses()[:, 1], 2)


def test_the_flags_counted_are_those_of_the_program(infarctions, classifier):
    found = check_named_waves(classifier, infarctions, "MI")
    models = Models(classifier, own_delineator())
    flags = [
        flag
        for entry in infarctions.entries
        for beat in analyze(open_record(entry.path.with_suffix(".hea")), models).beats
        for flag in beat.flags
        if flag.code == "MI"
    ]
    assert flags
    assert found["records"] == 2
    assert sum(found["named"].values()) == len(flags) == found["misleading"]["of"]
    assert found["misleading"]["n"] == sum(flag.wave in (None, "P") for flag in flags)


def test_evidence_on_p_alone_is_counted_as_misleading(infarctions, classifier):
    class OnP(type(classifier)):
        """Moves all evidence 160 ms ahead: what stood on QRS stands on P."""

        def predict(self, *args, **kwargs):
            prediction, shown = super().predict(*args, **kwargs)
            return prediction, replace(shown, values=np.roll(shown.values, -2, axis=2))

    honest = check_named_waves(classifier, infarctions, "MI")["misleading"]
    early = check_named_waves(OnP(classifier.card, 1), infarctions, "MI")["misleading"]
    assert early["share"] > honest["share"] + 0.3


def test_the_page_tells_it_by_class(folder, classifier):
    flags = check_flags(read_folds(folder, [9]), classifier, 1)
    assert {"MI", "CD"} <= flags.keys()
    page = evidence({"data": "x", "classes": {}, "flags": flags, "command": "y"}, {})
    counted = flags["MI"]["misleading"]
    assert f"{counted['n']} of {counted['of']}" in page
