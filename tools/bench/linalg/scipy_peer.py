"""The same operation in numpy and scipy, in a process of its own; the first of two runs is a warm-up."""
import json
import sys
import time

import numpy as np
import scipy.linalg

name, n, precision = sys.argv[1], int(sys.argv[2]), sys.argv[3]
x = np.random.default_rng(1).uniform(-1, 1, (n, n)).astype(precision)
a = x.T @ x / np.asarray(n, precision) + np.eye(n, dtype=precision)
operations = {
    "gram": lambda: x.T @ x,
    "cholesky": lambda: np.linalg.cholesky(a),
    "triangular": lambda: scipy.linalg.solve_triangular(a, x, lower=True),
    "eigen": lambda: np.linalg.eigh(a),
    "svd": lambda: np.linalg.svd(x, full_matrices=False),
}
for _ in range(2):
    start = time.perf_counter()
    operations[name]()
    seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds}))
