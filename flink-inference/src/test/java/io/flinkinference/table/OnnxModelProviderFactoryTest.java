package io.flinkinference.table;

import static io.flinkinference.table.Declarations.DOUBLE;
import static io.flinkinference.table.Declarations.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.InferenceOptions;
import io.flinkinference.table.OnnxModelOptions.ErrorHandling;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxModelProviderFactoryTest {

  private static final DataType RANKED =
      DataTypes.ARRAY(
          DataTypes.ROW(DataTypes.FIELD("label", STRING), DataTypes.FIELD("score", DOUBLE)));

  @Test
  void errorsGoToTheColumnWhereThereIsOneAndElseFailTheJob() {
    assertThat(Declarations.embedding().provider().spec().errors()).isEqualTo(ErrorHandling.FAIL);
    assertThat(
            Declarations.zeroShot()
                .output(Column.physical("label", STRING), Column.physical("error", STRING))
                .provider()
                .spec()
                .errors())
        .isEqualTo(ErrorHandling.COLUMN);
    assertThat(Declarations.embedding().with("error-handling", "null").provider().spec().errors())
        .isEqualTo(ErrorHandling.NULL);
  }

  @Test
  void eachOptionOfTheOperatorIsTakenOrRefusedWithTheReason() {
    for (ConfigOption<?> option : InferenceOptions.ALL) {
      boolean taken = OnnxModelProviderFactory.inferenceOptions().contains(option);
      assertThat(taken).isNotEqualTo(OptionChecks.OF_THE_OPERATOR.contains(option));
    }
    assertThatThrownBy(
            () ->
                Declarations.embedding().with("inference.in-flight.max-records", "2000").provider())
        .hasStackTraceContaining("no effect in SQL")
        .hasStackTraceContaining("'max-concurrent-operations' in the CONFIG of ML_PREDICT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "task | sentiment | no task 'sentiment'. There are text-classification, zero-shot,",
        "top-k | 3 | 'top-k' is no option of the task embedding",
        "labels.a | b | 'labels' is no option of the task embedding",
        "temperature | 1 | to one that has it: zero-shot",
        "tok-p | 3 | Unsupported options found for 'onnx'",
        "error-handling | ignore | Could not parse value 'ignore'",
        "error-handling | column | Add error STRING to it",
        "inference.batch.token-budget | 0 | inference.batch.token-budget is at least 1",
        "inference.batch.mode | LATENCY_TARGET | inference.batch.latency-target",
        "inference.batch.latency-target | 50 ms | no effect in SQL",
        "inference.device | tpu | inference.device",
      })
  void anOptionThatDoesNotSuitIsNamedWithTheCure(String key, String value, String message) {
    Declarations model = Declarations.embedding().with(key, value);
    assertThatThrownBy(model::provider).hasStackTraceContaining(message);
  }

  @Test
  void aMissingOptionIsNamed() {
    assertThatThrownBy(Declarations.embedding().without("path")::provider)
        .hasStackTraceContaining("Missing required options are:\n\npath");
    Declarations noLabels =
        Declarations.zeroShot()
            .without("labels.sport")
            .without("labels.cooking")
            .output(Column.physical("label", STRING));
    assertThatThrownBy(noLabels::provider).hasStackTraceContaining("There are no labels");
  }

  @Test
  void topKNeedsTheColumnThatItCuts() {
    assertThatThrownBy(
            Declarations.zeroShot().with("top-k", "1").output(Column.physical("label", STRING))
                ::provider)
        .hasStackTraceContaining("Add labels ARRAY<ROW<label STRING, score DOUBLE>>");
    Declarations.zeroShot().with("top-k", "1").output(Column.physical("labels", RANKED)).provider();
  }

  @Test
  void anInputThatIsNotOneTextIsRefused() {
    Column text = Column.physical("text", STRING);
    Declarations two = Declarations.embedding().input(text, Column.physical("title", STRING));
    assertThatThrownBy(two::provider)
        .hasStackTraceContaining("a model reads one text")
        .hasStackTraceContaining("title || ' ' || body");
    Declarations number = Declarations.embedding().input(Column.physical("n", DataTypes.INT()));
    assertThatThrownBy(number::provider).hasStackTraceContaining("INPUT is (`n` INT)");
    Declarations.embedding().input(Column.physical("t", DataTypes.VARCHAR(200))).provider();
    Declarations.embedding().input(Column.physical("t", DataTypes.CHAR(2))).provider();
  }

  @Test
  void aColumnThatTheTaskDoesNotOfferIsRefusedWithThoseThatItDoes() {
    assertThatThrownBy(
            Declarations.zeroShot().output(Column.physical("sentiment", STRING))::provider)
        .hasStackTraceContaining("'sentiment' of OUTPUT is unknown")
        .hasStackTraceContaining("label STRING; score DOUBLE or FLOAT; labels ARRAY<ROW<")
        .hasStackTraceContaining("error STRING");
    assertThatThrownBy(
            Declarations.zeroShot().output(Column.physical("score", DataTypes.INT()))::provider)
        .hasStackTraceContaining("declared as INT. Declare it as DOUBLE or FLOAT.");
    assertThatThrownBy(
            Declarations.zeroShot().output(Column.physical("label", STRING.notNull()))::provider)
        .hasStackTraceContaining("Leave NOT NULL out");
    assertThatThrownBy(
            Declarations.zeroShot().output(Column.physical("label", DataTypes.VARCHAR(3)))
                ::provider)
        .hasStackTraceContaining("declared as VARCHAR(3). Declare it as STRING.");
    assertThatThrownBy(
            Declarations.embedding().output(Column.physical("model_name", STRING))::provider)
        .hasStackTraceContaining("no column of the result")
        .hasStackTraceContaining("embedding ARRAY<FLOAT> or ARRAY<DOUBLE>");
  }

  @Test
  void aTaskOfSeveralIsNoNameOfAColumnThatAllModelsHave() {
    Declarations model =
        Declarations.embedding()
            .with("task", "several")
            .with("tasks.error.task", "embedding")
            .output(Column.physical("error", STRING));
    assertThatThrownBy(model::provider).hasStackTraceContaining("named 'error'");
    model.with("tasks.vector.task", "embedding").with("tasks.vector.top-k", "3");
    assertThatThrownBy(model::provider).hasStackTraceContaining("'top-k' is no option of the task");
  }

  @Test
  void bytesAreForQuantisedVectors() {
    Declarations model =
        Declarations.embedding().output(Column.physical("embedding", DataTypes.BYTES()));
    assertThatThrownBy(model::provider)
        .hasStackTraceContaining("Declare it as ARRAY<FLOAT> or ARRAY<DOUBLE>.");
    model.with("vector-form", "INT8").provider();
    model.output(Column.physical("embedding", DataTypes.ARRAY(DataTypes.FLOAT()))).provider();
    model.output(Column.physical("embedding", DataTypes.BINARY(8)));
    assertThatThrownBy(model::provider).hasStackTraceContaining("Declare it as BYTES");
  }

  @Test
  void aRedactedTextIsForTasksThatRedact() {
    Declarations model =
        Declarations.embedding()
            .with("task", "token-classification")
            .output(Column.physical("redacted", STRING));
    assertThatThrownBy(model::provider)
        .hasStackTraceContaining("'redacted' would always be NULL")
        .hasStackTraceContaining("Set redact to true");
    model.with("redact", "true").provider();
    model.without("redact").output(Column.physical("unknown", STRING));
    assertThatThrownBy(model::provider)
        .hasStackTraceContaining("redacted STRING, if redact is true");
  }

  @Test
  void aRedactedTextOfOneOfSeveralTasksIsForThoseThatRedact() {
    DataType row = DataTypes.ROW(DataTypes.FIELD("redacted", STRING));
    Declarations model =
        Declarations.embedding()
            .with("task", "several")
            .with("tasks.names.task", "token-classification")
            .output(Column.physical("names", row));
    assertThatThrownBy(model::provider).hasStackTraceContaining("'tasks.NAME.redact'");
    model.with("tasks.names.redact", "true").provider();
  }

  @Test
  void aColumnForErrorsThatWouldStayEmptyIsRefused() {
    assertThatThrownBy(
            Declarations.zeroShot()
                    .with("error-handling", "null")
                    .output(Column.physical("label", STRING), Column.physical("error", STRING))
                ::provider)
        .hasStackTraceContaining("Leave the column out, or set 'COLUMN'");
  }
}
