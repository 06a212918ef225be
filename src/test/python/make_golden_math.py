"""Makes the golden vectors of XLA's mathematics, src/test/resources/golden/math.json, with the real JAX.

    target/golden/bin/python src/test/python/make_golden_math.py            # writes the file
    target/golden/bin/python src/test/python/make_golden_math.py --check    # compares it, writes nothing

The environment is that of make_golden.py, and so is the notation. A checksum is the CRC-32 of 2^24 results, one for
each float32 with the same upper 8 bits, as little-endian words with every NaN as 7fc00000: all 2^32 arguments of a
function are in 256 checksums. It takes about 3 minutes.
"""

import zlib

from make_golden import PINNED, hexadecimal, jax, jnp, main, np

FUNCTIONS = {"log": jnp.log, "log1p": jnp.log1p, "exp": jnp.exp, "erf_inv": jax.lax.erf_inv}
CHUNK = 2**24


def floats(bits):
    return np.asarray(bits, np.uint32).view(np.float32)


def element_rows(function):
    """Arguments of every magnitude, and those about which implementations disagree."""
    edges = [0, 1, 0x7FFFFF, 0x800000, 0x3ED413CC, 0x3ED413CD, 0x3F3504F3, 0x3F7FFFFF, 0x3F800000, 0x3F800001]
    edges += [0x42AF999A, 0x42B19999, 0x42B1999A, 0x7F7FFFFF, 0x7F800000, 0x7FC00000]
    bits = edges + [word | 0x80000000 for word in edges[:-1]] + list(range(0x12345, 2**32, 0x01A2B3C5))
    x = floats(bits)
    for argument, result in zip(hexadecimal(x), hexadecimal(jax.jit(function)(x))):
        yield {"x": argument, "y": result}


def checksum(function, chunk):
    bits = np.arange(chunk * CHUNK, (chunk + 1) * CHUNK, dtype=np.uint64).astype(np.uint32)
    y = np.array(function(bits.view(np.float32)))
    y[np.isnan(y)] = floats(0x7FC00000)
    return f"{zlib.crc32(y.astype('<f4').tobytes()):08x}"


def checksum_rows():
    for name, function in FUNCTIONS.items():
        compiled = jax.jit(function)
        yield {"function": name, "crc32": [checksum(compiled, chunk) for chunk in range(256)]}


def reduction_rows():
    functions = {"sum": jnp.sum, "logsumexp": jax.nn.logsumexp}
    functions |= {"cumsum": jnp.cumsum, "softmax": jax.nn.softmax, "log_softmax": jax.nn.log_softmax}
    generator = np.random.default_rng(20260801)
    for n in [1, 2, 15, 16, 17, 31, 32, 33, 65, 257, 1025, 4095]:
        x = (generator.standard_normal(n) * 10 ** generator.uniform(-2, 1, n)).astype(np.float32)
        row = {name: hexadecimal(jax.jit(function)(x)) for name, function in functions.items()}
        yield {"n": n, "x": hexadecimal(x)} | row


def long_cumsum_rows():
    """The last element of long cumulative sums of i * 2654435761 mod 2^32 - 2^31, as float32 divided by 2^31."""
    for n in [4096, 4097, 5000, 65537, 262144]:
        words = (np.arange(n, dtype=np.uint64) * 2654435761 % 2**32).astype(np.int64) - 2**31
        x = words.astype(np.float32) / np.float32(2**31)
        yield {"n": n, "last": hexadecimal(jax.jit(jnp.cumsum)(x)[-1])[0]}


def sections():
    rows = {name: element_rows(function) for name, function in FUNCTIONS.items()}
    reductions = {"reductions": reduction_rows(), "long_cumsum": long_cumsum_rows()}
    return {"meta": PINNED} | rows | reductions | {"checksums": checksum_rows()}


if __name__ == "__main__":
    main(__doc__, {"math.json": sections})
