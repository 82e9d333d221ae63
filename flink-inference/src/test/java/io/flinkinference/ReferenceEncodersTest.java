package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.result.Embedding;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.EmbeddingTask;
import io.flinkinference.text.Encoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The real sentence encoders, against vectors made in Python with another pooling. Texts of several
 * scripts, none, and more than the models take.
 */
class ReferenceEncodersTest {

  // Quantised at run time, the last is rounded otherwise by another runtime or processor.
  @ParameterizedTest
  @CsvSource({
    "all-minilm-l6-v2, 0.99999",
    "bge-small-en-v1.5, 0.99999",
    "bge-small-zh-v1.5, 0.99999",
    "e5-small-v2, 0.99999",
    "e5-small-v2-q, 0.99"
  })
  void idsAndVectorsAreThoseOfTheReference(String name, double cosine) throws Exception {
    Configuration options = new Configuration();
    options.set(InferenceOptions.BLANK_TEXT, BlankText.SCORE);
    // A text a batch: beside others, a quantised one would round otherwise.
    options.set(InferenceOptions.MAX_RECORDS_IN_FLIGHT, 1);
    options.set(InferenceOptions.WARM_UP, false);
    List<ReferenceAnswer> answers = answers(name);
    try (ModelLease lease = OnnxModelOpener.of(name, new EmbeddingTask(), options).open();
        TextScorer<Embedding> scorer = TextScorer.open(name, Tasks.embedding(), options)) {
      for (ReferenceAnswer answer : answers) {
        Encoding encoding = lease.model().tokenizer().encode(answer.input());
        assertThat(answer.hasIdsOf(encoding)).as("%s for %s", encoding, answer.text()).isTrue();
      }
      scorer.score(
          answers.iterator(),
          ReferenceAnswer::text,
          outcome -> {
            assertThat(outcome.failure()).isNull();
            assertThat(outcome.item().cosine("vector", outcome.result().values()))
                .as("%s", outcome.item().text())
                .isGreaterThan(cosine);
          });
    }
  }

  private static List<ReferenceAnswer> answers(String name) throws IOException {
    return ReferenceAnswer.readAll(
        Path.of("src/test/resources/reference/encoders", name + ".json"));
  }
}
