"""The floor: the five matrix products of the step by NumPy's BLAS, into arrays allocated once, and nothing else."""

import numpy as np


def prepare(X, W1, b1, W2, b2, y, threads):
    N, C, H = len(X), len(b2), len(b1)
    z1, dp1 = np.empty((2, N, H), np.float32)
    z2 = np.empty((N, C), np.float32)
    dz2 = np.full((N, C), 0.01, np.float32)
    dW1, dW2 = np.empty_like(W1), np.empty_like(W2)

    def step(count):
        for _ in range(count):
            np.dot(X, W1, out=z1)
            np.dot(z1, W2, out=z2)
            np.dot(z1.T, dz2, out=dW2)
            np.dot(dz2, W2.T, out=dp1)
            np.dot(X.T, dp1, out=dW1)

    return step, lambda: float("nan")
