"""Calls MYDROPOUT from a PyFlink table program and compares the output with Flax bit by bit.

    pip install apache-flink==2.3.0 jax==0.10.2 flax==0.12.8
    mvn -q package -DskipTests
    python jobs/augment.py target/flink-mydropout-0.1.0.jar

Run it in the directory above jobs/. Ends with status 1 if any vector differs.
"""

import pathlib
import sys

import flax.linen as nn
import jax
import numpy as np
from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import call, col

RATE, SEED = 0.1, 42

IMAGES = """
CREATE TEMPORARY TABLE images (
  id BIGINT,
  step BIGINT,
  label INT,
  features ARRAY<FLOAT>
) WITH (
  'connector' = 'filesystem',
  'path' = 'jobs/data/fashion-mnist.jsonl',
  'format' = 'json'
)
"""


def augmented_images(jar):
    """Returns a pandas frame with id, step, features and augmented of each image, from Flink."""
    tables = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    tables.get_config().set("pipeline.jars", pathlib.Path(jar).resolve().as_uri())
    tables.execute_sql("LOAD MODULE mydropout")
    tables.execute_sql(IMAGES)
    dropout = call("MYDROPOUT", col("features"), RATE, SEED, col("id"), col("step"))
    return (
        tables.from_path("images")
        .select(col("id"), col("step"), col("features"), dropout.alias("augmented"))
        .to_pandas()
    )


@jax.jit
@jax.vmap
def flax_dropout(id, step, features):
    key = jax.random.fold_in(jax.random.fold_in(jax.random.key(SEED), id), step)
    return nn.Dropout(RATE, deterministic=False).apply({}, features, rngs={"dropout": key})


def main(jar):
    images = augmented_images(jar)
    expected = flax_dropout(
        images["id"].to_numpy(np.uint32),
        images["step"].to_numpy(np.uint32),
        np.stack(images["features"]),
    )
    found = np.stack(images["augmented"])
    equal = np.all(np.asarray(expected).view(np.uint32) == found.view(np.uint32), axis=1)
    print(f"{equal.sum()} of {len(equal)} vectors are those of Flax, bit for bit.")
    return 0 if equal.size and equal.all() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
