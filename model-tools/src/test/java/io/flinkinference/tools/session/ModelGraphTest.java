package io.flinkinference.tools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.graph.Graph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ModelGraphTest {

  /** RoBERTa counts positions from behind that of padding. */
  @Test
  void positionsBeginWhereTheFamilyBeginsThem() throws IOException {
    Path model = Families.of("roberta", "position-ids-single-label");
    JsonNode expected = new ObjectMapper().readTree(model.resolve("expected.json").toFile());
    List<Encoding> rows = new ArrayList<>();
    expected.forEach(one -> rows.add(Encoding.of(ids(one))));
    Graph graph = ModelGraph.read(ModelRepositories.standard().resolve(model.toString()));
    try (GraphSession session = GraphSession.open(graph.copy())) {
      float[] logits = session.run(TokenBatch.of(rows)).get("logits").toFloats();
      int next = 0;
      for (JsonNode one : expected) {
        for (JsonNode value : one.get("values")) {
          assertThat(logits[next++]).isCloseTo(value.floatValue(), within(1e-4f));
        }
      }
    }
  }

  private static int[] ids(JsonNode one) {
    return StreamSupport.stream(one.get("ids").spliterator(), false)
        .flatMapToInt(id -> IntStream.of(id.intValue()))
        .toArray();
  }
}
