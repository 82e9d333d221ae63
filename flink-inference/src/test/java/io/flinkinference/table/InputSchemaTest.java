package io.flinkinference.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.junit.jupiter.api.Test;

class InputSchemaTest {

  private static final Column TEXT = Column.physical("text", DataTypes.STRING());
  private static final Column PAIR = Column.physical("pair", DataTypes.STRING());

  @Test
  void tasksOnPairsReadTwoColumns() {
    assertThatCode(() -> InputSchema.check(List.of(TEXT, PAIR), true, false))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> InputSchema.check(List.of(TEXT), true, false))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("judges two texts")
        .hasMessageContaining("pair STRING");
  }

  @Test
  void otherTasksReadOne() {
    assertThatCode(() -> InputSchema.check(List.of(TEXT), false, false)).doesNotThrowAnyException();
    assertThatThrownBy(() -> InputSchema.check(List.of(TEXT, PAIR), false, false))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("reads one text");
  }

  @Test
  void classifiersOfPairsMayReadTwo() {
    assertThatCode(() -> InputSchema.check(List.of(TEXT, PAIR), false, true))
        .doesNotThrowAnyException();
    assertThatCode(() -> InputSchema.check(List.of(TEXT), false, true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> InputSchema.check(List.of(TEXT, PAIR, PAIR), false, true))
        .isInstanceOf(ValidationException.class);
  }
}
