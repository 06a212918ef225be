-- jobs/augment.yaml in SQL: drops 10 % of the pixels of 1,000 Fashion-MNIST images.
SET 'pipeline.name' = 'augment-fashion-mnist-sql';
SET 'execution.runtime-mode' = 'batch';

LOAD MODULE mydropout;

CREATE TEMPORARY TABLE images (
  id BIGINT,
  step BIGINT,
  label INT,
  features ARRAY<FLOAT>
) WITH (
  'connector' = 'filesystem',
  'path' = 'jobs/data/fashion-mnist.jsonl',
  'format' = 'json'
);

CREATE TEMPORARY TABLE augmented (
  id BIGINT,
  step BIGINT,
  label INT,
  features ARRAY<FLOAT>
) WITH (
  'connector' = 'filesystem',
  'path' = 'target/augmented-sql',
  'format' = 'json'
);

-- In batch mode OVERWRITE replaces the output of an earlier run.
INSERT OVERWRITE augmented
SELECT id, step, label, MYDROPOUT(features, 0.1, 42, id, step)
FROM images;
