"""Answers batches of records with the real JAX and Flax, for org.mydropout.differential.Differential, which starts it.

    python -m venv venv && venv/bin/pip install jax==0.10.2 jaxlib==0.10.2 flax==0.12.8

Keys come from `jax.random.fold_in` and Flax's own derivation of a module's key, masks from `jax.random.bernoulli`. Two forms:

* "module": the whole Flax module with the rate as a constant, under `jax.jit` and `jax.vmap`, as a user writes it.
* otherwise a draw that takes the probability as an argument, so that XLA compiles once for each size and setting, without
  LLVM's optimizations, and keeps it in target/differential; and the division by a constant, for all sizes in one shape.

JAX on a CPU flushes subnormal numbers and multiplies by the reciprocal. For other options, NumPy applies JAX's mask: with
IEEE 754 division or multiplication, and with subnormal numbers kept or flushed.
"""

import hashlib
import os
import pathlib
import struct
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
try:
    import flax
    import flax.linen as nn
    import jax
    import jax.numpy as jnp
    import jaxlib
    import numpy as np
    from flax.core.scope import LazyRng
except ImportError as e:
    sys.exit(f"There is no JAX here ({e}); pip install jax==0.10.2 jaxlib==0.10.2 flax==0.12.8 brings it.")

ANSWERS = sys.stdout.buffer
sys.stdout = sys.stderr
FAST = {"xla_backend_optimization_level": 0, "xla_cpu_use_fusion_emitters": False}
ID_TYPES = ["uint32", "uint64", "string"]
MAX_SIZE = 300
SIGN, EXPONENT = np.uint32(0x80000000), np.uint32(0x7F800000)


class MyDropout(nn.Module):
    """The layer that the kernel reimplements; it gives its key and its mask, too."""

    rate: float

    @nn.compact
    def __call__(self, x):
        keep = 1.0 - self.rate
        key = self.make_rng("dropout")
        mask = jax.random.bernoulli(key, keep, x.shape)
        return key, mask, jnp.where(mask, x / keep, 0)


class Nested(nn.Module):
    """A MyDropout below submodules of these names, the last of which is its own."""

    names: tuple
    rate: float

    @nn.compact
    def __call__(self, x):
        name, rest = self.names[0], self.names[1:]
        inner = Nested(rest, self.rate, name=name) if rest else MyDropout(self.rate, name=name)
        return inner(x)


class Batch:
    """One question of the harness, in the order of its class Question."""

    def __init__(self, data):
        self.data, self.at = data, 0
        (self.module, self.size, self.partitionable, self.x64, self.rate, self.seed, self.raw, self.separator, self.divide,
         self.subnormals, id_type, wide_steps, names) = self.take(">?i??dq????bbi")
        self.names = tuple(self.text() for _ in range(names))
        self.records, = self.take(">i")
        if ID_TYPES[id_type] == "string":
            digests = [hashlib.sha256(self.text().encode()).digest() for _ in range(self.records)]
            self.ids = np.array([struct.unpack(">II", d[:8]) for d in digests], np.uint32)
        else:
            self.ids = self.words(ID_TYPES[id_type] == "uint64")
        self.steps = self.words(wide_steps)
        self.x = np.frombuffer(data, ">u4", offset=self.at).astype(np.uint32).view(np.float32)
        self.x = self.x.reshape(self.records, self.size)

    def take(self, form):
        values = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return values

    def text(self):
        length, = self.take(">i")
        self.at += length
        return self.data[self.at - length : self.at].decode()

    def words(self, wide):
        """The words of 64-bit integers that are folded in: both, or the lower one."""
        words = np.array(self.take(f">{2 * self.records}I"), np.uint32).reshape(-1, 2)
        return words if wide else words[:, 1:]


@jax.jit
def fold_in(keys, words):
    return jax.vmap(jax.random.fold_in)(keys, words)


def record_keys(batch):
    base = jax.random.key(batch.seed)
    keys = jax.random.wrap_key_data(np.tile(jax.random.key_data(base), (batch.records, 1)))
    for word in [*batch.ids.T, *batch.steps.T]:
        keys = fold_in(keys, word)
    return keys


DRAWS = {}


def draw(size):
    if size not in DRAWS:
        bernoulli = jax.vmap(lambda key, p: jax.random.bernoulli(key, p, (size,)), (0, None))
        DRAWS[size] = jax.jit(bernoulli, compiler_options=FAST)
    return DRAWS[size]


def scaled(batch, mask):
    """Kept elements divided by a constant, in an array of one shape for all batches."""
    keep = 1.0 - batch.rate
    padding = ((0, 0), (0, MAX_SIZE - batch.size))
    divide = jax.jit(lambda mask, x: jnp.where(mask, x / keep, 0))
    return np.asarray(divide(np.pad(mask, padding), np.pad(batch.x, padding)))[:, : batch.size]


def answer_by_draws(batch):
    keys = record_keys(batch)
    if not batch.raw:
        # The suffix of the first call of make_rng.
        keys = jax.vmap(lambda key: LazyRng.create(key, *batch.names, 1).as_jax_rng())(keys)
    mask = draw(batch.size)(keys, 1.0 - batch.rate)
    return keys, mask, scaled(batch, mask)


def answer_by_module(batch):
    def one(key, x):
        if batch.raw:
            keep = 1.0 - batch.rate
            mask = jax.random.bernoulli(key, keep, x.shape)
            return key, mask, jnp.where(mask, x / keep, 0)
        module = Nested(batch.names, batch.rate) if batch.names else MyDropout(batch.rate)
        return module.apply({}, x, rngs={"dropout": key})

    return jax.jit(jax.vmap(one))(record_keys(batch), batch.x)


def scaled_by_numpy(batch, mask):
    keep = np.float32(1.0 - batch.rate)
    x = batch.x
    if keep != 1:
        if not batch.subnormals:
            bits = x.view(np.uint32)
            x = np.where(bits & EXPONENT == 0, bits & SIGN, bits).view(np.float32)
        with np.errstate(all="ignore"):
            x = x / keep if batch.divide else x * (np.float32(1) / keep)
    return np.where(mask, x.view(np.uint32), np.uint32(0)).view(np.float32)


def answer(batch):
    flax.config.update("flax_fix_rng_separator", batch.separator)
    with jax.threefry_partitionable(batch.partitionable), jax.enable_x64(batch.x64):
        keys, mask, y = (answer_by_module if batch.module else answer_by_draws)(batch)
        mask, y = np.asarray(mask), np.asarray(y)
        assert y.dtype == np.float32 and mask.shape == y.shape == batch.x.shape
        if batch.divide or batch.subnormals:
            y = scaled_by_numpy(batch, mask)
        words = np.asarray(jax.random.key_data(keys))
    counts = mask.sum(1)
    return b"".join([
        words.astype(">u4").tobytes(), counts.astype(">i4").tobytes(), mask.astype("u1").tobytes(),
        np.ascontiguousarray(y).view(np.uint32).astype(">u4").tobytes(),
    ])


def main():
    jax.config.update("jax_compilation_cache_dir", str(pathlib.Path("target/differential").resolve()))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
    name = f"JAX {jax.__version__}, jaxlib {jaxlib.__version__}, Flax {flax.__version__}".encode()
    ANSWERS.write(struct.pack(">H", len(name)) + name)
    ANSWERS.flush()
    while header := sys.stdin.buffer.read(4):
        question = sys.stdin.buffer.read(*struct.unpack(">i", header))
        ANSWERS.write(answer(Batch(question)))
        ANSWERS.flush()


main()
