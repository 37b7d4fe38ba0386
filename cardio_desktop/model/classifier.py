"""The network at work: twelve leads in, calibrated opinion and its evidence out, in one pass of ONNX Runtime."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cardio_desktop.core.errors import CardioError, ModelError
from cardio_desktop.core.findings import ClassScore, Evidence, Prediction, StatementScore, WindowScore
from cardio_desktop.core.progress import Progress
from cardio_desktop.model.card import REMEDY, Card, load_card
from cardio_desktop.model.preprocess import Window, cut, prepare, window_bounds
from cardio_desktop.model.runtime import open_session
from cardio_desktop.words import Remark, say

Floats = NDArray[np.float32]


class NotAssessedError(CardioError):
    """A recording about which the network may say nothing, with the reason."""

    kind = "not assessed"

    def __init__(self, remark: Remark) -> None:
        """Keep the reason, and say it in English as every error does."""
        super().__init__(say(remark))
        self.remark = remark


class Classifier:
    """A loaded model folder. Safe to use from several threads; the session starts with the first prediction."""

    def __init__(self, card: Card, threads: int = 0) -> None:
        """Take a checked `card`; `threads` of ONNX Runtime for one prediction, 0 for all cores."""
        self.card = card
        self.threads = threads
        self._lock = threading.Lock()
        self._session: Any = None
        self._bias: Floats | None = None

    @classmethod
    def load(cls, folder: Path, threads: int = 0, precision: str = "float32") -> Classifier:
        """Return the classifier in `folder`; raises ModelError where card or network are missing or damaged.

        `precision` chooses a smaller variant of the network ("float16", "int8") where the folder holds one.
        """
        return cls(load_card(Path(folder), precision), threads)

    @property
    def session(self) -> Any:
        """The ONNX Runtime session, made once; its outputs are checked against the card when it is made."""
        with self._lock:
            if self._session is None:
                self._session, self._bias = self._open()
            return self._session

    @property
    def bias(self) -> Floats:
        """The constant part of each logit (head)."""
        _ = self.session
        assert self._bias is not None
        return self._bias

    def _open(self) -> tuple[Any, Floats]:
        path = self.card.onnx_path
        try:
            session = open_session(path, self.threads)
            bins = self.card.window_bins
            silence = np.zeros((1, 12, bins * self.card.bin_samples), dtype=np.float32)
            logits, evidence = session.run(["logits", "evidence"], {"ecg": silence})
        except Exception as error:  # ONNX Runtime raises many kinds, none of them public
            raise ModelError(f"{path.name}: does not run ({str(error)[:120]}); {REMEDY} ({path.parent}).") from error
        expected = (1, len(self.card.classes), 12, bins)
        if logits.shape != (1, len(self.card.heads)) or evidence.shape != expected:
            problem = f"returns logits {logits.shape} and evidence {evidence.shape} where the card wants {expected}"
            raise ModelError(f"{path.name}: {problem}; {REMEDY} ({path.parent}).")
        # Leads without signal have no evidence by construction, so that what silence scores is the bias itself.
        return session, logits[0]

    def run(self, ecg_mv: Floats, heads: Sequence[int] | None = None) -> tuple[Floats, Floats]:
        """Return logits (n, head) and evidence (n, chosen, 12, bin) of windows (n, 12, samples) at the card's rate.

        `heads` chooses whose evidence is returned (default: the classes). Logits are raw, not calibrated.
        """
        feed = {"ecg": np.ascontiguousarray(ecg_mv, dtype=np.float32)}
        if heads is not None:
            feed["heads"] = np.asarray(heads, dtype=np.int64)
        logits, evidence = self.session.run(["logits", "evidence"], feed)
        return logits, evidence

    def windows(self, leads_mv: ArrayLike, rate_hz: float) -> tuple[list[Window], int]:
        """Return the windows that can be judged and the number of bins of the whole recording.

        Raises NotAssessedError with the reason where there is none, ValueError where the array does not fit.
        """
        card = self.card
        ecg, recorded = prepare(leads_mv, rate_hz, card.rate_hz)
        bins = ecg.shape[1] // card.bin_samples
        if ecg.shape[1] < round(card.min_s * card.rate_hz):
            length_s = ecg.shape[1] / card.rate_hz
            raise NotAssessedError(Remark("tier-short", {"length_s": length_s, "least_s": card.min_s}))
        cuts = [
            cut(ecg, recorded, first * card.bin_samples, (last - first) * card.bin_samples)
            for first, last in window_bounds(bins, card.window_bins)
        ]
        usable = [window for window in cuts if len(window.missing) <= card.max_missing_leads]
        if not usable:
            fewest = min(cuts, key=lambda window: len(window.missing))
            names = tuple(card.leads[k] for k in fewest.missing)
            raise NotAssessedError(Remark("tier-leads", {"leads": names, "most": card.max_missing_leads}))
        return usable, bins

    def predict(
        self,
        leads_mv: ArrayLike,
        rate_hz: float,
        start_s: float = 0.0,
        progress: Progress | None = None,
        codes: Sequence[str] | None = None,
    ) -> tuple[Prediction, Evidence]:
        """Judge (12, n) in mV, NaN where nothing was recorded, and say where the opinion comes from.

        Up to 10 s are one window of their own length; a longer recording is cut into equal windows of 5 to 10 s, side
        by side. The logit is then the mean over windows and the evidence is each window's divided by their number, so
        that bias + sum(evidence) = logit stays exact. Windows with too many missing leads are left out (their bins
        are 0 and they are not in `Prediction.windows`).

        `start_s` is the time of the first sample, `codes` the classes or statements whose evidence is wanted (default:
        the five classes), `progress` is called with 0 to 100 and may raise to cancel. Raises NotAssessedError.
        """
        card = self.card
        chosen = tuple(codes) if codes is not None else card.classes
        heads = [card.heads.index(code) for code in chosen]
        windows, bins = self.windows(leads_mv, rate_hz)
        values = np.zeros((len(chosen), 12, bins), dtype=np.float32)
        logits = np.zeros((len(windows), len(card.heads)), dtype=np.float64)
        for k, window in enumerate(windows):
            if progress is not None:
                progress(100 * k // len(windows))
            found, evidence = self.run(window.ecg_mv[None], heads)
            logits[k] = found[0]
            first = window.start // card.bin_samples
            values[:, :, first : first + evidence.shape[3]] += evidence[0] / len(windows)
        if progress is not None:
            progress(100)
        mean = logits.mean(axis=0)
        prediction = self._prediction(windows, logits, mean, start_s)
        return prediction, Evidence(
            classes=chosen,
            leads=card.leads,
            values=values,
            bin_s=card.bin_s,
            start_s=start_s,
            logit=mean[heads].astype(np.float32),
            bias=self.bias[heads].astype(np.float32),
        )

    def _prediction(
        self, windows: list[Window], logits: NDArray[np.float64], mean: NDArray[np.float64], start_s: float
    ) -> Prediction:
        card, bias = self.card, self.bias
        missing = sorted({lead for window in windows for lead in window.missing})
        # By place, not by code: "NORM" is a class and an SCP statement as well.
        scores = [
            (code, float(mean[k]), float(card.calibration[code](mean[k])), float(bias[k]))
            for k, code in enumerate(card.heads)
        ]
        split = len(card.classes)
        return Prediction(
            model_name=card.name,
            model_version=card.version,
            model_sha256=card.sha256,
            windows=tuple(
                WindowScore(
                    start_s=start_s + window.start / card.rate_hz,
                    end_s=start_s + (window.start + window.ecg_mv.shape[1]) / card.rate_hz,
                    probabilities={c: float(card.calibration[c](row[k])) for k, c in enumerate(card.classes)},
                )
                for window, row in zip(windows, logits, strict=True)
            ),
            classes=tuple(ClassScore(*score) for score in scores[:split]),
            statements=tuple(StatementScore(c, card.descriptions[c], p) for c, _, p, _ in scores[split:]),
            missing_leads=tuple(card.leads[k] for k in missing),
        )
