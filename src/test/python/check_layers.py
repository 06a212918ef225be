"""Runs a job for each layer, and the Python that it prints at its end, with the real JAX and Flax.

    python -m venv venv && venv/bin/pip install jax==0.10.2 jaxlib==0.10.2 flax==0.12.8
    mvn -q compile && venv/bin/python src/test/python/check_layers.py [ELEMENTS [TEXT]]

Each case has ELEMENTS elements in all, a million unless given; with a TEXT, only the cases that contain
it run. Exits with status 1 if one bit of an output differs from what the printed program gives.
"""

import csv, json, math, pathlib, shlex, subprocess, sys, tempfile

import numpy

IMAGE = "source.shape: 250x200"
TEXT_IDS = "rng.id-type: string"
CSV = "source.format: csv"
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
    ("[{type: mixup, reference: REFERENCE}]", "rng.deterministic: true"),
    ("[{type: dropout, rate: 0.1, flavor: nnx}]", ""),
    ("[{type: dropout, rate: 0.1, flavor: raw}]", ""),
    ("[{type: dropout, rate: 0.3, broadcast-dims: 1, flavor: nnx}, {type: scale, stddev: 0.1},"
     " {type: dropout, rate: 0.2, flavor: nnx}, {type: dropout, rate: 0.2}]", IMAGE),
    ("[{type: dropout, rate: 0.1}, {type: gaussian-noise, stddev: 0.05}]", TEXT_IDS),
    ("[{type: dropout, rate: 0.1, flavor: nnx}]", TEXT_IDS),
    ("[{type: dropout, rate: 0.1}, {type: gaussian-noise, stddev: 0.05}]", CSV),
    ("[{type: erase, size: 40x30, fill: 0.5}, {type: crop, size: 224x190}]", CSV + "\n" + IMAGE),
    ("[{type: categorical, top-k: 40}]", CSV),
    ("[{type: mixup, reference: REFERENCE}]", CSV + "\n" + TEXT_IDS),
]
SIZE = 50_000


def write(directory, name, count, numbers):
    """Records as JSON with integers as ids, as JSON with texts as ids, and as CSV."""
    paths = [directory / f"{name}{end}" for end in (".jsonl", "-text.jsonl", ".csv")]
    with open(paths[0], "w") as ints, open(paths[1], "w") as texts, open(paths[2], "w") as rows:
        rows.write("id,step,features\n")
        for i in range(count):
            features = numbers.standard_normal(SIZE, numpy.float32)
            values = [numpy.format_float_positional(v, unique=True, trim="0") for v in features]
            ints.write('{"id":%d,"step":%d,"features":[%s]}\n' % (i, i % 3, ",".join(values)))
            texts.write('{"id":"é%d","step":%d,"features":[%s]}\n' % (i, i % 3, ",".join(values)))
            rows.write("%d,%d,%s\n" % (i, i % 3, ";".join(values)))


def source(option):
    """The input of a job with such options."""
    return "in.csv" if CSV in option else "in-text.jsonl" if TEXT_IDS in option else "in.jsonl"


def read(path):
    csv.field_size_limit(2**30)
    with open(path, encoding="utf-8", newline="") as f:
        if f.read(1) == "{":
            f.seek(0)
            yield from map(json.loads, f)
        else:
            f.seek(0)
            yield from csv.DictReader(f)


def vector(record):
    features = record["features"]
    return [float(v) for v in features.split(";") if v] if isinstance(features, str) else features


def bits(values):
    return numpy.asarray(values, numpy.float32).ravel().view(numpy.uint32)


def check(layers, option, directory):
    job = directory / "job.yaml"
    job.write_text(f"""
execution.runtime-mode: BATCH
source: {{connector: filesystem, path: {directory}/{source(option)}, max-line-size: 16 mb}}
sink: {{connector: filesystem, path: {directory}/out, overwrite: true}}
layers: {layers.replace("REFERENCE", str(directory / "reference.jsonl"))}
rng.seed: 42
{option if CSV in option else option + chr(10) + "source.format: json"}
""")
    command = ["mvn", "-q", "exec:exec", "-Dargs=" + shlex.join(["run", str(job)])]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    recipe = "\n".join(l[2:] for l in out.splitlines() if l.startswith("  "))
    (directory / "recipe.py").write_text(recipe)
    # A process of its own, since Flax's and JAX's flags are global.
    command = [sys.executable, __file__, "--compare", str(directory), source(option)]
    return subprocess.run(command).returncode == 0


def compare(directory, source):
    import hashlib, struct
    import flax, flax.linen, jax, jax.numpy as jnp

    recipe = compile((directory / "recipe.py").read_text(), "recipe.py", "exec")
    inputs = {record["id"]: record for record in read(directory / source)}
    names = dict(flax=flax, jax=jax, jnp=jnp, hashlib=hashlib, struct=struct, json=json, numpy=numpy)
    count = wrong = elements = 0
    for path in (directory / "out").iterdir():
        for after in read(path):
            names.update(before=inputs[after["id"]], after=after, __name__="recipe")
            exec(recipe, names)
            same = numpy.array_equal(bits(names["y"]), bits(vector(after)))
            for field in ("index", "log_probability", "mixup_lambda"):
                if field in after:
                    same &= numpy.array_equal(bits(names[field]), bits(float(after[field])))
            same &= names.get("mixup_partner") == after.get("mixup_partner")
            count += 1
            wrong += not same
            elements += len(vector(names["before"]))
    print(f"{count} records of {elements:,} elements, {wrong} wrong", end="", flush=True)
    return wrong == 0 and count == len(inputs)


def main():
    if sys.argv[1:2] == ["--compare"]:
        return compare(pathlib.Path(sys.argv[2]), sys.argv[3])
    right = True
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        numbers = numpy.random.default_rng(1)
        elements = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
        write(directory, "in", math.ceil(elements / SIZE), numbers)
        write(directory, "reference", 5, numbers)
        text = sys.argv[2] if len(sys.argv) > 2 else ""
        for layers, option in [case for case in CASES if text in " ".join(case)]:
            right &= check(layers, option, directory)
            print(": " + " ".join([layers, *option.split("\n")]), flush=True)
    return right


if __name__ == "__main__":
    sys.exit(not main())
