"""Times normal numbers in JAX on one core of the CPU.

    python src/jmh/python/normal_jax.py SECONDS

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

RUNS = 20
VECTORS = 4096
budget = float(sys.argv[1]) / RUNS

base = jax.random.key(42)
keys = jax.vmap(lambda i: jax.random.fold_in(base, i))(jnp.arange(VECTORS))
for size in [128, 1024]:
    normal = jax.jit(jax.vmap(lambda key: jax.random.normal(key, (size,), jnp.float32)))
    normal(keys).block_until_ready()
    runs = []
    for _ in range(RUNS):
        calls, start = 0, time.perf_counter()
        while True:
            normal(keys).block_until_ready()
            calls += 1
            elapsed = time.perf_counter() - start
            if elapsed >= budget:
                break
        runs.append(elapsed * 1e9 / calls / VECTORS / size)
    print(f"JAX, jit of vmap over {VECTORS},{size},{statistics.median(runs):.4f}", flush=True)
