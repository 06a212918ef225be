"""Runs a job for each layer, and the Python that it prints at its end, with the real JAX and Flax.

    python -m venv venv && venv/bin/pip install jax==0.10.2 jaxlib==0.10.2 flax==0.12.8
    mvn -q compile && venv/bin/python src/test/python/check_layers.py [ELEMENTS]

Each case has ELEMENTS elements in all, a million unless given. Exits with status 1 if one bit of an
output differs from what the printed program gives.
"""

import json, math, pathlib, shlex, subprocess, sys, tempfile

import numpy

IMAGE = "source.shape: 250x200"
CASES = [
    ("[{type: dropout, rate: 0.1}]", ""),
    ("[{type: dropout, rate: 1}]", ""),
    ("[{type: dropout, rate: 0.3, broadcast-dims: 1}]", IMAGE),
    ("[{type: stochastic-depth, rate: 0.5}]", ""),
    ("[{type: stochastic-depth, rate: 0.5, form: scenic}]", ""),
    ("[{type: stochastic-depth, rate: 0.5, form: floor}]", ""),
    ("[{type: gaussian-noise, stddev: 0.05}]", ""),
    ("[{type: gaussian-dropout, rate: 0.2}]", ""),
    ("[{type: uniform-noise, low: -0.3, high: 0.7}]", ""),
    ("[{type: scale, stddev: 0.1}]", ""),
    ("[{type: mask, rate: 0.15, fill: -1}]", ""),
    ("[{type: erase, size: 40x30, fill: 0.5}]", IMAGE),
    ("[{type: crop, size: 224x190}]", IMAGE),
    ("[{type: roll, max-shift: 20x30}]", IMAGE),
    ("[{type: permute}]", ""),
    ("[{type: permute, axis: 1}]", IMAGE),
    ("[{type: categorical}]", ""),
    ("[{type: categorical, temperature: 0.7, top-k: 40, top-p: 0.9}]", ""),
    ("[{type: categorical}]", "rng.deterministic: true"),
    ("[{type: dropout, rate: 0.1, name: First}, {type: scale, stddev: 0.1}, {type: gaussian-noise, stddev: 0.05},"
     " {type: dropout, rate: 0.2}, {type: crop, size: 200x200}]", IMAGE),
    ("[{type: gaussian-noise, stddev: 0.05}]", "rng.rng-separator: true"),
    ("[{type: gaussian-noise, stddev: 0.05}]", "rng.partitionable: false"),
    ("[{type: mixup, reference: REFERENCE}]", ""),
]
SIZE = 50_000


def write(path, count, numbers):
    with open(path, "w") as f:
        for i in range(count):
            features = numbers.standard_normal(SIZE, numpy.float32)
            text = ",".join(numpy.format_float_positional(v, unique=True, trim="0") for v in features)
            f.write('{"id":%d,"step":%d,"features":[%s]}\n' % (i, i % 3, text))


def bits(values):
    return numpy.asarray(values, numpy.float32).ravel().view(numpy.uint32)


def check(layers, option, directory):
    job = directory / "job.yaml"
    job.write_text(f"""
execution.runtime-mode: BATCH
source: {{connector: filesystem, path: {directory}/in.jsonl, format: json, max-line-size: 16 mb}}
sink: {{connector: filesystem, path: {directory}/out, overwrite: true}}
layers: {layers.replace("REFERENCE", str(directory / "reference.jsonl"))}
rng.seed: 42
{option}
""")
    command = ["mvn", "-q", "exec:exec", "-Dargs=" + shlex.join(["run", str(job)])]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    recipe = "\n".join(l[2:] for l in out.splitlines() if l.startswith("  "))
    (directory / "recipe.py").write_text(recipe)
    # A process of its own, since Flax's and JAX's flags are global.
    command = [sys.executable, __file__, "--compare", str(directory)]
    return subprocess.run(command).returncode == 0


def compare(directory):
    import hashlib, struct
    import flax, flax.linen, jax, jax.numpy as jnp

    recipe = compile((directory / "recipe.py").read_text(), "recipe.py", "exec")
    inputs = {}
    with open(directory / "in.jsonl") as f:
        for line in f:
            record = json.loads(line)
            inputs[record["id"]] = record
    names = dict(flax=flax, jax=jax, jnp=jnp, hashlib=hashlib, struct=struct, json=json, numpy=numpy)
    count = wrong = elements = 0
    for path in (directory / "out").iterdir():
        with open(path) as f:
            for line in f:
                after = json.loads(line)
                names.update(before=inputs[after["id"]], after=after, __name__="recipe")
                exec(recipe, names)
                same = numpy.array_equal(bits(names["y"]), bits(after["features"]))
                for field in ("index", "log_probability"):
                    if field in after:
                        same &= numpy.array_equal(bits(names[field]), bits(after[field]))
                count += 1
                wrong += not same
                elements += len(names["before"]["features"])
    print(f"{count} records of {elements:,} elements, {wrong} wrong", end="", flush=True)
    return wrong == 0 and count == len(inputs)


def main():
    if sys.argv[1:2] == ["--compare"]:
        return compare(pathlib.Path(sys.argv[2]))
    right = True
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        numbers = numpy.random.default_rng(1)
        elements = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
        write(directory / "in.jsonl", math.ceil(elements / SIZE), numbers)
        write(directory / "reference.jsonl", 5, numbers)
        for layers, option in CASES:
            right &= check(layers, option, directory)
            print(f": {layers} {option}", flush=True)
    return right


if __name__ == "__main__":
    sys.exit(not main())
