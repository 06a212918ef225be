"""Runs explain under different options, and the Python that it prints, with JAX and Flax.

    python -m venv venv && venv/bin/pip install jax==0.10.2 jaxlib==0.10.2 flax==0.12.8
    mvn -q compile && venv/bin/python src/test/python/check_explain.py

Exits with status 1 if a key, a mask or one bit of a vector differs from JAX's.
"""

import base64, json, pathlib, shlex, subprocess, sys, tempfile

import jax, jax.numpy as jnp, numpy

X = [1.0, -2.5, 0.0, 3.0e38, 0.1] + [float(v) for v in range(20)]
CASES = [
    [],
    ["--shape", "5x5"],
    ["-Ddropout.scaling=divide"],
    ["-Ddropout.flavor=raw"],
    ["-Ddropout.flavor=nnx"],
    ["-Ddropout.module-path=Block_0;MyDropout_0", "-Ddropout.rng-separator=true"],
    ["-Ddropout.partitionable=false"],
    ["-Ddropout.x64=true", "--seed", "1099511627783"],
    ["-Ddropout.id-type=uint64", "-Ddropout.step-type=uint64"],
    ["-Ddropout.id-type=string"],
    ["--rate", "1"],
    ["-Ddropout.deterministic=true"],
    ["--rate", "0"],
]


def explain(arguments):
    command = ["mvn", "-q", "exec:exec", "-Dargs=" + shlex.join(["explain", *arguments, "--json"])]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def equal(a, b):
    return numpy.array_equal(
        numpy.asarray(a, numpy.float32).view(numpy.uint32), numpy.array(b, numpy.float32).view(numpy.uint32))


def check(case, directory):
    id = "a" if "-Ddropout.id-type=string" in case else 7
    (directory / "in.jsonl").write_text(json.dumps({"id": id, "step": 3, "features": X}) + "\n")
    (directory / "job.yaml").write_text(json.dumps({
        "source": {"connector": "filesystem", "path": str(directory / "in.jsonl"), "format": "json"},
        "sink": {"connector": "filesystem", "path": str(directory / "out")},
        "dropout": {"rate": 0.3, "seed": 42}}))
    told = explain([str(directory / "job.yaml"), "--id", str(id), "--step", "3", *case])
    jax.config.update("jax_threefry_partitionable", True)
    jax.config.update("jax_enable_x64", False)
    names = {}
    exec(told["python"], names)
    right = equal(names["y"], told["after"]) and equal(X, told["before"])
    for layer in told["layers"]:
        key = jax.random.wrap_key_data(jnp.array(layer["key"], jnp.uint32))
        mask = layer["mask"]
        bits = numpy.unpackbits(numpy.frombuffer(base64.b64decode(mask["bits"]), numpy.uint8), count=mask["size"])
        rate = float(dict(o.split("=", 1) for o in told["options"])["rate"])
        drawn = numpy.asarray(jax.random.bernoulli(key, 1 - rate, (mask["size"],)))
        right &= numpy.array_equal(bits.astype(bool), drawn) and mask["kept"] == drawn.sum()
        path = told["folds"][-1]["key"]
        if "callHash" in layer:
            path = jax.random.key_data(
                jax.random.fold_in(jax.random.wrap_key_data(jnp.array(path, jnp.uint32)), layer["callHash"]))
        right &= list(map(int, path)) == layer["key"]
    print("right" if right else "WRONG", *case)
    return right


with tempfile.TemporaryDirectory() as name:
    sys.exit(not all([check(case, pathlib.Path(name)) for case in CASES]))
