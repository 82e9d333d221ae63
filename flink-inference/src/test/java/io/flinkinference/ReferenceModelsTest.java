package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.FloatTensor;
import io.flinkinference.engine.Outputs;
import io.flinkinference.engine.TensorSpec;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.EmbeddingTask;
import io.flinkinference.text.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tiny models of each family, opened as a user opens a directory, against what PyTorch and
 * transformers make of the same texts.
 */
class ReferenceModelsTest {

  private static final Path ALL = Path.of("src/test/resources/reference/families");
  private static final float LOGITS = 1e-4f;

  static List<String> directories() throws IOException {
    try (Stream<Path> tree = Files.walk(ALL)) {
      return tree.filter(file -> file.endsWith("expected.json"))
          .map(file -> ALL.relativize(file.getParent()).toString())
          .sorted()
          .toList();
    }
  }

  static List<String> embedders() throws IOException {
    return directories().stream().filter(name -> name.endsWith("embedding")).toList();
  }

  static List<String> classifiers() throws IOException {
    return directories().stream()
        .filter(name -> !name.endsWith("embedding") && !name.endsWith("tokens"))
        .filter(name -> !name.endsWith("inference"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("directories")
  void idsAreThoseOfTheReference(String name) throws Exception {
    for (InferenceOptions.TokenizerKind kind : InferenceOptions.TokenizerKind.values()) {
      Configuration options = new Configuration();
      options.set(InferenceOptions.TOKENIZER, kind);
      try (ModelLease lease = open(name, options)) {
        for (ReferenceAnswer answer : answers(name)) {
          Encoding encoding = lease.model().tokenizer().encode(answer.input());
          assertThat(answer.hasIdsOf(encoding)).as("%s for %s", encoding, answer).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("directories")
  void logitsAreThoseOfTheReference(String name) throws Exception {
    try (ModelLease lease = open(name, new Configuration())) {
      for (ReferenceAnswer answer : answers(name)) {
        Encoding encoding = lease.model().tokenizer().encode(answer.input());
        float[] values = firstRow(lease.model(), TokenBatch.of(encoding));
        if (name.endsWith("embedding")) {
          assertThat(values).hasSize(encoding.length() * answer.numbers("values").length);
        } else {
          assertThat(values)
              .as("%s", answer)
              .containsExactly(answer.numbers("values"), within(tolerance(name)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("directories")
  void rowOfABatchIsTheSingleRun(String name) throws Exception {
    try (ModelLease lease = open(name, new Configuration())) {
      LoadedModel model = lease.model();
      List<Encoding> all =
          answers(name).stream().map(one -> model.tokenizer().encode(one.input())).toList();
      float tolerance = model.stamp().batchInvariant() ? 0 : tolerance(name);
      for (Encoding encoding : all) {
        Stream<Encoding> beside = Stream.concat(Stream.of(encoding), all.stream());
        float[] alone = firstRow(model, TokenBatch.of(encoding));
        float[] batched = firstRow(model, TokenBatch.of(beside.toList()));
        assertThat(batched).as("%s", encoding).containsExactly(alone, within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("embedders")
  void embeddingsAreThoseOfTheReference(String name) throws Exception {
    try (TextScorer<Embedding> scorer = scorer(name, Tasks.embedding())) {
      scorer.score(
          singles(name).iterator(),
          ReferenceAnswer::text,
          outcome -> {
            assertThat(outcome.failure()).isNull();
            float[] vector = outcome.result().values();
            assertThat(outcome.item().cosine("values", vector))
                .isGreaterThan(1 - tolerance(name) / 10);
            assertThat(vector)
                .containsExactly(outcome.item().numbers("values"), within(tolerance(name)));
          });
    }
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void scoresAreThoseOfTheReference(String name) throws Exception {
    try (TextScorer<Classification> scorer = scorer(name, Tasks.textClassification())) {
      scorer.score(
          singles(name).iterator(),
          ReferenceAnswer::text,
          outcome -> {
            assertThat(outcome.failure()).isNull();
            float[] scores = outcome.item().numbers("scores");
            List<LabelScore> labels = outcome.result().labels();
            assertThat(labels).hasSize(scores.length);
            for (LabelScore label : labels) {
              int id = Integer.parseInt(label.label().substring("label ".length()));
              assertThat(label.score()).isCloseTo(scores[id], within(tolerance(name)));
            }
          });
    }
  }

  /** Half precision has three digits, and is rounded after each node. */
  private static float tolerance(String name) {
    return name.contains("fp16") ? 1e-2f : LOGITS;
  }

  private static <R> TextScorer<R> scorer(String name, InferenceTask<R> task) {
    Configuration options = new Configuration();
    options.set(InferenceOptions.BLANK_TEXT, BlankText.SCORE);
    options.set(InferenceOptions.WARM_UP, false);
    return TextScorer.open(ALL.resolve(name).toString(), task, options);
  }

  private static ModelLease open(String name, Configuration options) throws InterruptedException {
    return OnnxModelOpener.of(ALL.resolve(name).toString(), new EmbeddingTask(), options).open();
  }

  private static List<ReferenceAnswer> answers(String name) throws IOException {
    return ReferenceAnswer.readAll(ALL.resolve(name).resolve("expected.json"));
  }

  private static List<ReferenceAnswer> singles(String name) throws IOException {
    return answers(name).stream().filter(answer -> !answer.isPair()).toList();
  }

  /** The only output for the first row, without what padding left. */
  private static float[] firstRow(LoadedModel model, TokenBatch batch) {
    TensorSpec output = model.engine().outputs().get(0);
    return model.engine().run(batch, outputs -> firstRow(output, batch, outputs));
  }

  private static float[] firstRow(TensorSpec output, TokenBatch batch, Outputs outputs) {
    FloatTensor tensor = outputs.get(output.name());
    boolean perToken = output.rank() == 3;
    int size = perToken ? tensor.shape()[2] * batch.row(0).length() : tensor.rowSize();
    float[] row = new float[size];
    tensor.data().get(0, row);
    return row;
  }
}
