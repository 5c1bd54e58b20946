"""One run of himalaya's RidgeCV on the same data, in a process of its own."""
import json
import resource
import sys
import time
import warnings

import numpy as np
from himalaya.ridge import RidgeCV

folder = sys.argv[1]
shape = json.load(open(f"{folder}/shape.json"))
read = lambda name, rows, columns: np.fromfile(f"{folder}/{name}", dtype=np.float32).reshape(rows, columns)
x = read("x", shape["nStimuli"], shape["nFeatures"])
y = read("y", shape["nStimuli"], shape["nVoxels"])
x_test = read("x_test", shape["nTest"], shape["nFeatures"])
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
before = peak()
warnings.filterwarnings("ignore")
start = time.perf_counter()
model = RidgeCV(alphas=np.array(shape["alphas"], dtype=np.float32), cv=3, fit_intercept=True).fit(x, y)
seconds = time.perf_counter() - start
after = peak()
model.best_alphas_.astype(np.float32).tofile(f"{folder}/himalaya.alphas")
model.predict(x_test).astype(np.float32).tofile(f"{folder}/himalaya.predictions")
print(json.dumps({"fitSeconds": seconds, "peakBytes": after, "peakBytesBeforeFit": before}))
