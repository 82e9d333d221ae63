package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.onnx.OnnxEngine;
import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.model.Pooling;
import io.flinkinference.result.Embedding;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.text.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real all-MiniLM-L6-v2, against vectors made with another runtime and another pooling. */
class MiniLmEmbeddingTest {

  @TempDir static Path directory;

  private static final List<Encoding> texts = new ArrayList<>();
  private static final List<float[]> expected = new ArrayList<>();
  private static LoadedModel model;
  private static TaskDecoder<Embedding> decoder;

  @BeforeAll
  static void load() throws IOException {
    try (InputStream in = MiniLmEmbeddingTest.class.getResourceAsStream("minilm-embeddings.json")) {
      ObjectMapper mapper = new ObjectMapper();
      for (JsonNode row : mapper.readTree(in)) {
        texts.add(Encoding.of(mapper.convertValue(row.get("ids"), int[].class)));
        expected.add(mapper.convertValue(row.get("vector"), float[].class));
      }
    }
    OnnxEngine engine =
        TestingModels.openBert(TestingModels.unpack("all-minilm-l6-v2", directory), 1);
    model = TestingLoadedModels.embedder(engine, Pooling.MEAN, true);
    decoder = new EmbeddingTask().open(model);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void textsAloneHaveTheExpectedVectors() {
    assertThat(texts).hasSize(20);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(cosine(embed(TokenBatch.of(texts.get(i)), 0), expected.get(i)))
          .isGreaterThan(0.99999);
    }
  }

  @Test
  void textsInOnePaddedBatchHaveTheExpectedVectors() {
    TokenBatch batch = TokenBatch.of(texts);
    List<Embedding> embeddings =
        model
            .engine()
            .run(
                batch,
                outputs ->
                    IntStream.range(0, texts.size())
                        .mapToObj(row -> decoder.decode(batch, row, outputs))
                        .toList());
    for (int i = 0; i < texts.size(); i++) {
      float[] vector = embeddings.get(i).values();
      assertThat(cosine(vector, expected.get(i))).isGreaterThan(0.99999);
      assertThat(cosine(vector, vector)).as("length").isBetween(0.99999, 1.00001);
    }
  }

  @Test
  void vectorIsTheSameToTheBitBesideOtherRowsOfItsWidth() {
    Encoding text = texts.get(7);
    float[] alone = embed(TokenBatch.of(text), 0);
    Encoding[] rows =
        IntStream.range(0, 9)
            .mapToObj(row -> row == 4 ? text : filled(text.length(), 2_000 + row))
            .toArray(Encoding[]::new);

    assertThat(embed(TokenBatch.of(rows), 4)).containsExactly(alone);
  }

  private static Encoding filled(int length, int id) {
    return Encoding.of(IntStream.range(0, length).map(i -> id).toArray());
  }

  private static float[] embed(TokenBatch batch, int row) {
    return model.engine().run(batch, outputs -> decoder.decode(batch, row, outputs)).values();
  }

  /** Of vectors of length 1. */
  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
