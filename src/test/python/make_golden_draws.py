"""Makes the golden vectors of non-uniform draws, src/test/resources/golden/draws.json, with the real JAX.

    target/golden/bin/python src/test/python/make_golden_draws.py            # writes the file
    target/golden/bin/python src/test/python/make_golden_draws.py --check    # compares it, writes nothing

The environment is that of make_golden.py, and so is the notation. A checksum is the CRC-32 of 2^21 draws as
little-endian words.
"""

import zlib

from make_golden import BOTH, PINNED, SEEDS, draw_rows, float32, jax, jnp, main, np

random = jax.random
FLOATS = {"normal": random.normal, "gumbel": random.gumbel, "exponential": random.exponential}
RANGES = [(0, 10), (-5, 3), (0, 1), (7, 7), (0, 65536), (0, 65537), (-(2**31), 2**31 - 1)]
PROBABILITIES = [0.1, 0.0, 0.4, 0.2, 0.05, 0.25]


def checksum(array):
    array = np.asarray(array)
    return f"{zlib.crc32(array.astype(array.dtype.newbyteorder('<')).tobytes()):08x}"


def checksum_rows():
    n = 2**21
    for partitionable in BOTH:
        with jax.threefry_partitionable(partitionable):
            for name, sampler in FLOATS.items():
                yield {"draw": name, "partitionable": partitionable, "seed": 7, "n": n} | {
                    "crc32": checksum(jax.jit(lambda key: sampler(key, (n,), jnp.float32))(random.key(7)))
                }


def randint_rows():
    for low, high in RANGES:
        draw = lambda key, n: random.randint(key, (n,), low, high, jnp.int32).tolist()
        yield from draw_rows("int32", draw, [1, 2, 5, 8], {"minval": low, "maxval": high})
    for low, high in RANGES + [(0, 2**33 + 5), (-(2**63), 2**63 - 1)]:
        draw = lambda key, n: [str(i) for i in random.randint(key, (n,), low, high, jnp.int64).tolist()]
        bounds = {"x64": True, "minval": str(low), "maxval": str(high)}
        yield from draw_rows("int64", draw, [1, 2, 5], bounds, x64=True)


def permutation_rows():
    draw = lambda key, n: random.permutation(key, n).tolist()
    return draw_rows("permutation", draw, [0, 1, 2, 3, 10, 33, 1625, 1626])


def choice_rows():
    p = jnp.array(PROBABILITIES, jnp.float32)
    for x64 in [False, True]:
        for replace in BOTH:
            draw = lambda key, n: random.choice(key, 9, (n,), replace).tolist()
            yield from draw_rows("indices", draw, [0, 1, 5, 9], {"x64": x64, "a": 9, "replace": replace}, x64=x64)
            draw = lambda key, n: random.choice(key, 6, (n,), replace, p).tolist()
            probabilities = {"x64": x64, "p": PROBABILITIES, "replace": replace}
            yield from draw_rows("indices", draw, [1, 3, 5], probabilities, x64=x64)


def categorical_rows():
    """Logits are i * 7 mod 5, many of them equal."""
    draw = lambda key, n: int(random.categorical(key, jnp.array([i * 7 % 5 for i in range(n)], jnp.float32)))
    return draw_rows("index", draw, [1, 2, 5, 33, 1000])


def sections():
    floats = {name: draw_rows("f32", float32(sampler), [1, 2, 5, 33]) for name, sampler in FLOATS.items()}
    integers = {"randint": randint_rows(), "permutation": permutation_rows(), "choice": choice_rows()}
    return {"meta": PINNED} | floats | integers | {"categorical": categorical_rows(), "checksums": checksum_rows()}


if __name__ == "__main__":
    main(__doc__, {"draws.json": sections})
