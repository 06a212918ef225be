"""Compares each layer, on a million elements or more, with its printed Python in the real JAX and Flax, bit for bit.

    mvn -q test-compile exec:exec@test -Dmain=org.mydropout.kernel.layer.BulkLayers -Dargs=target/layers
    target/golden/bin/python src/test/python/compare_layers.py target/layers

The environment is that of make_golden.py, the inputs are those of make_golden_layers.py. Vector i has the key of seed
i. All vectors of a layer are computed at once, with jax.vmap. Exits with status 1 if one bit differs; all NaNs count as one.
"""

import json
import pathlib
import sys

directory = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(directory))
import layers
from make_golden import jax, jnp, np
from make_golden_layers import inputs


def computed(case):
    shape, vectors = tuple(case["shape"]), case["vectors"]
    names = vars(layers) | {"reference": jnp.asarray(inputs(case["input"], (3,) + shape, 12345))}
    apply = lambda key, x: layers.Model(lambda: eval(case["layer"], names)).apply({}, x, rngs={"dropout": key})
    keys = jax.vmap(jax.random.key)(jnp.arange(vectors))
    made = jax.jit(jax.vmap(apply))(keys, inputs(case["input"], (vectors,) + shape))
    if case["layer"].startswith("Mixup"):
        made = made[0]
    return np.stack([np.float32(part) for part in made], 1) if isinstance(made, tuple) else np.asarray(made)


def bits(values):
    return np.where(np.isnan(values), np.uint32(0x7FC00000), values.view(np.uint32))


wrong = 0
for case in json.loads((directory / "cases.json").read_text()):
    expected = computed(case)
    found = np.fromfile(directory / case["file"], ">f4").astype(np.float32).reshape(expected.shape)
    different = int((bits(found) != bits(expected)).sum())
    wrong += different
    elements = case["vectors"] * int(np.prod(case["shape"]))
    print(f"{different} differences, {elements} elements, {found.size} results: {case['layer']} on {case['shape']} {case['input']}")
sys.exit(wrong > 0)
