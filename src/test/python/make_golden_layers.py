"""Makes the golden vectors of layers, samples and splits, src/test/resources/golden/layers.json, samples.json,
dtypes.json and nnx.json, with the real JAX and Flax.

    target/golden/bin/python src/test/python/make_golden_layers.py            # writes the files
    target/golden/bin/python src/test/python/make_golden_layers.py --check    # compares them, writes nothing

The environment is that of make_golden.py, and so is the notation. It runs layers.py from the same directory, which is
the Python code that the project prints; a test compares the two. Inputs are made by a formula: word i is i *
2654435761 mod 2^32; "bits" is the float32 of those bits, "uniform" is (word - 2^31) / 2^31 in float32, "logits" is 8
times that. A long output is the CRC-32 of its little-endian words with every NaN as 7fc00000.
"""

import functools
import sys
import zlib

from flax import nnx
from make_golden import BOTH, GOLDEN, PINNED, hexadecimal, jax, jnp, main, np

sys.path.insert(0, str(GOLDEN))
import layers

SMALL = [(0,), (1,), (33,), (3, 4)]
LONG = (2**20,)
IMAGES = [(3, 4), (2, 3, 5), (1024, 1024)]
WITHOUT_SHAPE = {
    "dropout": [{"rate": 0.1}, {"rate": 0.5}, {"rate": 1.0}, {"rate": 1e-9}],
    "stochastic-depth": [
        {"rate": rate, "form": form} for rate in (0.3, 0.5, 1e-9) for form in ("select", "scenic", "floor")
    ] + [{"rate": 1.0, "form": "select"}],
    "gaussian-noise": [{"stddev": 0.05}, {"stddev": 2.0}, {"stddev": 1e-30}],
    "gaussian-dropout": [{"rate": 0.1}, {"rate": 0.75}],
    "uniform-noise": [{"low": -0.1, "high": 0.3}, {"low": 0.0, "high": 1.0}, {"low": 2.0, "high": 2.0}],
    "scale": [{"stddev": 0.1}, {"stddev": 3.0}],
    "mask": [{"rate": 0.15}, {"rate": 0.5, "fill": -1.5}, {"rate": 1.0, "fill": 103.0}],
    "permute": [{"axis": 0}],
    "mixup": [{}],
}
WITH_SHAPE = [
    ("dropout", {"rate": 0.3, "broadcast-dims": [0]}, IMAGES),
    ("dropout", {"rate": 0.3, "broadcast-dims": [1]}, IMAGES),
    ("dropout", {"rate": 0.3, "broadcast-dims": [0, 2]}, [(2, 3, 5)]),
    ("erase", {"size": [3], "fill": 0.5}, [(3,), (10,), LONG]),
    ("erase", {"size": [2, 3]}, [(2, 3), (28, 28)]),
    ("erase", {"size": [600, 800], "fill": -2.0}, [(1024, 1024)]),
    ("erase", {"size": [1, 2, 3]}, [(2, 3, 5)]),
    ("crop", {"size": [3]}, [(3,), (10,)]),
    ("crop", {"size": [2, 3]}, [(2, 3), (28, 28)]),
    ("crop", {"size": [1000, 1001]}, [(1024, 1024)]),
    ("crop", {"size": [1, 2, 3]}, [(2, 3, 5)]),
    ("roll", {"max-shift": [3]}, [(1,), (2,), (10,), LONG]),
    ("roll", {"max-shift": [2, 0]}, [(3, 4), (1024, 1024)]),
    ("roll", {"max-shift": [1, 2, 9]}, [(2, 3, 5)]),
    ("permute", {"axis": 1}, IMAGES),
]
FILTERS = [
    {}, {"temperature": 0.7}, {"temperature": 1.3, "top-k": 50}, {"top-p": 0.9}, {"temperature": 0.8, "top-k": 40, "top-p": 0.95}
]
FLAX_NAMES = {
    "dropout": "MyDropout", "stochastic-depth": "StochasticDepth", "gaussian-noise": "GaussianNoise",
    "gaussian-dropout": "GaussianDropout", "uniform-noise": "UniformNoise", "scale": "Scale", "mask": "Mask",
    "erase": "Erase", "crop": "Crop", "roll": "Roll", "permute": "Permute", "categorical": "Categorical", "mixup": "Mixup",
}


def words(n, first=0):
    return (np.arange(first, first + n, dtype=np.uint64) * 2654435761 % 2**32).astype(np.uint32)


def inputs(kind, shape, first=0):
    n = int(np.prod(shape))
    if kind == "bits":
        return words(n, first).view(np.float32).reshape(shape)
    uniform = (words(n, first).astype(np.int64) - 2**31).astype(np.float32) / np.float32(2**31)
    return (uniform * np.float32(8 if kind == "logits" else 1)).reshape(shape)


def checksum(y):
    y = np.array(y, np.float32)
    y[np.isnan(y)] = np.uint32(0x7FC00000).view(np.float32)
    return f"{zlib.crc32(y.astype('<f4').tobytes()):08x}"


def layer(name, values, **more):
    flax_name = FLAX_NAMES[name]
    tuples = {k.replace("-", "_"): tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return lambda: getattr(layers, flax_name)(**tuples, **more, name=flax_name + "_0")


def compiled(make):
    """One function for many keys: what apply_layer compiles."""
    return jax.jit(lambda key, x: layers.Model(make).apply({}, x, False, rngs={"dropout": key}))


def rows(name, values, config, seeds, shape, kind):
    x = inputs(kind, shape)
    partitionable, x64 = config
    with jax.threefry_partitionable(partitionable), jax.enable_x64(x64):
        more = {"reference": jnp.asarray(inputs(kind, (3,) + shape, 12345))} if name == "mixup" else {}
        apply = compiled(layer(name, values, **more))
        for seed in seeds:
            y = apply(jax.random.key(seed), x)
            y = np.asarray(y[0] if name == "mixup" else y)
            if y.dtype != np.float32:
                sys.exit(f"{name} gave {y.dtype}.")
            made = {"layer": name, "values": values, "partitionable": partitionable, "x64": x64, "seed": seed}
            made |= {"shape": list(shape), "input": kind, "outputShape": list(y.shape)}
            yield made | ({"y": hexadecimal(y)} if y.size < 1000 else {"crc32": checksum(y)})


def layer_rows():
    default, original, wide = (True, False), (False, False), (True, True)
    for name, many in WITHOUT_SHAPE.items():
        for values in many:
            for shape in SMALL:
                yield from rows(name, values, default, [3], shape, "uniform")
            for config in [original, wide]:
                yield from rows(name, values, config, [5, 6], (33,), "bits")
            yield from rows(name, values, default, [0, 1], LONG, "bits")
    for name, values, shapes in WITH_SHAPE:
        for shape in shapes:
            for config in [default] if shape[0] >= 1024 else [default, original, wide]:
                yield from rows(name, values, config, [0, 1], shape, "bits" if shape[0] >= 1024 else "uniform")


def categorical_rows():
    """Each row has the CRC-32 of all indices as int32, and of all log-probabilities, of draws with seeds 0 to draws - 1."""
    for values in FILTERS:
        for n, draws in [(1, 2), (2, 64), (17, 64), (1000, 256), (5000, 16), (50257, 4)]:
            for partitionable in BOTH if n == 17 else [True]:
                for x64 in BOTH if n == 17 else [False]:
                    with jax.threefry_partitionable(partitionable), jax.enable_x64(x64):
                        apply = compiled(layer("categorical", values))
                        pairs = [apply(jax.random.key(s), inputs("logits", (n,), s * n)) for s in range(draws)]
                    indices = np.array([int(i) for i, _ in pairs], "<i4")
                    logs = np.array([p for _, p in pairs], np.float32)
                    made = {"values": values, "n": n, "draws": draws, "partitionable": partitionable, "x64": x64}
                    made |= {"indices": f"{zlib.crc32(indices.tobytes()):08x}", "logProbabilities": checksum(logs)}
                    yield made | {"first": [int(indices[0]), hexadecimal(logs)[0]]}


def greedy_rows():
    for n in [1, 2, 17, 1000, 50257]:
        index, log_probability = layers.apply_layer(layer("categorical", {}), jax.random.key(0), inputs("logits", (n,)), True)
        yield {"n": n, "index": int(index), "logProbability": hexadecimal(log_probability)[0]}


def decisions(make, config, seed, ids, step):
    """Of every id, as bytes of 0, 1, 2, ..."""
    partitionable, x64 = config
    with jax.threefry_partitionable(partitionable), jax.enable_x64(x64):
        base = jax.random.key(seed)

        def decide(word):
            key = jax.random.fold_in(jax.random.fold_in(base, word), step)
            return layers.Model(make).apply({}, rngs={"dropout": key})

        return np.asarray(jax.jit(jax.vmap(decide))(ids)).astype(np.uint8).tobytes()


def sample_rows():
    """All ids from 0 to n - 1 at a step; by the id alone it is step 0."""
    makers = [({"fraction": f}, functools.partial(layers.Sample, f, name="Sample_0")) for f in (0.0, 0.1, 0.5, 1.0)]
    bounds = [(0.8, 0.9), (0.3,), ()]
    makers += [({"bounds": list(b)}, functools.partial(layers.Split, b, name="Split_0")) for b in bounds]
    for what, make in makers:
        for config in [(True, False), (False, False), (True, True)]:
            for step, n in [(0, 1000000), (4000000000, 10000)] if config == (True, False) else [(7, 10000)]:
                made = decisions(make, config, 42, np.arange(n, dtype=np.uint32), step)
                row = what | {"partitionable": config[0], "x64": config[1], "seed": 42, "step": step, "n": n}
                yield row | {"first": "".join(map(str, made[:32])), "crc32": f"{zlib.crc32(made):08x}"}


def samples():
    return {"meta": PINNED, "samples": sample_rows()}


def dtype_rows():
    """Every value of the 16-bit types, and as many float64 numbers, whose bits are two words of the formula."""
    n = 2**16
    wide = words(2 * n).astype(np.uint64)
    values = {
        "bfloat16": np.arange(n, dtype=np.uint16).view(jnp.bfloat16),
        "float16": np.arange(n, dtype=np.uint16).view(np.float16),
        "float64": ((wide[:n] << np.uint64(32)) | wide[n:]).view(np.float64),
    }
    cases = [("dropout", {"rate": rate}) for rate in (0.1, 0.3, 0.7, 1e-4, 1.0)]
    cases += [("stochastic-depth", {"rate": 0.3, "form": form}) for form in ("select", "scenic")]
    for dtype, x in values.items():
        for x64 in [True] if dtype == "float64" else BOTH:
            for name, chosen in cases:
                with jax.enable_x64(x64):
                    apply = compiled(layer(name, chosen))
                    for seed in [0, 1, 2, 3]:
                        y = np.array(apply(jax.random.key(seed), jnp.asarray(x)))
                        if y.dtype != x.dtype:
                            sys.exit(f"{name} made {y.dtype} of {dtype}.")
                        bits = y.view(np.uint64 if dtype == "float64" else np.uint16)
                        bits[np.isnan(y)] = {"bfloat16": 0x7FC0, "float16": 0x7E00, "float64": 0x7FF8 << 48}[dtype]
                        made = {"layer": name, "values": chosen, "dtype": dtype, "partitionable": True, "x64": x64, "seed": seed}
                        yield made | {"crc32": f"{zlib.crc32(bits.astype(bits.dtype.newbyteorder('<')).tobytes()):08x}"}


def dtypes():
    return {"meta": PINNED, "dtypes": dtype_rows()}


def nnx_rows():
    """Dropout layers of flax.nnx, one after the other, that fork their streams from the Rngs of a record's key."""
    chains = [[{"rate": rate}] for rate in (0.1, 0.5, 1.0, 1e-9)]
    chains += [[{"rate": 0.3}, {"rate": 0.0}, {"rate": 0.5}], [{"rate": 0.3, "broadcast-dims": [0]}, {"rate": 0.1}]]
    for chain in chains:
        for shape in [(1,), (33,), (3, 4), LONG]:
            for partitionable, x64 in [(True, False)] if shape == LONG else [(True, False), (False, False), (True, True)]:
                x = inputs("bits" if shape == LONG else "uniform", shape)
                with jax.threefry_partitionable(partitionable), jax.enable_x64(x64):
                    for seed, id, step in [(42, 7, 3), (43, 2**32 - 1, 0)]:
                        key = jax.random.fold_in(jax.random.fold_in(jax.random.key(seed), id), step)
                        rngs, y = nnx.Rngs(dropout=key), x
                        for values in chain:
                            arguments = {k.replace("-", "_"): v for k, v in values.items()}
                            y = nnx.jit(lambda layer, x: layer(x))(nnx.Dropout(**arguments, rngs=rngs), y)
                        y = np.asarray(y)
                        made = {"chain": chain, "partitionable": partitionable, "x64": x64, "seed": seed, "id": id, "step": step}
                        made |= {"shape": list(shape), "input": "bits" if shape == LONG else "uniform"}
                        yield made | ({"y": hexadecimal(y)} if y.size < 1000 else {"crc32": checksum(y)})


def nnx_sections():
    return {"meta": PINNED, "nnx": nnx_rows()}


def sections():
    return {"meta": PINNED, "layers": layer_rows(), "categorical": categorical_rows(), "greedy": greedy_rows()}


if __name__ == "__main__":
    main(__doc__, {"samples.json": samples, "dtypes.json": dtypes, "nnx.json": nnx_sections, "layers.json": sections})
