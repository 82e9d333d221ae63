package io.flinkinference.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Values that the chart refuses.
 *
 * @param way the file of {@code ci/} that they begin with
 * @param set what is set over it
 * @param release the name of the release
 * @param kubernetes the cluster's version
 * @param says a part of the sentence
 */
record Refusal(String way, JsonNode set, String release, String kubernetes, String says) {

  static List<Refusal> all() throws IOException {
    List<Refusal> all = new ArrayList<>();
    for (JsonNode one :
        Documents.YAML.readTree(Files.readString(Path.of("src/test/resources/refusals.yaml")))) {
      all.add(
          new Refusal(
              one.get("way").asText(),
              one.get("set"),
              one.path("release").asText(Chart.RELEASE),
              one.path("kubernetes").asText(Chart.KUBERNETES),
              one.get("says").asText()));
    }
    return all;
  }

  /** What Helm answers; the values are written to the file. */
  String answer(Path file) throws IOException {
    return Chart.answer(Values.write(file, way, set), release, kubernetes);
  }

  @Override
  public String toString() {
    return release + ", " + way + " with " + set;
  }
}
