"""An independent computation of a difference within strata: least squares with a dummy for each."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

Pair = tuple[Sequence[float], Sequence[float]]


def regressed(strata: Sequence[Pair], confidence: float) -> tuple[float, float, float]:
    """Return the coefficient of the group in `value ~ group + stratum`, and its interval."""
    rows, values = [], []
    for number, pair in enumerate(strata):
        for side, group in enumerate(pair):
            for value in group:
                dummies = [float(number == other) for other in range(len(strata))]
                rows.append([1.0 - side, *dummies])
                values.append(value)
    design, observed = np.array(rows), np.array(values)
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ observed
    residuals = observed - design @ coefficients
    degrees = len(observed) - design.shape[1]
    error = math.sqrt(residuals @ residuals / degrees * inverse[0, 0])
    reach = quantile(confidence, degrees) * error
    return float(coefficients[0]), coefficients[0] - reach, coefficients[0] + reach


def quantile(confidence: float, degrees: int) -> float:
    """Return the two-sided quantile of Student's t by bisection of its integrated density."""
    low, high = 0.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, degrees) < confidence else (low, middle)
    return low


def _within(reach: float, degrees: int) -> float:
    scale = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)
    at = np.linspace(-reach, reach, 2001)
    density = (
        np.exp(scale) / math.sqrt(degrees * math.pi) * (1 + at**2 / degrees) ** -((degrees + 1) / 2)
    )
    return float(np.trapezoid(density, at))
