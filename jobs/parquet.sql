-- Converts JSON to Parquet, and applies dropout from Parquet to Parquet. Needs the Maven profile parquet.
SET 'pipeline.name' = 'augment-fashion-mnist-parquet';
SET 'execution.runtime-mode' = 'batch';

LOAD MODULE mydropout;

CREATE TEMPORARY TABLE images (
  id BIGINT,
  step BIGINT,
  label INT,
  features ARRAY<FLOAT>
) WITH (
  'connector' = 'filesystem',
  'path' = 'target/parquet/images',
  'format' = 'parquet'
);

CREATE TEMPORARY TABLE images_json WITH (
  'path' = 'jobs/data/fashion-mnist.jsonl',
  'format' = 'json'
) LIKE images (OVERWRITING OPTIONS);

CREATE TEMPORARY TABLE augmented WITH (
  'path' = 'target/parquet/augmented'
) LIKE images (OVERWRITING OPTIONS);

INSERT OVERWRITE images
SELECT * FROM images_json;

INSERT OVERWRITE augmented
SELECT id, step, label, MYDROPOUT(features, 0.1, 42, id, step)
FROM images;
