"""Runs jobs under different options, and the Python that each prints at its end, with JAX and Flax.

    python -m venv venv && venv/bin/pip install jax==0.10.2 jaxlib==0.10.2 flax==0.12.8
    mvn -q compile && venv/bin/python src/test/python/check_recipes.py

Exits with status 1 if one bit of an output differs from the result of the printed program.
"""

import csv, functools, hashlib, json, pathlib, shlex, struct, subprocess, sys, tempfile

import flax.linen, jax, jax.numpy as jnp, numpy

CASES = [
    [],
    ["dropout.scaling=divide"],
    ["dropout.flavor=raw"],
    ["dropout.flavor=nnx", "source.fields.deterministic=plain"],
    ["dropout.flavor=nnx", "dropout.scaling=divide"],
    ["dropout.module-path=Block_0;MyDropout_0", "dropout.rng-separator=true"],
    ["dropout.partitionable=false"],
    ["dropout.x64=true", "dropout.seed=1099511627783"],
    ["dropout.id-type=uint64", "dropout.step-type=uint64"],
    ["dropout.id-type=string", "source.fields.id=name"],
    ["dropout.step-from=constant", "dropout.step=7"],
    ["dropout.step-from=counter"],
    ["augment.copies=3", "source.fields.deterministic=plain"],
    ["dropout.deterministic=true"],
    ["dropout.rate=1"],
    ["source.fields.id=meta.id", "source.fields.step=meta.of.step"],
    ["source.format=csv"],
]
RECORDS = [
    {"id": i, "meta": {"id": i, "of": {"step": i % 2}}, "na\"me": f"é{i}", "name": f"n{i}", "step": i % 3, "plain": i == 4, "features": x}
    for i, x in enumerate([[11.0], [], [0.1, -5.0, 3.0e38], [float(v) for v in range(-20, 20)], [1.5, 2.5]])
]


def write(directory):
    with open(directory / "in.json", "w") as f:
        for r in RECORDS:
            f.write(json.dumps(r) + "\n")
    with open(directory / "in.csv", "w") as f:
        f.write("id,step,features\n")
        for r in RECORDS:
            f.write(f"{r['id']},{r['step']},{';'.join(map(str, r['features']))}\n")


def read(path, format):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f)) if format == "csv" else [json.loads(line) for line in f]


def check(options):
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        write(directory)
        format = "csv" if "source.format=csv" in options else "json"
        job = {
            "execution.runtime-mode": "BATCH", "parallelism.default": 1, "source.connector": "filesystem",
            "source.path": directory / f"in.{format}", "source.format": format,
            "sink.connector": "filesystem", "sink.path": directory / "out", "dropout.rate": 0.1, "dropout.seed": 42,
        }
        job.update(option.split("=", 1) for option in options)
        (directory / "job.yaml").write_text("".join(f"{k}: '{v}'\n" for k, v in job.items()))
        command = ["mvn", "-q", "exec:exec", "-Dargs=" + shlex.join(["run", str(directory / "job.yaml")])]
        out = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        recipe = "\n".join(l[2:] for l in out.splitlines() if l.startswith("  "))
        id_field = "name" if "source.fields.id=name" in options else "id"
        inputs = {str(r[id_field]): r for r in read(directory / f"in.{format}", format)}
        wrong = count = 0
        for path in (directory / "out").iterdir():
            for after in read(path, format):
                names = dict(globals(), before=inputs[str(after[id_field])], after=after)
                jax.config.update("jax_threefry_partitionable", True)
                jax.config.update("jax_enable_x64", False)
                exec(recipe, names)
                values = after["features"]
                if format == "csv":
                    values = [float(v) for v in values.split(";") if v]
                same = numpy.array_equal(
                    numpy.asarray(names["y"], numpy.float32).view(numpy.uint32),
                    numpy.array(values, numpy.float32).view(numpy.uint32))
                count += 1
                wrong += not same
        print(f"{count} records, {wrong} wrong: {' '.join(options) or 'defaults'}")
        if wrong or count < len(RECORDS):
            print(recipe)
        return wrong == 0 and count >= len(RECORDS)


sys.exit(not all([check(options) for options in CASES]))
