package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  @Test
  void readmeSaysWhatTheValuesSay() throws Exception {
    if (System.getProperty("readme.write") != null) {
      Files.writeString(ReadmePage.FILE, ReadmePage.render());
    }
    assertThat(Files.readString(ReadmePage.FILE))
        .as("the chart's README.md; it says itself how to make it anew")
        .isEqualTo(ReadmePage.render());
  }

  @Test
  void everyValueOfTheSchemaHasADefault() throws Exception {
    JsonNode schema = new ObjectMapper().readTree(Files.readString(Chart.SCHEMA));
    JsonNode values =
        Documents.YAML.readTree(Files.readString(Chart.FOLDER.resolve("values.yaml")));
    compare("", schema.get("properties"), values);
  }

  private static void compare(String path, JsonNode properties, JsonNode values) {
    Iterator<String> names = properties.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!name.equals("global")) {
        assertThat(values.has(name)).as(path + name).isTrue();
        JsonNode below = properties.get(name).path("properties");
        compare(path + name + ".", below, values.get(name));
      }
    }
  }
}
