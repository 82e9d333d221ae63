package io.flinkinference.examples.job;

import static io.flinkinference.examples.job.JobFiles.SMALLEST;
import static io.flinkinference.examples.job.JobFiles.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One fault in a file hides no other, and none shows a secret. */
class JobFileFaultsTest {

  @Test
  void whatCannotBeReadHidesNothingElseAndNothingFollowsFromIt() {
    assertThat(
            problems(
                SMALLEST.replace(
                        "type: embedding",
                        "type: zero-shot\n  labels: {a: b}\n  labls: x\n  temperature: warm\n  top-k: 0")
                    + """
                    inference:
                      batch.mode: LATENCY_TARGET
                      batch.latency-target: soon
                      engine.concurrency: -2
                    placement:
                      run-on: gpu
                      gpu-amount: 3
                      paralelism: 2
                    """))
        .satisfiesExactly(
            told -> assertThat(told).startsWith("10: There is no key 'labls' in task"),
            told -> assertThat(told).startsWith("11: task.temperature is 'warm'"),
            told -> assertThat(told).startsWith("12: task.top-k: task zero-shot: top-k is 0"),
            told -> assertThat(told).startsWith("21: inference.batch.latency-target is 'soon'"),
            told -> assertThat(told).startsWith("22: inference.engine.concurrency"),
            told -> assertThat(told).startsWith("24: placement: The amount of gpu"),
            told -> assertThat(told).startsWith("26: There is no key 'paralelism'"));
    assertThat(
            problems(
                SMALLEST.replace(
                        "127.0.0.1:9092\n",
                        "127.0.0.1:9092\n  security: {tls: true, key-store: /job.p12}\n")
                    + "paralelism: 2\n"))
        .hasSize(2)
        .anySatisfy(told -> assertThat(told).contains("needs kafka.security.key-store-password"));
  }

  @Test
  void aJobIsOneOfStreams() {
    assertThat(problems(SMALLEST + "flink: {execution.runtime-mode: STREAMING}\n")).isEmpty();
    assertThat(problems(SMALLEST + "flink: {execution.runtime-mode: AUTOMATIC}\n")).isEmpty();
    assertThat(problems(SMALLEST + "flink: {execution.runtime-mode: batch}\n"))
        .singleElement()
        .asString()
        .contains("flink.execution.runtime-mode is 'batch'", "source.bounded");
  }

  @Test
  void valuesThatKafkaOrFlinkWouldRefuseAreTold() {
    assertThat(
            problems(
                SMALLEST.replace(
                        "127.0.0.1:9092\n",
                        """
                        127.0.0.1:9092
                          consumer-properties:
                            fetch.min.bytes: 1
                            max.poll.records: many
                            isolation.level: dirty
                            some.plugin: many
                          producer-properties: {linger.ms: -1, compression.type: lz4}
                        """)
                    + """
                    flink:
                      restart-strategy.type: none
                      execution.checkpointing.timeout: soon
                      execution.checkpointing.externalized-checkpoint-retention: TWICE
                      s3.path.style.access: true
                    """))
        .satisfiesExactly(
            told ->
                assertThat(told)
                    .isEqualTo(
                        "6: kafka.consumer-properties.max.poll.records is 'many', but Kafka takes"
                            + " values of the type int, [1,...] there."),
            told -> assertThat(told).startsWith("7: kafka.consumer-properties.isolation.level"),
            told -> assertThat(told).startsWith("9: kafka.producer-properties.linger.ms is '-1'"),
            told ->
                assertThat(told)
                    .isEqualTo(
                        "23: flink.execution.checkpointing.timeout is 'soon', but Flink takes a time"
                            + " with a unit there."),
            told ->
                assertThat(told)
                    .startsWith(
                        "24: flink.execution.checkpointing.externalized-checkpoint-retention is")
                    .contains("one of"));
    assertThat(
            problems(
                SMALLEST
                    + "checkpoints: {interval: 5 ms}\nflink: {restart-strategy.type: sometimes}\n"))
        .satisfiesExactly(
            told ->
                assertThat(told).startsWith("15: checkpoints.interval is 5 ms, but Flink takes"),
            told ->
                assertThat(told).contains("'sometimes', but Flink takes one of disable, fixed"));
  }

  @Test
  void secretsThatCouldBeReadOnTheWayAreWarnedOf() {
    String plain =
        SMALLEST.replace(
            "127.0.0.1:9092\n",
            """
            127.0.0.1:9092
              security: {mechanism: plain, user: me, password: hunter3}
            """);
    assertThat(Explanation.of(JobFiles.read(plain)))
        .contains("Warning: kafka.security.tls is false");
    String registry = SMALLEST + "schema-registry: {token: t, url: 'http://registry:8081'}\n";
    assertThat(Explanation.of(JobFiles.read(registry)))
        .contains("Warning: schema-registry.url is http");
    assertThat(Explanation.of(JobFiles.read(registry.replace("//registry", "//localhost"))))
        .doesNotContain("Warning");
    assertThat(Explanation.of(JobFiles.read(SMALLEST))).doesNotContain("Warning");
  }

  @Test
  void noSecretIsToldWhereverItWasPut() {
    String file =
        SMALLEST.replace(
                "127.0.0.1:9092\n",
                """
                127.0.0.1:9092
                  consumer-properties: {our.plugin.password: hunter3}
                """)
            + "checkpoints: {directory: 's3://me:hunter3@bucket/x'}\n";
    assertThat(Explanation.of(JobFiles.read(file)))
        .contains("our.plugin.password=(hidden)")
        .containsPattern("checkpoints.directory +\\(hidden\\)")
        .doesNotContain("hunter");
    assertThat(problems(file + "schema-registry: {url: 'http://me:hunter3@registry:8081'}\n"))
        .singleElement()
        .asString()
        .contains("schema-registry.url is (hidden)", "has a user in it")
        .doesNotContain("hunter");
  }
}
