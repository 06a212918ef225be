"""Runs a sample with a split over a million ids, and compares which ids are where with JAX and Flax.

    python -m venv venv && venv/bin/pip install jax==0.10.2 jaxlib==0.10.2 flax==0.12.8
    mvn -q compile && venv/bin/python src/test/python/check_selection.py [IDS]

The job runs as a stream and as a batch, at parallelism 1 and 4. Exits with status 1 if one id is not
where the Python that the job prints puts it.
"""

import json, pathlib, shlex, subprocess, sys, tempfile

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy

IDS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
PARTS = ["train", "validation", "test"]
JOB = """
execution: {{runtime-mode: {mode}, checkpointing.interval: 10 s}}
parallelism.default: {parallelism}
source: {{connector: filesystem, path: {directory}/in.jsonl, format: json}}
sink: {{connector: filesystem, path: {directory}/out, overwrite: true}}
rng.seed: 42
sample: {{fraction: 0.1, by: id}}
split: {{by: id, into: {{train: 0.8, validation: 0.1, test: 0.1}}}}
"""


def run(directory, mode, parallelism):
    job = directory / "job.yaml"
    job.write_text(JOB.format(mode=mode, parallelism=parallelism, directory=directory))
    command = ["mvn", "-q", "exec:exec", "-Dargs=" + shlex.join(["run", str(job)])]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    ids = {}
    for part in PARTS:
        lines = [line for path in (directory / "out" / part).iterdir() for line in open(path)]
        ids[part] = sorted(json.loads(line)["id"] for line in lines)
        assert len(set(ids[part])) == len(ids[part])
    return ids, "\n".join(l[2:] for l in out.splitlines() if l.startswith("  "))


def expected(recipe):
    """The ids of each part, by the modules that the job printed, for all ids at once."""
    names = dict(nn=nn, jax=jax, jnp=jnp, __name__="recipe", before={"features": [1.0]}, after={"id": 0, "step": 0})
    exec(recipe, names)

    def decide(id):
        key = jax.random.fold_in(jax.random.fold_in(jax.random.key(42), id), 0)
        sample = lambda: names["Sample"](fraction=0.1, name="Sample_0")
        split = lambda: names["Split"](bounds=(0.8, 0.9), name="Split_0")
        model = lambda make: names["Model"](make).apply({}, rngs={"dropout": key})
        return model(sample), model(split)

    sampled, part = map(numpy.asarray, jax.jit(jax.vmap(decide))(numpy.arange(IDS, dtype=numpy.uint32)))
    return {name: numpy.flatnonzero(sampled & (part == i)).tolist() for i, name in enumerate(PARTS)}


right = True
with tempfile.TemporaryDirectory() as name:
    directory = pathlib.Path(name)
    with open(directory / "in.jsonl", "w") as f:
        f.writelines('{"id":%d,"step":%d,"features":[1]}\n' % (i, i % 7) for i in range(IDS))
    for mode in ["BATCH", "STREAMING"]:
        for parallelism in [1, 4]:
            found, recipe = run(directory, mode, parallelism)
            same = found == expected(recipe)
            right &= same
            print(mode, parallelism, {k: len(v) for k, v in found.items()}, "equal" if same else "DIFFERENT", flush=True)
sys.exit(not right)
