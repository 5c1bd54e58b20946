"""Training steps of one subject with PyTorch, in a process of its own: the peer's module gives loss and parameters."""
import importlib
import json
import resource
import sys
import time

import torch

WARM_UP = 3
name, module, shape, threads, steps = sys.argv[1:]
torch.set_num_threads(int(threads))
torch.manual_seed(1)
loss_of, parameters = importlib.import_module(module).build(name, **json.loads(shape))
# The fastest Adam that it has: one kernel for all operations.
optimiser = torch.optim.Adam(parameters, lr=1e-4, fused=True)
step_milliseconds = []
for step in range(WARM_UP + int(steps)):
    start = time.perf_counter()
    optimiser.zero_grad()
    loss = loss_of()
    loss.backward()
    optimiser.step()
    loss.item()
    if step >= WARM_UP:
        step_milliseconds.append(1000 * (time.perf_counter() - start))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"stepMilliseconds": step_milliseconds, "peakBytes": peak, "version": torch.__version__}))
