"""Makes the golden vectors of decimals as elements of each type, src/test/resources/golden/numbers.json, with the real JAX.

    target/golden/bin/python src/test/python/make_golden_numbers.py            # writes the file
    target/golden/bin/python src/test/python/make_golden_numbers.py --check    # compares it, writes nothing

The environment is that of make_golden.py. A row has a decimal and the bits of jnp.array([float(decimal)], type);
null where they are those of an infinity.
"""

from make_golden import PINNED, jax, jnp, main, np

TYPES = {"float64": np.uint64, "bfloat16": np.uint16, "float16": np.uint16}


def middles():
    """Numbers in the middle between two 16-bit ones, where float32 is, and around both."""
    for places in (8, 11):
        for odd in (1, 3, 255):
            middle = 1 + odd * 2.0**-places
            for away in (0, 2.0**-24, 2.0**-30, 2.0**-50):
                yield from (middle + away, middle - away, -(middle + away) * 2.0**-20)
    for least in (2.0**-14, 2.0**-24, 2.0**-126, 2.0**-133, 2.0**-149, 2.0**-1022, 2.0**-1074):
        yield from (least, 0.5 * least, 0.75 * least, 1.5 * least, 2.5 * least)


def decimals():
    yield from "0 -0 0.0 -0.0 1 0.1 -0.3 7 65504 65519.99 65520 3.39e38 3.3961775e38 3.4e38 1e39 1e-400 1e308 -1.8e308".split()
    yield from "123456789012345678 12345678901234567890123 0.30000000000000004441 1.00390625 1.003906250000000000001".split()
    yield from "1.00390631 1.0004882812500000000001 5e-324 2.4703282292062328e-324 9007199254740993 1e22 1e23 4.35e-5".split()
    yield from map(repr, middles())
    numbers = np.random.default_rng(1)
    yield from map(repr, numbers.standard_normal(100).tolist())
    yield from map(repr, (10.0 ** numbers.uniform(-45, 39, 60)).tolist())


def bits(decimal, dtype, word):
    with jax.enable_x64(True):
        array = np.asarray(jnp.array([float(decimal)], dtype))
    value = array.view(word)[0]
    return None if np.isinf(array[0]) else f"{value:0{2 * array.dtype.itemsize}x}"


def rows():
    for decimal in decimals():
        yield {"decimal": decimal} | {name: bits(decimal, getattr(jnp, name), word) for name, word in TYPES.items()}


if __name__ == "__main__":
    main(__doc__, {"numbers.json": lambda: {"meta": PINNED, "numbers": rows()}})
