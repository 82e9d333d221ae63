package io.flinkinference.tools.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Table;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ComparisonReportTest {

  /** The names in the table, for models of which each costs more than the one before. */
  private static List<Object> names(String... models) {
    return report(models).sections().get(0).table().rows().stream().map(row -> row.get(0)).toList();
  }

  private static Report report(String... models) {
    List<Measurement> measurements =
        Stream.of(models)
            .map(
                name ->
                    new Measurement(
                        name,
                        100,
                        7,
                        0.9,
                        0.8,
                        1,
                        0.9,
                        100,
                        1,
                        2,
                        1,
                        1,
                        List.of(models).indexOf(name)))
            .toList();
    return ComparisonReport.of(Comparison.of(measurements, new Costs(10, 0.04), 0, null));
  }

  @Test
  void modelIsNamedByTheEndOfItsPath() {
    assertThat(names("models/minilm/int8", "/srv/bge/", "all-minilm-l6-v2"))
        .containsExactly("int8", "bge", "all-minilm-l6-v2");
  }

  @Test
  void tableTellsRowsAndThoseThatWereNotScored() {
    Table table = report("int8").sections().get(0).table();
    assertThat(table.columns().subList(2, 4)).containsExactly("rows", "unscored");
    assertThat(table.rows().get(0).subList(2, 4)).containsExactly(100, 7);
  }

  @Test
  void graphIsNamedWithItsDirectory() {
    assertThat(names("models/bge/model_int8.onnx", "model.onnx"))
        .containsExactly("bge/model_int8.onnx", "model.onnx");
  }

  @Test
  void namesAreAsLongAsItTakesToTellThemApart() {
    assertThat(names("a/minilm/int8", "a/bge/int8", "b/bge/int8", "a/bge/fp32", "int8"))
        .containsExactly("minilm/int8", "a/bge/int8", "b/bge/int8", "fp32", "int8");
    assertThat(names("x/int8/model.onnx", "y/int8/model.onnx"))
        .containsExactly("x/int8/model.onnx", "y/int8/model.onnx");
    assertThat(report("minilm/int8", "bge/int8").figures()).containsEntry("choice", "minilm/int8");
  }

  @Test
  void modelThatIsNamedTwiceKeepsItsName() {
    assertThat(names("models/int8", "models/./int8")).containsExactly("int8", "int8");
  }
}
