package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.result.Embedding;
import io.flinkinference.runtime.BatchInvariance;
import io.flinkinference.text.Encoding;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the stamp tells the truth of what the runtime does. */
class BatchInvarianceTest {

  @ParameterizedTest
  @CsvSource({"tiny-encoder, true", "tiny-embedder, false"})
  void aMeanInTheGraphIsFoundToDependOnTheBatch(String graph, boolean invariant) {
    Encoding text = Encoding.of(new Random(3).ints(40, 20, 100).toArray());
    try (OnnxEngine engine = TestingModels.openTiny(graph, 1)) {
      assertThat(BatchInvariance.holds(engine, text)).isEqualTo(invariant);
    }
  }

  @ParameterizedTest
  @CsvSource({"all-minilm-l6-v2, true", "all-minilm-l6-v2-q, false"})
  void theStampOfABundledModelSaysWhatItIs(String model, boolean invariant) {
    try (TextScorer<Embedding> scorer =
        TextScorer.open(model, Tasks.embedding(), new Configuration())) {
      assertThat(scorer.stamp().batchInvariant()).isEqualTo(invariant);
    }
  }

  @Test
  void eachBeginningOfTheTextEndsAsTheText() {
    int[] ids = new Random(3).ints(40, 20, 100).toArray();
    ids[39] = TestingModels.END;
    try (OnnxEngine engine = TestingModels.openTiny(TestingModels.ENDED, 1)) {
      assertThatCode(() -> BatchInvariance.holds(engine, Encoding.of(ids)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void oneTokenIsEnoughToTry() {
    try (OnnxEngine engine = TestingModels.openTiny("tiny-encoder", 1)) {
      assertThat(BatchInvariance.holds(engine, Encoding.of(20))).isTrue();
    }
  }
}
