"""A conclusion goes from new to amended, and nobody changes what was signed without its being seen."""

from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from cardio_desktop.core.conclusion import (
    Conclusion,
    Draft,
    Signature,
    Signer,
    addendum_from,
    draft_from,
    make_addendum,
    make_signature,
    signature_from,
)

WHEN = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ANNA = Signer("Anna Berg", "cardiologist")
DRAFT = Draft("Sinus rhythm 72/min, normal ECG", "machine", ("SR", "NORM"))


def test_states_follow_one_another() -> None:
    signature = make_signature("key", DRAFT, ANNA, WHEN)
    addendum = make_addendum("key", "QTc 470 ms by hand", ANNA, WHEN)
    assert Conclusion().state == "new"
    assert Conclusion(read=True).state == "read"
    assert Conclusion(DRAFT).state == "read"
    assert Conclusion(DRAFT, (signature,)).state == "signed"
    assert Conclusion(DRAFT, (signature,), (addendum,)).state == "amended"
    assert not Conclusion(DRAFT).final
    assert Conclusion(DRAFT, (signature,)).final


def test_what_was_signed_is_the_text_whatever_is_drafted_beside_it() -> None:
    signed = make_signature("key", DRAFT, ANNA, WHEN)
    both = Conclusion(Draft("something else"), (signed,))
    assert both.text == DRAFT.text
    assert both.codes == ("SR", "NORM")


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Sinus rhythm 73/min, normal ECG"},
        {"signer": Signer("Anna Berg", "technician")},
        {"meaning": "overread"},
        {"signed_at": "2026-03-04T05:06:08+00:00"},
        {"codes": ("SR",)},
        {"source": "own"},
        {"machine": "Atrial fibrillation"},
        {"id": "0"},
    ],
)
def test_no_value_of_a_signature_changes_unseen(change: dict[str, object]) -> None:
    signature = make_signature("key", DRAFT, ANNA, WHEN)
    assert signature.holds("key")
    assert not replace(signature, **change).holds("key")  # type: ignore[arg-type]
    assert not signature.holds("of another record")


def test_addenda_are_sealed_as_well() -> None:
    addendum = make_addendum("key", " QTc 470 ms ", ANNA, WHEN)
    assert addendum.text == "QTc 470 ms"
    assert addendum.holds("key")
    assert not replace(addendum, text="QTc 420 ms").holds("key")


def test_everything_comes_back_from_plain_values() -> None:
    signature, addendum = make_signature("k", DRAFT, ANNA, WHEN), make_addendum("k", "more", ANNA, WHEN)
    assert signature_from(signature.id, asdict(signature)) == signature
    assert addendum_from(addendum.id, asdict(addendum)) == addendum
    assert draft_from(asdict(DRAFT)) == DRAFT


def test_a_draft_keeps_its_text_whatever_else_is_wrong() -> None:
    assert draft_from({"text": "LBBB", "source": "?", "codes": 7}) == Draft("LBBB")


def test_nothing_empty_is_signed() -> None:
    with pytest.raises(ValueError, match="empty"):
        make_signature("k", Draft("  "), ANNA, WHEN)
    with pytest.raises(ValueError, match="empty"):
        make_addendum("k", "", ANNA, WHEN)
    with pytest.raises(ValueError, match="zone"):
        make_signature("k", DRAFT, ANNA, datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="name"):
        Signer(" ")
    with pytest.raises(ValueError, match="meaning"):
        make_signature("k", DRAFT, ANNA, WHEN, meaning="seen")
    with pytest.raises(ValueError, match="source"):
        Draft("x", "somebody")
    with pytest.raises(ValueError, match="source"):
        Signature("i", "x", ANNA, "read", "2026", source="somebody")
