package io.flinkinference.examples.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Results;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultJsonTest {

  @Test
  void resultsSideBySideAreObjectsUnderTheNamesOfTheirTasks() throws IOException {
    Map<String, ResultJson<?>> tasks = new LinkedHashMap<>();
    tasks.put("topic", ResultJson.classification());
    tasks.put("vector", ResultJson.embedding());
    Map<String, Object> byName = new LinkedHashMap<>();
    byName.put("topic", new Classification(List.of(new LabelScore("sport", 0.5f))));
    byName.put("vector", new Embedding(new float[] {1, 2}));
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      ResultJson.results(tasks).write(new Results(byName), json);
      json.writeEndObject();
    }
    assertThat(text)
        .hasToString(
            "{\"results\":{\"topic\":{\"label\":\"sport\",\"score\":0.5,\"scores\":{\"sport\":0.5}},"
                + "\"vector\":{\"embedding\":[1.0,2.0]}}}");
  }
}
