"""Makes the golden vectors of the tests, src/test/resources/golden/*.json, with the real JAX and Flax.

    python3.11 -m venv target/golden
    target/golden/bin/pip install jax==0.10.2 jaxlib==0.10.2 flax==0.12.8
    target/golden/bin/python src/test/python/make_golden.py            # writes both files
    target/golden/bin/python src/test/python/make_golden.py --check    # compares them, writes nothing

Other versions are refused: bits and masks are stable across them, but the compiled floats need not be. The floats are
XLA's for x86-64 CPUs with FMA.

This script alone makes primitives.json. In records.json, the inputs are data: options, ids, steps and vectors are read
from the existing file, and only JAX's results, `key` and `y`, are computed again.

Floats are IEEE 754 bit patterns in hexadecimal, so that no decimal conversion is involved.
"""

import argparse
import hashlib
import json
import os
import pathlib
import sys
from importlib.metadata import version

PINNED = {"jax": "0.10.2", "jaxlib": "0.10.2", "flax": "0.12.8"}
for package, pinned in PINNED.items():
    if version(package) != pinned:
        sys.exit(f"The golden vectors are made with {package} {pinned}, but {version(package)} is installed.")

os.environ["JAX_PLATFORMS"] = "cpu"
import flax
import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from flax.core.scope import LazyRng
from jax.extend.random import threefry_2x32

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "resources" / "golden"
SEEDS = [0, 42, 1701]
BOTH = [True, False]


class MyDropout(nn.Module):
    """The layer that the kernel reimplements."""

    rate: float

    @nn.compact
    def __call__(self, x, deterministic):
        if deterministic or self.rate == 0:
            return x
        keep = 1.0 - self.rate
        mask = jax.random.bernoulli(self.make_rng("dropout"), keep, x.shape)
        return jnp.where(mask, x / keep, 0)


class Nested(nn.Module):
    """A MyDropout below submodules of these names, the last of which is its own."""

    names: tuple
    rate: float

    @nn.compact
    def __call__(self, x, deterministic):
        name, rest = self.names[0], self.names[1:]
        inner = Nested(rest, self.rate, name=name) if rest else MyDropout(self.rate, name=name)
        return inner(x, deterministic)


def words(key):
    """The two words of a typed or raw key."""
    return np.asarray(jax.random.key_data(key)).tolist()


def hexadecimal(array):
    array = np.asarray(array)
    digits = 2 * array.dtype.itemsize
    return [f"{bits:0{digits}x}" for bits in array.ravel().view(f"u{array.dtype.itemsize}")]


def mask_text(mask):
    return "".join("1" if kept else "0" for kept in np.asarray(mask).ravel())


def threefry_rows():
    inputs = [
        ([0, 0], [0, 0]),
        ([0xFFFFFFFF, 0xFFFFFFFF], [0xFFFFFFFF, 0xFFFFFFFF]),
        ([0x13198A2E, 0x03707344], [0x243F6A88, 0x85A308D3]),
    ]
    for key, counter in inputs:
        out = threefry_2x32(np.array(key, np.uint32), np.array(counter, np.uint32))
        yield {"key": key, "ctr": counter, "out": np.asarray(out).tolist()}


def seed_rows():
    seeds = [0, 1, 42, 1701, 123456789, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**40 + 7]
    seeds += [-1, -2, -(2**31), 2**63 - 1, -(2**63)]
    for x64 in [False, True]:
        with jax.enable_x64(x64):
            for seed in seeds:
                yield {"x64": x64, "seed": str(seed), "key": words(jax.random.PRNGKey(seed))}


def fold_in_rows():
    for seed in [0, 1, 42, 1701]:
        for data in [0, 1, 2, 3, 4, 7, 255, 256, 65536, 2**31, 2**32 - 1]:
            key = jax.random.fold_in(jax.random.key(seed), data)
            yield {"seed": seed, "data": data, "key": words(key)}


def draw_rows(field, draw, sizes, extra=None, x64=False):
    """Rows of one draw, a function of key and size, under both layouts."""
    for partitionable in BOTH:
        with jax.threefry_partitionable(partitionable), jax.enable_x64(x64):
            for seed in SEEDS:
                for n in sizes:
                    values = draw(jax.random.key(seed), n)
                    row = {"partitionable": partitionable, "seed": seed, "n": n}
                    yield row | (extra or {}) | {field: values}


def bits_rows():
    for partitionable in BOTH:
        for seed in SEEDS:
            for n in [1, 2, 3, 4, 5, 8, 9]:
                for width in [8, 16, 32, 64]:
                    with jax.threefry_partitionable(partitionable), jax.enable_x64(width == 64):
                        bits = jax.random.bits(jax.random.key(seed), (n,), f"uint{width}")
                    text = [str(b) for b in np.asarray(bits).tolist()]
                    row = {"partitionable": partitionable, "seed": seed, "width": width, "n": n}
                    yield row | {"bits": text}


def bernoulli_rows():
    for partitionable in BOTH:
        for seed in SEEDS:
            for x64 in [False, True]:
                with jax.threefry_partitionable(partitionable), jax.enable_x64(x64):
                    for p in [0.5, 0.9, 0.3, 0.75]:
                        for mode in ["low", "high"]:
                            mask = jax.random.bernoulli(jax.random.key(seed), p, (33,), mode=mode)
                            row = {"partitionable": partitionable, "x64": x64, "mode": mode}
                            yield row | {"seed": seed, "p": p, "n": 33, "mask": mask_text(mask)}


def make_rng_rows():
    suffixes = [[1], [2], [3], [255], [256], ["Dropout_0", 1], ["Dropout_0", 2], ["Dropout_1", 1]]
    suffixes += [["MyDropout_0", 1], ["MyDropout_1", 1], ["Block_0", "MyDropout_0", 1]]
    suffixes += [["RNGSubModule_0", 1], ["RNGSubModule_0", 2], ["RNGSubModule_1", 1]]
    suffixes += [["RNGSubModule_0", "RNGSubSubModule_0", 1], ["A", "B", "C", 1], ["ABC", 1], ["é", 1]]
    for separator in [False, True]:
        flax.config.update("flax_fix_rng_separator", separator)
        for seed in [0, 42]:
            for suffix in suffixes:
                key = LazyRng.create(jax.random.key(seed), *suffix).as_jax_rng()
                yield {"separator": separator, "seed": seed, "suffix": suffix, "key": words(key)}
    flax.config.update("flax_fix_rng_separator", False)


def mydropout_rows():
    x = jnp.arange(1, 13, dtype=jnp.float32).reshape(3, 4)
    for partitionable in BOTH:
        for x64 in [False, True]:
            for seed in [0, 1, 42]:
                for rate in [0.1, 0.25, 0.3, 0.5, 0.9, -0.5, 1.0, 1.5]:
                    with jax.threefry_partitionable(partitionable), jax.enable_x64(x64):
                        y = apply(MyDropout(rate), jax.random.key(seed), x)
                    row = {"partitionable": partitionable, "x64": x64, "seed": seed, "rate": rate}
                    row |= {"input": "float32 1..12 shape (3,4)", "suffix": [1]}
                    yield row | {"out": hexadecimal(y)}


def nnx_rows():
    ones = jnp.ones(12)
    for seed in [0, 42]:
        constructed = nnx.Dropout(0.5, rngs=nnx.Rngs(seed))
        called, rngs = nnx.Dropout(0.5), nnx.Rngs(seed)
        calls = {
            "ctor rngs=Rngs(seed)": [constructed(ones) for _ in range(3)],
            "call rngs=Rngs(seed)": [called(ones, rngs=rngs) for _ in range(3)],
            "call rngs=key(seed)": [called(ones, rngs=jax.random.key(seed))],
        }
        for how, ys in calls.items():
            yield {"how": how, "seed": seed, "masks": [mask_text(y != 0) for y in ys]}


def apply(module, key, x, deterministic=False):
    """Under jit, as in training: there XLA turns the division into a multiplication."""
    return jax.jit(lambda k, v: module.apply({}, v, deterministic, rngs={"dropout": k}))(key, x)


def float32(sampler, **arguments):
    return lambda key, n: hexadecimal(sampler(key, shape=(n,), dtype=jnp.float32, **arguments))


def primitives():
    random, sizes = jax.random, [1, 2, 5, 8]
    interval = {"minval": 0.3, "maxval": 0.7}
    bounds = {"lower": -2.0, "upper": 2.0}
    uniform64 = lambda key, n: hexadecimal(random.uniform(key, (n,), jnp.float64))
    split = lambda key, n: [words(k) for k in random.split(key, n)]
    return {
        "meta": PINNED
        | {
            "platform": "XLA:CPU x86-64 with FMA",
            "note": "float values as IEEE-754 hex bit patterns; masks row-major, 1=keep; keys as two uint32",
        },
        "threefry2x32_20": threefry_rows(),
        "seed": seed_rows(),
        "fold_in": fold_in_rows(),
        "split": draw_rows("keys", split, [1, 2, 3, 4, 5]),
        "bits": bits_rows(),
        "uniform_f32": draw_rows("f32", float32(random.uniform), sizes),
        "bernoulli": bernoulli_rows(),
        "normal_f32": draw_rows("f32", float32(random.normal), sizes),
        "uniform_f64": draw_rows("f64", uniform64, [5], x64=True),
        "gumbel_low_f32": draw_rows("f32", float32(random.gumbel, mode="low"), sizes),
        "truncated_normal_f32": draw_rows("f32", float32(random.truncated_normal, **bounds), sizes, bounds),
        "uniform_range_f32": draw_rows("f32", float32(random.uniform, **interval), sizes, interval),
        "linen_make_rng": make_rng_rows(),
        "mydropout_f32": mydropout_rows(),
        "nnx_dropout": nnx_rows(),
    }


def encode(kind, value):
    """The words of an id or step: the project's own encoding, which the README describes."""
    if kind == "uint32":
        return [int(value)]
    if kind == "uint64":
        bits = int(value) % 2**64
    else:
        bits = int.from_bytes(hashlib.sha256(value.encode()).digest()[:8], "big")
    return [bits >> 32, bits & 0xFFFFFFFF]


def recompute(options, record):
    """The record with its `key` and `y` as JAX and Flax give them."""
    key = jax.random.key(options["seed"])
    data = encode(options["id-type"], record["id"]) + encode(options["step-type"], record["step"])
    for word in data:
        key = jax.random.fold_in(key, word)
    x = np.array([int(bits, 16) for bits in record["x"]], np.uint32).view(np.float32)
    rate, names = options["rate"], tuple(options["module-path"])
    if options["flavor"] == "raw":
        keep = 1.0 - rate
        dropout = lambda k, v: jnp.where(jax.random.bernoulli(k, keep, v.shape), v / keep, 0)
        y = jax.jit(dropout)(key, x)
    else:
        module = Nested(names, rate) if names else MyDropout(rate)
        y = apply(module, key, x, options["deterministic"])
    return record | {"key": words(key), "y": hexadecimal(y)}


def records():
    golden = json.loads((GOLDEN / "records.json").read_text(encoding="utf-8"))
    cases = []
    for case in golden["cases"]:
        options = case["options"]
        if options["scaling"] != "reciprocal":
            sys.exit(f"XLA scales by the reciprocal under jit, but a case asks for {options['scaling']}.")
        flax.config.update("flax_fix_rng_separator", options["rng-separator"])
        with jax.threefry_partitionable(options["partitionable"]), jax.enable_x64(options["x64"]):
            cases.append({"options": options, "records": [recompute(options, r) for r in case["records"]]})
    flax.config.update("flax_fix_rng_separator", False)
    return {"meta": golden["meta"], "cases": cases}


def write(path, sections):
    """One row a line, so that a change can be read in a diff."""
    texts = []
    for name, content in sections.items():
        dump = lambda value: json.dumps(value, ensure_ascii=False)
        text = dump(content) if isinstance(content, dict) else "[\n" + ",\n".join(map(dump, content)) + "\n]"
        texts.append(f"{dump(name)}: {text}")
    path.write_text("{" + ",\n".join(texts) + "\n}\n", encoding="utf-8")


def differences(where, found, expected):
    """Sentences that name each place where two JSON values differ."""
    if isinstance(expected, dict) and isinstance(found, dict) and list(found) == list(expected):
        for name in expected:
            yield from differences(f"{where}.{name}", found[name], expected[name])
    elif isinstance(expected, list) and isinstance(found, list) and len(found) == len(expected):
        for index, (a, b) in enumerate(zip(found, expected)):
            yield from differences(f"{where}[{index}]", a, b)
    elif found != expected:
        yield f"{where} is {found} instead of {expected}."


def main(description, files):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare the files with the real thing")
    check = parser.parse_args().check
    found = []
    for name, make in files.items():
        sections = {k: v if isinstance(v, dict) else list(v) for k, v in make().items()}
        if check:
            golden = json.loads((GOLDEN / name).read_text(encoding="utf-8"))
            found += differences(name, golden, sections)
        else:
            write(GOLDEN / name, sections)
        rows = sum(len(v) for v in sections.values() if isinstance(v, list))
        print(f"{name}: {rows} rows {'checked' if check else 'written'}")
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main(__doc__, {"primitives.json": primitives, "records.json": records})
