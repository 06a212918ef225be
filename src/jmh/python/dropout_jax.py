"""Times the layer in JAX on one core of the CPU, and PyTorch's dropout if it is installed.

    python src/jmh/python/dropout_jax.py SECONDS

prints a CSV line per case: name, size of a vector, nanoseconds per element (median of 20 runs).
"""

import os
import statistics
import sys
import time

os.environ["JAX_PLATFORMS"] = "cpu"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import jax
import jax.numpy as jnp
import numpy as np

RUNS = 20
RATE = 0.1
VECTORS = 4096
budget = float(sys.argv[1]) / RUNS


def dropout(key, x):
    keep = 1.0 - RATE
    return jnp.where(jax.random.bernoulli(key, keep, x.shape), x / keep, 0)


def report(name, size, elements, call):
    call()
    runs = []
    for _ in range(RUNS):
        calls, start = 0, time.perf_counter()
        while True:
            call()
            calls += 1
            elapsed = time.perf_counter() - start
            if elapsed >= budget:
                break
        runs.append(elapsed * 1e9 / calls / elements)
    print(f"{name},{size},{statistics.median(runs):.4f}", flush=True)


base = jax.random.key(42)
batch = jax.jit(jax.vmap(dropout))
single = jax.jit(dropout)
for size in [128, 1024]:
    keys = jax.vmap(lambda i: jax.random.fold_in(base, i))(jnp.arange(VECTORS))
    x = jnp.asarray(np.arange(VECTORS * size, dtype=np.float32).reshape(VECTORS, size))
    row = x[0]
    report(f"JAX, jit of vmap over {VECTORS}", size, VECTORS * size, lambda: batch(keys, x).block_until_ready())
    report("JAX, jit called per record", size, size, lambda: single(base, row).block_until_ready())

try:
    import torch
except ImportError:
    sys.exit()
torch.set_num_threads(1)
for size in [128, 1024]:
    t = torch.arange(VECTORS * size, dtype=torch.float32).reshape(VECTORS, size)
    report(f"PyTorch, F.dropout of {VECTORS}", size, VECTORS * size, lambda: torch.nn.functional.dropout(t, RATE))
