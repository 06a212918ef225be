"""Runs jobs whose vectors are float64, bfloat16 and float16, and the Python that they print, with the real JAX and Flax.

    python -m venv venv && venv/bin/pip install jax==0.10.2 jaxlib==0.10.2 flax==0.12.8
    mvn -q compile && venv/bin/python src/test/python/check_types.py [ELEMENTS [TYPE ...]]

Each case has ELEMENTS elements in all, a million unless given, of each TYPE, all three unless given.
They are normal draws with all digits of a float64, which the job rounds as it reads them, or, where the
printed program treats every number as the job does, random bit patterns: subnormal numbers, infinities
and NaNs, too. Exits with status 1 if one bit of an output differs from what the printed program gives,
or if a written number is not exactly one of the type. All NaNs count as equal.
"""

import base64, json, math, pathlib, shlex, subprocess, sys, tempfile

import numpy

SIZE = 200_000
TYPES = ["float64", "bfloat16", "float16"]

# XLA flushes subnormal numbers where it multiplies, and NumPy keeps them where it divides.
DRAWS, BITS = "draws", "bits"
CASES = [
    ("dropout: {rate: 0.1, scaling: reciprocal, subnormals: keep}", "", DRAWS),
    ("dropout: {rate: 0.3, scaling: reciprocal, subnormals: flush}", "", BITS),
    ("dropout: {rate: 0.3, scaling: divide, subnormals: keep}", "", BITS),
    ("dropout: {rate: 0.1, scaling: divide, subnormals: flush}", "", DRAWS),
    ("layers: [{type: dropout, rate: 0.1}]", "", BITS),
    ("layers: [{type: stochastic-depth, rate: 0.3}]", "", BITS),
    ("layers: [{type: stochastic-depth, rate: 0.3, form: scenic}]", "", BITS),
    ("dropout: {rate: 0.7, module-path: Block_0;MyDropout_0, subnormals: flush}", "", BITS),
    ("dropout: {rate: 0.3, flavor: raw, subnormals: flush}", "", BITS),
    ("layers: [{type: dropout, rate: 0.0001}]", "", BITS),
    ("layers: [{type: dropout, rate: 1}]", "", BITS),
    ("layers: [{type: dropout, rate: 0.3, broadcast-dims: 1}]", "source.shape: 500x400", BITS),
    (
        "layers: [{type: dropout, rate: 0.2}, {type: stochastic-depth, rate: 0.4}, {type: dropout, rate: 0.3}]",
        "",
        DRAWS,
    ),
    ("layers: [{type: dropout, rate: 0.1}]", "source.features-encoding: base64-le", BITS),
    ("layers: [{type: dropout, rate: 0.1}]", "source.features-encoding: base64-be", BITS),
    ("layers: [{type: dropout, rate: 0.1}]", "rng.deterministic: true", BITS),
]
# A draw of float32 for vectors of another type.
WITHOUT_X64 = ["layers: [{type: dropout, rate: 0.1}]", "layers: [{type: stochastic-depth, rate: 0.3}]"]


def dtype(type):
    if type == "bfloat16":
        import ml_dtypes

        return numpy.dtype(ml_dtypes.bfloat16)
    return numpy.dtype(type)


def unsigned(type, order="="):
    return numpy.dtype(f"{order}u{dtype(type).itemsize}")


def words(values, type):
    """The bits of an array, with one pattern for all NaNs."""
    words = values.ravel().copy().view(unsigned(type))
    words[numpy.isnan(values.ravel())] = numpy.iinfo(words.dtype).max
    return words


def order(option):
    """The byte order of a job's base64; None where vectors are lists."""
    return {"le": "<", "be": ">"}.get(option[-2:]) if "base64" in option else None


def encoded(values, type, order):
    if order is None:
        return json.dumps(values.tolist(), separators=(",", ":"))
    return json.dumps(base64.b64encode(values.astype(dtype(type)).view(unsigned(type)).astype(unsigned(type, order))).decode())


def decoded(features, type, order):
    if order is not None:
        bits = numpy.frombuffer(base64.b64decode(features), unsigned(type, order))
        return bits.astype(unsigned(type)).view(dtype(type))
    exact = numpy.asarray(features, numpy.float64)
    values = exact.astype(dtype(type))
    if not numpy.array_equal(values.astype(numpy.float64), exact, equal_nan=True):
        sys.exit(f"A written number is none of {type}.")
    return values


def write(path, count, numbers, type, kind, order):
    with open(path, "w") as f:
        for i in range(count):
            if kind == BITS:
                features = numpy.frombuffer(numbers.bytes(SIZE * dtype(type).itemsize), dtype(type))
            else:
                features = numbers.standard_normal(SIZE)
            f.write('{"id":%d,"step":%d,"features":%s}\n' % (i, i % 3, encoded(features, type, order)))


def check(layers, option, type, x64, directory):
    job = directory / "job.yaml"
    job.write_text(f"""
execution.runtime-mode: BATCH
source: {{connector: filesystem, path: {directory}/in.jsonl, format: json, max-line-size: 16 mb}}
sink: {{connector: filesystem, path: {directory}/out, overwrite: true}}
source.features-type: {type}
{layers}
rng: {{seed: 42, x64: {x64}}}
{option}
""")
    command = ["mvn", "-q", "exec:exec", "-Dargs=" + shlex.join(["run", str(job)])]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    recipe = "\n".join(l[2:] for l in out.splitlines() if l.startswith("  "))
    (directory / "recipe.py").write_text(recipe)
    # A process of its own, since Flax's and JAX's flags are global.
    command = [sys.executable, __file__, "--compare", str(directory), type, option]
    return subprocess.run(command).returncode == 0


def compare(directory, type, option):
    import hashlib, struct
    import flax, flax.linen, jax, jax.numpy as jnp

    recipe = compile((directory / "recipe.py").read_text(), "recipe.py", "exec")
    with open(directory / "in.jsonl") as f:
        inputs = {record["id"]: record for record in map(json.loads, f)}
    names = dict(flax=flax, jax=jax, jnp=jnp, base64=base64, hashlib=hashlib, struct=struct, json=json, numpy=numpy)
    count = wrong = elements = 0
    for path in (directory / "out").iterdir():
        with open(path) as f:
            for after in map(json.loads, f):
                names.update(before=inputs[after["id"]], after=after, __name__="recipe")
                exec(recipe, names)
                y = numpy.asarray(names["y"])
                found = decoded(after["features"], type, order(option))
                count += 1
                wrong += y.dtype != dtype(type) or not numpy.array_equal(words(y, type), words(found, type))
                elements += found.size
    print(f"{count} records of {elements:,} elements, {wrong} wrong", end="", flush=True)
    return wrong == 0 and count == len(inputs)


def main():
    if sys.argv[1:2] == ["--compare"]:
        return compare(pathlib.Path(sys.argv[2]), *sys.argv[3:])
    right = True
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        numbers = numpy.random.default_rng(1)
        count = math.ceil((int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000) / SIZE)
        for layers, option, kind in CASES:
            for type in sys.argv[2:] or TYPES:
                write(directory / "in.jsonl", count, numbers, type, kind, order(option))
                both = type != "float64" and layers in WITHOUT_X64 and not option
                for x64 in ["true", "false"] if both else ["true"]:
                    right &= check(layers, option, type, x64, directory)
                    print(f": {type}, x64 {x64}, {kind}, {layers} {option}", flush=True)
    return right


if __name__ == "__main__":
    sys.exit(not main())
