package io.flinkinference.examples.job;

import static io.flinkinference.examples.job.JobFiles.SMALLEST;
import static io.flinkinference.examples.job.JobFiles.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFileTest {

  @TempDir Path directory;

  @Test
  void smallestFileIsRight() {
    assertThat(problems(SMALLEST)).isEmpty();
    assertThat(JobFiles.read(SMALLEST).name()).isEqualTo("reviews");
  }

  @Test
  void emptySectionsTellWhatIsMissing() {
    assertThat(problems("name: x"))
        .hasSize(7)
        .allSatisfy(problem -> assertThat(problem).startsWith("1: ").contains("is missing"));
  }

  /** What is put in place of what, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: reviews             | name: ''                                    | 1: name is ''
          topics: [reviews]         | topics: []                                  | source.topics is empty
          topics: [reviews]         | group: g                                    | neither topics nor a topic-pattern
          topics: [reviews]         | {topics: [a], topic-pattern: b}             | both topics and a topic-pattern
          topics: [reviews]         | topic-pattern: '['                          | has to be a regular expression
          topics: [reviews]         | topic-pattern: '.*'                         | output.topic scored is one that the source reads
          topics: [reviews]         | topic-pattern: 'dead.*'                     | dead-letters.topic dead-letters is one that the source reads
          topics: [reviews]         | {topics: [reviews], start: yesterday}       | source.start is 'yesterday'
          topics: [reviews]         | {topics: [reviews], format: xml}            | has to be one of text, json, avro
          topics: [reviews]         | {topics: [reviews], field: /text}           | whose whole value is the text
          topics: [reviews]         | {topics: [reviews], format: json}           | no source.field that says where
          topics: [reviews]         | {topics: [r], format: json, field: text}    | is no JSON Pointer
          topics: [reviews]         | {topics: [r], format: avro, field: a}       | there is no schema-registry
          topics: [reviews]         | {topics: [r], format: avro, field: a..b, avro-encoding: bare} | names no field
          topics: [reviews]         | {topics: [r], format: avro, field: a, avro-encoding: bare} | needs source.avro-schemas
          topics: [reviews]         | {topics: [r], avro-schemas: [no.avsc]}      | There is no such file
          topics: [reviews]         | {topics: [r], avro-encoding: bare}          | is for source.format avro
          type: embedding           | type: summarize                             | has to be one of text-classification, zero-shot, zero-shot-by-inference, nearest
          type: embedding           | {type: embedding, top-k: 2}                 | is for the tasks text-classification, zero-shot, nearest
          type: embedding           | {type: zero-shot}                           | There are no labels
          type: embedding           | {type: zero-shot, labels: {}}               | There are no labels
          type: embedding           | {type: zero-shot, labels: {a: b}, temperature: 0} | The temperature is a number above 0
          type: embedding           | {type: text-classification, labels: {a: b}} | is for the tasks zero-shot
          type: embedding           | {type: natural-language-inference}          | there is no source.pair-field
          topics: [reviews]         | {topics: [r], pair-field: /x}               | which has no fields
          topics: [reviews]         | {topics: [r], format: json}                 | where the text is. Set it
          topic: scored             | topic: reviews                              | output.topic reviews is one that the source reads
          topic: scored             | topic: dead-letters                         | is the same as output.topic
          topic: scored             | {topic: scored, format: enriched}           | source.format is not avro
          topic: scored             | {topic: scored, field: x}                   | is for output.format enriched
          topic: scored             | {topic: scored, field: my-result}           | output.field is 'my-result', but it has to be the name of a field in Avro
          topic: scored             | {topic: scored, format: plain, include-text: true} | is for output.format scored-text and json
          topic: scored             | {topic: scored, avro-encoding: registry}    | there is no schema-registry
          topic: scored             | {topic: scored, avro-encoding: bare}        | a reader has to know the schema
          topic: scored             | {topic: scored, subject-naming: record}     | is for schemas in a registry
          guarantee: exactly-once   | guarantee: at-most-once                     | has to be one of exactly-once, at-least-once
          guarantee: exactly-once   | {guarantee: at-least-once, transactional-id-prefix: x} | uses no transactions
          guarantee: exactly-once   | {guarantee: exactly-once, transaction-timeout: 69 s} | checkpoints.interval is 10 s. Make it at least 70 s
          guarantee: exactly-once   | {guarantee: exactly-once, transaction-timeout: 25 d} | Kafka counts to 24 days only
          guarantee: exactly-once   | {guarantee: exactly-once, transaction-timeout: 10 us} | but it has to be a time with a unit
          model: all-minilm-l6-v2   | model: [a]                                  | model is a list
          bootstrap-servers: 127.0.0.1:9092 | bootstrap: 127.0.0.1:9092           | There is no key 'bootstrap' in kafka
          bootstrap-servers: 127.0.0.1:9092 | bootstrap-servers: 127.0.0.1        | such as kafka-1:9092,kafka-2:9092
          bootstrap-servers: 127.0.0.1:9092 | bootstrap-servers: a:9092,          | such as kafka-1:9092,kafka-2:9092
          bootstrap-servers: 127.0.0.1:9092 | bootstrap-servers: a:92092          | such as kafka-1:9092,kafka-2:9092
          bootstrap-servers: 127.0.0.1:9092 | bootstrap-servers: [a:1, b:2]       | is a list, but it has to be hosts with ports
          """)
  void wrongFileIsToldOf(String place, String wrong, String problem) {
    String replaced =
        wrong.startsWith("{")
            ? SMALLEST.replaceFirst("\n  \\Q" + place + "\\E", " " + wrong.replace("$", "\\$"))
            : SMALLEST.replace(place, wrong);
    assertThat(replaced).isNotEqualTo(SMALLEST);
    assertThat(problems(replaced)).anySatisfy(told -> assertThat(told).contains(problem));
  }

  @Test
  void contradictionsOfTheOperatorsOptionsAreToldToo() {
    assertThat(
            problems(
                SMALLEST
                    + """
                    inference:
                      batch.token-budget: 512
                      in-flight.max-tokens: 128
                    """))
        .singleElement()
        .asString()
        .startsWith("16: ")
        .contains("inference.in-flight.max-tokens is 128")
        .contains("512");
    assertThat(problems(SMALLEST + "inference:\n  batch.tokenbudget: 512\n"))
        .singleElement()
        .asString()
        .contains("There is no key 'batch.tokenbudget' in inference");
    assertThat(problems(SMALLEST + "inference:\n  batch.linger: often\n"))
        .singleElement()
        .asString()
        .startsWith("16: inference.batch.linger is 'often'");
    assertThat(problems(SMALLEST + "inference:\n  batch.mode: FAST\n"))
        .singleElement()
        .asString()
        .endsWith(
            "batch.mode is 'FAST', but it has to be one of FIXED, RECORDED, MEASURED,"
                + " LATENCY_TARGET.");
  }

  @Test
  void eachOptionThatIsOutOfRangeIsToldInItsLine() {
    assertThat(
            problems(
                SMALLEST.replace("type: embedding", "type: embedding\n  dimensions: -4")
                    + """
                    inference:
                      text.max-tokens: -1
                      engine.concurrency: -2
                      cache.max-results: 10
                      engine.intra-op-threads: -3
                    """))
        .satisfiesExactly(
            told -> assertThat(told).contains("dimensions"),
            told -> assertThat(told).startsWith("17: inference.text.max-tokens is").contains("-1"),
            told -> assertThat(told).startsWith("18: ").contains("concurrency"),
            told -> assertThat(told).startsWith("20: ").contains("intra-op-threads"));
  }

  @Test
  void registryNeedsBothHalvesOfAPair() {
    assertThat(
            problems(
                SMALLEST
                    + """
                    schema-registry:
                      url: registry:8081
                      user: me
                      token: abc
                      trust-store: /trust.p12
                    """))
        .anySatisfy(
            told -> assertThat(told).startsWith("16: schema-registry.url is 'registry:8081'"))
        .anySatisfy(told -> assertThat(told).contains("user needs schema-registry.password"))
        .anySatisfy(told -> assertThat(told).contains("both a user and a token"))
        .anySatisfy(
            told -> assertThat(told).contains("needs schema-registry.trust-store-password"));
  }

  @Test
  void exactlyOnceTakesNoCheckpointsThatAreNot() {
    String flink = "flink: {execution.checkpointing.mode: at_least_once}\n";
    assertThat(problems(SMALLEST + flink))
        .singleElement()
        .asString()
        .startsWith("15: flink.execution.checkpointing.mode is at_least_once, but");
    assertThat(problems(SMALLEST.replace("exactly-once", "at-least-once") + flink)).isEmpty();
  }

  @Test
  void registryTakesThePemFilesThatKafkaTakes() {
    String registry = SMALLEST + "schema-registry:\n  url: https://registry:8081\n";
    assertThat(problems(registry + "  trust-store: /ca.pem\n  key-store: /job.pem\n")).isEmpty();
    assertThat(
            problems(
                registry + "  trust-store: /ca.pem\n  trust-store-password: '${env:PASSWORD}'\n"))
        .singleElement()
        .asString()
        .startsWith("17: Certificates to trust in /ca.pem have no password in PEM");
  }

  @Test
  void securityTakesWhatItsMechanismNeedsAndNoMore() {
    assertThat(
            problems(
                withSecurity(
                    "{mechanism: scram-sha-512, user: me, password: '${env:PASSWORD}', tls: true,"
                        + " trust-store: /ca.pem}")))
        .isEmpty();
    assertThat(problems(withSecurity("{mechanism: plain, client-id: x, trust-store: /ca.pem}")))
        .anySatisfy(told -> assertThat(told).contains("plain, which needs kafka.security.user"))
        .anySatisfy(told -> assertThat(told).contains("which needs kafka.security.password"))
        .anySatisfy(told -> assertThat(told).contains("client-id is set, but"))
        .anySatisfy(told -> assertThat(told).contains("but kafka.security.tls is false"));
    assertThat(problems(withSecurity("{tls: true, trust-store: /ca.p12}")))
        .singleElement()
        .asString()
        .contains("trust-store is /ca.p12", "needs kafka.security.trust-store-password");
    assertThat(
            problems(
                withSecurity(
                    "{mechanism: oauthbearer, token-endpoint: 'x', client-id: a,"
                        + " client-secret: hunter3}")))
        .singleElement()
        .asString()
        .contains("The token endpoint's URL begins with")
        .doesNotContain("hunter");
    assertThat(
            problems(
                withSecurity(
                    "{mechanism: oauthbearer,\n    client-id: a,\n    client-secret: hunter3,\n    token-endpoint: the one of ours}")))
        .singleElement()
        .asString()
        .startsWith("7: kafka.security.token-endpoint is 'the one of ours', but it has to be a URL")
        .contains("begins with https://")
        .doesNotContain("hunter");
  }

  private static String withSecurity(String security) {
    return SMALLEST.replace("127.0.0.1:9092\n", "127.0.0.1:9092\n  security: " + security + "\n");
  }

  @Test
  void schemasOfFilesAreRead() throws Exception {
    Path schema = directory.resolve("review.avsc");
    Files.writeString(
        schema,
        """
        {"type": "record", "name": "Review", "fields": [{"name": "body", "type": "string"}]}
        """);
    String job =
        SMALLEST.replaceFirst(
            "\n  topics: \\[reviews]",
            " {topics: [r], format: avro, field: body, avro-encoding: bare, avro-schemas: ["
                + schema
                + "]}");
    assertThat(problems(job)).isEmpty();
    Files.writeString(schema, "{}");
    assertThat(problems(job))
        .singleElement()
        .asString()
        .contains("There is no schema of Avro in it");
  }

  @Test
  void optionsOfFlinkAreHandedOn() {
    Configuration configuration =
        new ScoringPipeline(
                JobFiles.read(
                    SMALLEST
                        + """
                        checkpoints:
                          interval: 5 s
                          directory: file:///tmp/x
                        flink:
                          restart-strategy.type: none
                        """))
            .configuration();
    assertThat(configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL)).hasSeconds(5);
    assertThat(configuration.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEqualTo("file:///tmp/x");
    assertThat(configuration.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("none");
  }

  @Test
  void settingsThatTheFileHasKeysForAreRefused() {
    assertThat(
            problems(
                SMALLEST.replace(
                        "127.0.0.1:9092\n",
                        """
                        127.0.0.1:9092
                          consumer-properties: {group.id: x, ssl.cipher.suites: y}
                          producer-properties: {linger.ms: 1, transactional.id: x, acks: 1}
                        """)
                    + "flink: {parallelism.default: 3}\n"))
        .containsExactly(
            "4: kafka.consumer-properties sets group.id, for which there is source.group. Set that"
                + " instead.",
            "5: kafka.producer-properties sets transactional.id, for which there is"
                + " delivery.transactional-id-prefix. Set that instead.",
            "5: kafka.producer-properties sets acks, for which there is delivery.guarantee. Set that"
                + " instead.",
            "17: flink sets parallelism.default, for which there is parallelism. Set that instead.");
    assertThat(
            problems(
                withSecurity("{tls: true}\n  consumer-properties: {security.protocol: PLAINTEXT}")))
        .singleElement()
        .asString()
        .contains("security.protocol, for which there is kafka.security");
  }

  @Test
  void pairsAreReadFromTwoFields() {
    assertThat(
            problems(
                SMALLEST
                    .replace(
                        "[reviews]", "[reviews]\n  format: json\n  field: /a\n  pair-field: /b")
                    .replace("type: embedding", "type: rerank")))
        .isEmpty();
    for (String task :
        List.of(
            "type: zero-shot-by-inference\n  label-names: [sport, food]",
            "type: rerank\n  query: What is it?")) {
      assertThat(
              problems(
                  SMALLEST
                      .replace(
                          "[reviews]", "[reviews]\n  format: json\n  field: /a\n  pair-field: /b")
                      .replace("type: embedding", task)))
          .singleElement()
          .asString()
          .startsWith("8: source.pair-field: The task has its own second text")
          .contains("Leave one of the two out");
    }
  }

  @Test
  void recordsOfARegistryAreEnrichedByARegistry() {
    String job =
        SMALLEST
                .replace("[reviews]", "[reviews]\n  format: avro\n  field: body")
                .replace("topic: scored", "topic: scored\n  format: enriched")
            + "schema-registry: {url: 'http://registry:8081'}\n";
    assertThat(problems(job)).isEmpty();
    assertThat(
            problems(
                job.replace(
                    "format: enriched", "format: enriched\n  avro-encoding: single-object")))
        .singleElement()
        .asString()
        .startsWith("14: output.avro-encoding is single-object, but the schemas of the values read")
        .contains("Leave it out");
  }

  @Test
  void nothingFollowsFromAFormatThatCannotBeRead() throws Exception {
    String schema = Files.writeString(directory.resolve("text.avsc"), "\"string\"").toString();
    assertThat(
            problems(
                SMALLEST.replace(
                    "[reviews]",
                    "[reviews]\n  format: avro\n  field: body\n  avro-encoding: bear\n"
                        + "  avro-schemas: ["
                        + schema
                        + "]")))
        .singleElement()
        .asString()
        .startsWith("8: source.avro-encoding is 'bear'");
    assertThat(
            problems(
                SMALLEST
                    .replace("[reviews]", "[reviews]\n  format: avor\n  field: body")
                    .replace("topic: scored", "topic: scored\n  format: enriched")))
        .singleElement()
        .asString()
        .startsWith("6: source.format is 'avor'");
    assertThat(
            problems(
                SMALLEST.replace(
                    "topic: scored",
                    "topic: scored\n  avro-encoding: registri\n  subject-naming: record")))
        .singleElement()
        .asString()
        .startsWith("11: output.avro-encoding is 'registri'");
  }

  private static final String SEVERAL =
      SMALLEST.replace(
          "  type: embedding\n",
          """
            type: several
            tasks:
              vector:
                task: embedding
                dimensions: 8
              topic:
                task: zero-shot-by-inference
                label-names: [it's sport, cooking]
          """);

  @Test
  void severalTasksAreSectionsUnderTheirNames() {
    String json = SEVERAL.replace("topic: scored", "topic: scored\n  format: json");
    assertThat(problems(json)).singleElement().asString().contains("reads another input");
    String embeddings = json.replace("zero-shot-by-inference", "zero-shot");
    assertThat(problems(embeddings)).singleElement().asString().contains("'label-names' is no");
    String whole = embeddings.replace("label-names: [it's sport, cooking]", "labels: {a: matches}");
    assertThat(problems(whole)).isEmpty();
    assertThat(Explanation.of(JobFiles.read(whole)))
        .contains("{vector={task=embedding, dimensions=8}, topic={task=zero-shot, labels={a=");
    assertThat(problems(whole.replace("json", "scored-text")))
        .singleElement()
        .asString()
        .contains("output.format is scored-text, which has a place for one result");
    String plain = whole.replace("format: json", "format: plain");
    assertThat(problems(plain)).isEmpty();
    assertThat(problems(plain.replace("vector:", "my-vector:")))
        .singleElement()
        .asString()
        .contains("output.format is plain, but: The result 'my-vector' has a name that is none");
  }

  @Test
  void timesNeedNoQuotesAndTopicsALegalName() {
    assertThat(problems(SMALLEST.replace("[reviews]", "[reviews]\n  start: 2026-01-31T12:00:00Z")))
        .isEmpty();
    assertThat(problems(SMALLEST.replace("topic: scored", "topic: 'bad name'")))
        .singleElement()
        .asString()
        .contains("output.topic is 'bad name', but it has to be a name of a topic");
  }

  @Test
  void explanationShowsSettingsAndOperatorsButNoSecret() {
    String explained =
        Explanation.of(
            JobFiles.read(
                SMALLEST
                    + """
                    parallelism: 2
                    schema-registry:
                      url: http://registry:8081
                      user: me
                      password: ${env:PASSWORD}
                    flink:
                      s3.secret-key: hunter3
                    placement:
                      slot-sharing-group: inference
                    """));
    assertThat(explained)
        .contains("line 17   schema-registry.url")
        .contains("${env:PASSWORD}")
        .contains("default   checkpoints.interval")
        .contains("default   kafka.security.mechanism")
        .contains("2 x Source: reviews")
        .contains("2 x Score with all-minilm-l6-v2, slot sharing group inference")
        .doesNotContain("hunter");
  }
}
