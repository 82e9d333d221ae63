package io.flinkinference.examples.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema by which editors check a file says the same of it as the reader. */
class JobSchemaTest {

  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(JobFile.jsonSchema());

  private static Set<ValidationMessage> violations(String yaml) throws Exception {
    JsonNode file = new YAMLMapper().readTree(yaml);
    return SCHEMA.validate(file);
  }

  @Test
  void schemaIsOneOfItsDraft() throws Exception {
    JsonSchema ofSchemas =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(com.networknt.schema.SchemaLocation.of(VersionFlag.V202012.getId()));
    assertThat(ofSchemas.validate(new YAMLMapper().readTree(JobFile.jsonSchema()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "parallelism: 2",
        "parallelism: ${env:SUBTASKS}",
        "order: ordered",
        "inference: {batch.token-budget: 512, batch.linger: 500 micros, batch.warm-up: true}",
        "checkpoints: {interval: 5 s}",
        "flink: {a.b: 1, c: true, d: text}",
        "schema-registry: {url: 'http://registry:8081', timeout: 1 min}",
      })
  void rightFilesHaveNoViolations(String more) throws Exception {
    String file = JobFiles.SMALLEST + more;
    assertThat(violations(file)).isEmpty();
    assertThat(JobFiles.problems(file.replace("${env:SUBTASKS}", "2"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parallelism: 0",
        "parallelism: many",
        "paralelism: 2",
        "order: any",
        "inference: {batch.tokens: 512}",
        "inference: {text.max-tokens: many}",
        "checkpoints: {interval: 5}",
        "checkpoints: {interval: 5000}",
        "schema-registry: {user: me}",
        "flink: [a]",
        "placement: {parallelism: 1.5}",
      })
  void wrongFilesHaveViolationsAndProblems(String more) throws Exception {
    String file = JobFiles.SMALLEST + more;
    assertThat(violations(file)).isNotEmpty();
    assertThat(JobFiles.problems(file)).isNotEmpty();
  }
}
