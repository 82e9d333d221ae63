-- Scores the texts of one Kafka topic and writes them, with their topics of debate, to another.
-- Run it with Flink's SQL client: bin/sql-client.sh -f score-topic.sql. docs/sql.md says which jars
-- have to be in Flink's lib directory.

SET 'pipeline.name' = 'score topic';
SET 'execution.checkpointing.interval' = '10 s';

CREATE TABLE texts (
  id STRING,
  text STRING
) WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.group.id' = 'score-topic',
  -- Kafka's default reads what aborted transactions wrote, too.
  'properties.isolation.level' = 'read_committed',
  'topic' = 'texts',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json'
);

CREATE TABLE scored (
  id STRING,
  text STRING,
  label STRING,
  score DOUBLE,
  ranked ARRAY<ROW<label STRING, score DOUBLE>>,
  error STRING
) WITH (
  'connector' = 'kafka',
  'properties.bootstrap.servers' = 'localhost:9092',
  -- No longer than the broker's transaction.max.timeout.ms.
  'properties.transaction.timeout.ms' = '900000',
  'topic' = 'scored',
  'sink.delivery-guarantee' = 'exactly-once',
  'sink.transactional-id-prefix' = 'score-topic',
  'format' = 'json'
);

CREATE MODEL topic_of_debate
INPUT (text STRING)
OUTPUT (
  label STRING,
  score DOUBLE,
  labels ARRAY<ROW<label STRING, score DOUBLE>>,
  error STRING
) WITH (
  'provider' = 'onnx',
  -- A model directory, or the name of a bundled model.
  'path' = 'all-minilm-l6-v2',
  'task' = 'zero-shot',
  'labels.agriculture' = 'farmers, agriculture, livestock, fishing quotas and fishermen',
  'labels.economy' = 'economic growth, banks, currency, taxes, financial markets and competition',
  'labels.health' = 'public health, diseases, medicines, food safety and consumer protection',
  'labels.transport' = 'transport, roads, railways, airlines, ships and passengers',
  'top-k' = '3'
);

-- Flink's default lets 10 texts of a subtask wait at once: too few for the model's batches.
-- Records may pass each other, as they may in any query that keeps no order.
INSERT INTO scored
SELECT id, text, label, score, labels, error
FROM ML_PREDICT(
  TABLE texts,
  MODEL topic_of_debate,
  DESCRIPTOR(text),
  MAP['max-concurrent-operations', '1024', 'output-mode', 'ALLOW_UNORDERED']);
