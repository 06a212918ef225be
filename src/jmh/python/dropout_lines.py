"""Applies the layer to JSON lines on one core, as one would write it without Flink: orjson, one jitted call of the Flax module
for each 1,024 records, orjson.

    pip install jax flax orjson
    python src/jmh/python/dropout_lines.py IN OUT
"""

import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import orjson

BATCH = 1024
RATE = 0.1
SEED = 42


class MyDropout(nn.Module):
    @nn.compact
    def __call__(self, x):
        keep = 1.0 - RATE
        mask = jax.random.bernoulli(self.make_rng("dropout"), keep, x.shape)
        return jnp.where(mask, x / keep, 0)


def one(record, step, x):
    key = jax.random.fold_in(jax.random.fold_in(jax.random.key(SEED), record), step)
    return MyDropout().apply({}, x, rngs={"dropout": key})


apply = jax.jit(jax.vmap(one))


def batches(lines):
    batch = []
    for line in lines:
        batch.append(orjson.loads(line))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def write(batch, out):
    missing = BATCH - len(batch)  # the last batch has the shape of the others, too
    ids = np.array([record["id"] for record in batch] + [0] * missing, np.uint32)
    steps = np.array([record["step"] for record in batch] + [0] * missing, np.uint32)
    x = np.array([record["features"] for record in batch], np.float32)
    x = np.pad(x, ((0, missing), (0, 0)))
    y = np.asarray(apply(ids, steps, x))
    for record, features in zip(batch, y):
        record["features"] = features
        out.write(orjson.dumps(record, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_APPEND_NEWLINE))


with open(sys.argv[1], "rb") as lines, open(sys.argv[2], "wb") as out:
    for batch in batches(lines):
        write(batch, out)
