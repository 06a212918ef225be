"""Compares what the printed Python of each layer gives in several versions of JAX, and writes src/site/markdown/jax-versions.md.

    for v in 0.5.3 0.6.2 0.7.2 0.8.3 0.9.2 0.10.2; do
        python3.11 -m venv target/jax-$v && target/jax-$v/bin/pip install jax==$v jaxlib==$v flax
        target/jax-$v/bin/python src/test/python/compare_versions.py run target/jax-$v.npz
    done
    target/jax-0.10.2/bin/python src/test/python/compare_versions.py table target/jax-*.npz

Each layer is applied to 64 vectors of 1024 elements under jax.jit, vector i with the key of seed i.
"""

import os
import pathlib
import sys
from importlib.metadata import version

os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import jax.numpy as jnp
import numpy as np

RESOURCES = pathlib.Path(__file__).resolve().parents[1] / "resources" / "golden"
PAGE = pathlib.Path(__file__).resolve().parents[2] / "site" / "markdown" / "jax-versions.md"
sys.path.insert(0, str(RESOURCES))
import layers

REFERENCE = "0.10.2"
SHAPE = (32, 32)
VECTORS = 64
LAYERS = [
    "MyDropout(rate=0.1)",
    "MyDropout(rate=0.3, broadcast_dims=(1,))",
    'StochasticDepth(rate=0.3, form="select")',
    'StochasticDepth(rate=0.3, form="scenic")',
    'StochasticDepth(rate=0.3, form="floor")',
    "GaussianNoise(stddev=0.1)",
    "GaussianDropout(rate=0.2)",
    "UniformNoise(low=-0.1, high=0.3)",
    "Scale(stddev=0.1)",
    "Mask(rate=0.15, fill=-1.5)",
    "Erase(size=(7, 9))",
    "Crop(size=(24, 20))",
    "Roll(max_shift=(3, 5))",
    "Permute(axis=1)",
    "Categorical()",
    "Categorical(temperature=0.7, top_k=40, top_p=0.95)",
    "Mixup(reference=reference)",
]


def inputs(n, first=0):
    """As "uniform" in make_golden_layers.py."""
    words = np.arange(first, first + n, dtype=np.uint64) * 2654435761 % 2**32
    return (words.astype(np.int64) - 2**31).astype(np.float32) / np.float32(2**31)


def computed(expression):
    shape = (SHAPE[0] * SHAPE[1],) if expression.startswith("Categorical") else SHAPE
    names = vars(layers) | {"reference": jnp.asarray(inputs(3 * 1024, 12345).reshape((3,) + shape))}
    apply = lambda key, x: layers.Model(lambda: eval(expression, names)).apply({}, x, rngs={"dropout": key})
    keys = jax.vmap(jax.random.key)(jnp.arange(VECTORS))
    made = jax.jit(jax.vmap(apply))(keys, inputs(VECTORS * 1024).reshape((VECTORS,) + shape) * 4)
    if expression.startswith("Mixup"):
        made = made[0]
    return np.stack([np.float32(part) for part in made], 1) if isinstance(made, tuple) else np.asarray(made)


def decided(make):
    key = lambda i: jax.random.fold_in(jax.random.fold_in(jax.random.key(42), i), 0)
    decide = lambda i: layers.Model(make).apply({}, rngs={"dropout": key(i)})
    return np.asarray(jax.jit(jax.vmap(decide))(np.arange(65536, dtype=np.uint32)), np.float32)


def run(path):
    made = {expression: computed(expression) for expression in LAYERS}
    made["Sample(fraction=0.1)"] = decided(lambda: layers.Sample(0.1))
    made["Split(bounds=(0.8, 0.9))"] = decided(lambda: layers.Split((0.8, 0.9)))
    np.savez(path, versions=np.array([version("jax"), version("flax")]), **made)


def cell(found, expected):
    different = (found.view(np.uint32) != expected.view(np.uint32)).mean()
    return "equal" if different == 0 else f"{100 * different:.2g} % differ"


def table(paths):
    runs = [np.load(path) for path in paths]
    runs.sort(key=lambda run: [int(part) for part in str(run["versions"][0]).split(".")])
    reference = next(run for run in runs if str(run["versions"][0]) == REFERENCE)
    rows = ["| layer | " + " | ".join(f"JAX {run['versions'][0]}, Flax {run['versions'][1]}" for run in runs) + " |"]
    rows.append("|---" * (len(runs) + 1) + "|")
    for name in reference.files[1:]:
        rows.append(f"| `{name}` | " + " | ".join(cell(run[name], reference[name]) for run in runs) + " |")
    PAGE.write_text(TEXT.format(reference=REFERENCE, table="\n".join(rows)), encoding="utf-8")


TEXT = """# Versions of JAX

The golden vectors are those of JAX {reference}. The table says for which other versions the printed Python of a layer gives
the same bits under `jax.jit` on an x86-64 CPU with FMA, and how many of 65,536 elements differ where it does not.

{table}

What is made of bits alone is the same in all of them and on every processor: dropout, masks, blocks, shifts, permutations,
samples and splits. What is made of logarithms needs a CPU with FMA, and a version whose XLA has the functions of the
profile `xla-2026`.

`src/test/python/compare_versions.py` makes this page; its first lines have the commands.
"""

if __name__ == "__main__":
    run(sys.argv[2]) if sys.argv[1] == "run" else table(sys.argv[2:])
