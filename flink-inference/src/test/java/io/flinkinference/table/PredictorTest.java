package io.flinkinference.table;

import static io.flinkinference.table.Declarations.DOUBLE;
import static io.flinkinference.table.Declarations.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.runtime.ModelLeases;
import io.flinkinference.testing.TestingThreads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PredictorTest {

  private static final String FAILS = "t" + TestingModels.ID_THAT_FAILS;
  private static final String SLOW = "t" + TestingModels.ID_THAT_IS_SLOW;

  @TempDir Path directory;

  private final Counters counters = new Counters();
  private Declarations model;

  @BeforeEach
  void writeModel() throws Exception {
    model =
        Declarations.embedding()
            .with("path", TestingModels.directory(TestingModels.TROUBLED, directory).toString())
            .with("task", "text-classification")
            .with("inference.batch.warm-up", "false")
            .with("inference.engine.concurrency", "1")
            .output(
                Column.physical("score", DOUBLE),
                Column.physical("label", STRING),
                Column.physical("error_reason", STRING),
                Column.physical("error", STRING),
                Column.physical("model_name", STRING));
  }

  @AfterEach
  void noModelIsLeftInMemory() {
    assertThat(ModelLeases.SHARED.size()).isZero();
  }

  @Test
  void batchesAreFormedOfAllThatWait() throws Exception {
    try (Predictor<?> predictor = open()) {
      List<CompletableFuture<Collection<RowData>>> futures = new ArrayList<>();
      futures.add(predict(predictor, SLOW));
      for (int i = 0; i < 400; i++) {
        futures.add(predict(predictor, "t" + (20 + i % 70) + " t" + (20 + i / 70)));
      }
      for (CompletableFuture<Collection<RowData>> future : futures) {
        assertThat(TestingThreads.get(future)).hasSize(1);
      }
    }
    assertThat(counters.get("batchRows")).isEqualTo(401);
    assertThat(counters.get("batches")).isLessThan(401);
    assertThat(counters.get("paddedTokens")).isGreaterThanOrEqualTo(counters.get("realTokens"));
  }

  @Test
  void aNullHasNullsAndNeverReachesTheEngine() throws Exception {
    try (Predictor<?> predictor = open()) {
      RowData row = only(predictor.predict(GenericRowData.of((Object) null)));
      for (int i = 0; i < row.getArity(); i++) {
        assertThat(row.isNullAt(i)).as("column " + i).isTrue();
      }
    }
    assertThat(counters.get("batches")).isZero();
  }

  @Test
  void rowsThatWaitWhenItClosesAreNeitherAnsweredNorFailed() throws Exception {
    List<CompletableFuture<Collection<RowData>>> waiting = new ArrayList<>();
    try (Predictor<?> predictor = open()) {
      waiting.add(predict(predictor, "t" + TestingModels.ID_THAT_IS_ENDLESS));
      waiting.add(predict(predictor, "t20"));
    }
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void aTextAtFaultHasItsReasonAndTheOthersHaveTheirScores() throws Exception {
    try (Predictor<?> predictor = open()) {
      var bad = predict(predictor, FAILS);
      RowData good = only(predict(predictor, "t20"));
      assertThat(good.getDouble(0)).isBetween(0.3, 1.0);
      assertThat(good.getString(1)).hasToString("one");
      assertThat(good.isNullAt(2)).isTrue();
      assertThat(good.isNullAt(3)).isTrue();
      assertThat(good.getString(4)).hasToString(TestingModels.TROUBLED);
      RowData row = only(bad);
      assertThat(row.isNullAt(0)).isTrue();
      assertThat(row.isNullAt(1)).isTrue();
      assertThat(row.getString(2)).hasToString("ENGINE_FAILURE");
      assertThat(row.getString(3).toString()).isNotEmpty();
      assertThat(row.getString(4)).hasToString(TestingModels.TROUBLED);
    }
    assertThat(counters.get("unscorableTexts")).isEqualTo(1);
  }

  @Test
  void aLongTextIsScoredInWindowsAsTheOptionsSay() throws Exception {
    model
        .with("inference.text.too-long", "WINDOW")
        .with("inference.text.max-tokens", "6")
        .with("inference.text.window-overlap", "2")
        .with("inference.text.max-windows", "4");
    try (Predictor<?> predictor = open()) {
      // Windows of 6 tokens, each 4 behind the one before it.
      RowData whole = only(predict(predictor, "t20".concat(" t20".repeat(17))));
      RowData part = only(predict(predictor, "t20".concat(" t20".repeat(5))));
      assertThat(whole.getDouble(0)).isEqualTo(part.getDouble(0));
      assertThat(only(predict(predictor, "t20".concat(" t20".repeat(18)))).getString(2))
          .hasToString("TOO_LONG");
    }
    assertThat(counters.get("batchRows")).as("windows").isEqualTo(5);
    assertThat(counters.get("realTokens")).isEqualTo(5 * 6);
  }

  @Test
  void aClassifierReadsTwoColumnsAsAPair() throws Exception {
    model.input(Column.physical("a", STRING), Column.physical("b", STRING));
    try (Predictor<?> predictor = open()) {
      var both =
          predictor.predict(
              GenericRowData.of(StringData.fromString("t20"), StringData.fromString("t21")));
      assertThat(only(both).isNullAt(0)).isFalse();
    }
  }

  @Test
  void severalTasksHaveARowEach() throws Exception {
    DataType row = DataTypes.ROW(DataTypes.FIELD("label", STRING));
    model
        .with("task", "several")
        .with("tasks.best.task", "text-classification")
        .with("tasks.head.task", "classification-head")
        .with("tasks.head.head", "logits")
        .with("tasks.head.label-names", "sad;glad;wild")
        .output(
            Column.physical("head", row),
            Column.physical("best", row),
            Column.physical("error", STRING));
    try (Predictor<?> predictor = open()) {
      RowData good = only(predict(predictor, "t20"));
      assertThat(good.getRow(0, 1).getString(0)).hasToString("glad");
      assertThat(good.getRow(1, 1).getString(0)).hasToString("one");
      RowData bad = only(predict(predictor, FAILS));
      assertThat(bad.isNullAt(0)).isTrue();
      assertThat(bad.isNullAt(1)).isTrue();
      assertThat(bad.isNullAt(2)).isFalse();
    }
  }

  @Test
  void aTextAtFaultFailsTheJobOnRequestAndTheErrorNamesTheOtherWays() {
    model.with("error-handling", "fail").output(Column.physical("label", STRING));
    try (Predictor<?> predictor = open()) {
      var blank = predict(predictor, " ");
      assertThatThrownBy(() -> TestingThreads.get(blank))
          .hasMessageContaining("BLANK_TEXT")
          .hasMessageContaining("to 'NULL', or to 'COLUMN' with error STRING");
    }
  }

  @Test
  void anEngineAtFaultFailsTheJobWhateverIsSaidOfErrors() {
    model.with("inference.engine.max-consecutive-failures", "2");
    try (Predictor<?> predictor = open()) {
      List<CompletableFuture<?>> futures = new ArrayList<>();
      for (int i = 20; i < 40; i++) {
        futures.add(predict(predictor, FAILS + " t" + i));
      }
      assertThatThrownBy(() -> TestingThreads.get(futures.get(19)))
          .hasStackTraceContaining("2 records in a row");
    }
  }

  @Test
  void aSkippedTextHasNoRowAndAnEmptyResultHasNoLabel() throws Exception {
    model.with("inference.text.blank", "SKIP");
    try (Predictor<?> predictor = open()) {
      assertThat(TestingThreads.get(predict(predictor, " "))).isEmpty();
    }
    assertThat(counters.get("skippedTexts")).isEqualTo(1);
    model.with("inference.text.blank", "EMPTY_RESULT");
    try (Predictor<?> predictor = open()) {
      RowData row = only(predict(predictor, " "));
      assertThat(row.isNullAt(0)).isTrue();
      assertThat(row.isNullAt(2)).as("it is no error").isTrue();
    }
  }

  private Predictor<?> open() {
    return model.provider().spec().open(counters);
  }

  private static CompletableFuture<Collection<RowData>> predict(
      Predictor<?> predictor, String text) {
    return predictor.predict(GenericRowData.of(StringData.fromString(text)));
  }

  private static RowData only(CompletableFuture<Collection<RowData>> future) throws Exception {
    Collection<RowData> rows = TestingThreads.get(future);
    assertThat(rows).hasSize(1);
    return rows.iterator().next();
  }

  /** Keeps the counters that are registered. */
  private static final class Counters extends UnregisteredMetricsGroup {

    private final Map<String, Counter> byName = new HashMap<>();

    @Override
    public <C extends Counter> C counter(String name, C counter) {
      byName.put(name, counter);
      return counter;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      assertThat(key).isEqualTo("model");
      assertThat(value).isEqualTo(TestingModels.TROUBLED);
      return this;
    }

    long get(String name) {
      return byName.get(name).getCount();
    }
  }
}
