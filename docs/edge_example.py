"""The classifier wherever ONNX Runtime runs: from millivolts to the tier and its evidence, with numpy alone.

python docs/edge_example.py MODEL_DIR ECG.npy RATE_HZ [AGE]

ECG.npy holds (12, samples) in mV, leads I II III aVR aVL aVF V1-V6, 5 to 10 s, no gaps; a lead of NaN throughout is a
missing one. The program does the same, for longer recordings and recordings with gaps as well, and refuses what it must
not judge: children, paced rhythms, bad signals. Here that is the caller's duty. No diagnosis, not a medical device.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # noqa: TID253 - the example has nothing else to start

MOST_OFFSET_MV = 0.5
PASSBAND, HALF_TAPS, KAISER_BETA = 0.9, 48, 6.76
YOUNG_YEARS = 40
PATHOLOGIES = ("MI", "STTC", "CD", "HYP")


def low_pass(up: int, down: int) -> np.ndarray:
    """Return the taps of a linear-phase filter from `PASSBAND` to the lower Nyquist frequency, of unit gain."""
    slower = max(up, down)
    half = HALF_TAPS * slower
    cutoff = (1 + PASSBAND) / 2 / slower
    place = np.arange(-half, half + 1)
    taps = cutoff * np.sinc(cutoff * place) * np.kaiser(2 * half + 1, KAISER_BETA)
    return taps / taps.sum()


def resample(leads_mv: np.ndarray, rate_hz: float, target_hz: float) -> np.ndarray:
    """Return (12, n) at `target_hz`, sample 0 staying at time 0; the end values are held beyond the ends."""
    if rate_hz == target_hz:
        return leads_mv
    ratio = Fraction(target_hz / rate_hz).limit_denominator(2000)
    up, down = ratio.numerator, ratio.denominator
    taps = low_pass(up, down) * up
    half = len(taps) // 2
    samples = int(np.floor(leads_mv.shape[1] * target_hz / rate_hz + 1e-6))
    edge = half // up + 1
    held = np.pad(leads_mv.astype(np.float64), ((0, 0), (edge, edge)), mode="edge")
    out = np.empty((len(leads_mv), samples))
    for k in range(samples):
        # Sample k lies at k * down on a grid `up` times as fine; every `up`-th tap meets a sample of the source.
        first = -((half - k * down) // up)
        sources = np.arange(first, (k * down + half) // up + 1)
        out[:, k] = held[:, sources + edge] @ taps[half + k * down - sources * up]
    return out.astype(np.float32)


def probability(calibration: dict[str, Any], logit: float) -> float:
    """Return what the card's calibration makes of a logit: a line, or straight pieces, on the log odds."""
    if "slope" in calibration:
        odds = calibration["slope"] * logit + calibration["offset"]
    else:
        knots, values = np.array(calibration["knots"]), np.array(calibration["values"])
        piece = int(np.clip(np.searchsorted(knots, logit) - 1, 0, len(knots) - 2))
        share = (logit - knots[piece]) / (knots[piece + 1] - knots[piece])
        odds = (1 - share) * values[piece] + share * values[piece + 1]
    return float(1 / (1 + np.exp(-odds)))


def tier_of(probabilities: dict[str, float], thresholds: dict[str, float], age: float | None) -> str:
    """Return Low, Moderate or High."""
    greatest = max(probabilities[code] for code in PATHOLOGIES)
    low_any = thresholds["low_any"]
    if age is not None and age < YOUNG_YEARS:
        low_any = min(low_any, thresholds.get("low_any_young", low_any))
    if greatest >= thresholds["high_any"]:
        return "High"
    return "Low" if probabilities["MI"] < thresholds["low_mi"] and greatest < low_any else "Moderate"


def judge(
    folder: Path, leads_mv: np.ndarray, rate_hz: float, age: float | None = None, file: str | None = None
) -> dict[str, Any]:
    """Return tier, probabilities, and the evidence (class, lead, bin) with its bias; `file` names a smaller variant.

    The bias plus the evidence of all leads and bins is the logit, exactly. Raises ValueError for what cannot be judged.
    """
    card = json.loads((folder / "classifier.json").read_text(encoding="utf-8"))
    missing = np.isnan(leads_mv).all(axis=1)
    whole = np.where(missing[:, None], 0.0, leads_mv).astype(np.float32)
    if whole.shape[0] != 12 or np.isnan(whole).any():
        raise ValueError("expected 12 leads without gaps; fill or cut out what is missing")
    if missing.sum() > card["max_missing_leads"]:
        raise ValueError(f"{missing.sum()} leads are missing, {card['max_missing_leads']} may be")
    ecg = resample(whole, rate_hz, card["rate_hz"])
    size = round(card["bin_s"] * card["rate_hz"])
    ecg = ecg[:, : ecg.shape[1] // size * size]
    if not card["min_s"] <= ecg.shape[1] / card["rate_hz"] <= card["window_s"]:
        raise ValueError(f"expected {card['min_s']} to {card['window_s']} s")
    # An electrode's offset, of tens of mV in some files, is taken off; up to half a millivolt nothing is changed.
    middle = np.median(ecg, axis=1, keepdims=True)
    ecg = (ecg - (middle - np.clip(middle, -MOST_OFFSET_MV, MOST_OFFSET_MV))).astype(np.float32)
    ecg[missing] = 0
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    path = folder / (file or card["onnx"]["file"])
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    logits, evidence = session.run(["logits", "evidence"], {"ecg": ecg[None]})
    silence = session.run(["logits"], {"ecg": np.zeros_like(ecg[None])})[0]
    classes = card["classes"]
    said = {code: probability(card["calibration"][code], float(logits[0, k])) for k, code in enumerate(classes)}
    return {
        "tier": tier_of(said, card["thresholds"], age),
        "probabilities": said,
        "logits": logits[0, : len(classes)],
        "bias": silence[0, : len(classes)],
        "evidence": evidence[0],
        "bin_s": card["bin_s"],
        "leads": card["leads"],
        "classes": classes,
    }


def main() -> None:
    """Judge a file and name, for each pathology, where the evidence is strongest."""
    folder, path, rate_hz = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    age = float(sys.argv[4]) if len(sys.argv) > 4 else None
    found = judge(folder, np.load(path), rate_hz, age)
    print(found["tier"])
    for code, share in found["probabilities"].items():
        cells = found["evidence"][found["classes"].index(code)]
        lead, place = np.unravel_index(int(cells.argmax()), cells.shape)
        where = f"{found['leads'][lead]} at {found['bin_s'] * place:.2f} s"
        print(f"{code:5}{100 * share:6.1f} %   strongest evidence in {where}: {cells[lead, place]:+.2f} of the logit")


if __name__ == "__main__":
    main()
