package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @TempDir Path directory;

  static List<WrongValue> wrongValues() throws Exception {
    return WrongValue.all(JSON.readTree(Files.readString(Chart.SCHEMA)));
  }

  /** One for each rule of the schema. */
  @ParameterizedTest
  @MethodSource("wrongValues")
  void helmRefusesWhatTheSchemaForbids(WrongValue wrong) throws Exception {
    Path file = Values.write(directory.resolve("values.yaml"), "cpu", wrong.values());
    assertThat(Chart.answer(file)).contains("don't meet the specifications");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topics: 5", "feild: body", "format: xml"})
  void helmRefusesAWrongJob(String source) throws Exception {
    String over = "job: {source: {" + source + "}}";
    Path file = Values.write(directory.resolve("values.yaml"), "cpu", over);
    assertThat(Chart.answer(file)).contains("don't meet the specifications");
  }

  @Test
  void schemaOfTheJobIsThatOfTheDocumentation() throws Exception {
    ObjectNode schema = (ObjectNode) JSON.readTree(Files.readString(Chart.SCHEMA));
    JsonNode job = JSON.readTree(Files.readString(Chart.JOB_SCHEMA));
    ((ObjectNode) job).remove("$schema");
    if (System.getProperty("schema.write") != null) {
      ((ObjectNode) schema.get("$defs")).set("job", job);
      Files.writeString(Chart.SCHEMA, JSON.writeValueAsString(schema) + "\n");
    }
    assertThat(schema.at("/$defs/job"))
        .as("values.schema.json; to make it anew run the tests of helm with -Dschema.write")
        .isEqualTo(job);
  }
}
