package io.flinkinference.tools.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.tools.data.LabeledText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbedderTest {

  private static final String MODEL = "all-minilm-l6-v2-q";
  private static final List<String> TEXTS =
      List.of("rain and snow", "a fast car", "My card has come today", "pay", "wind in the north");

  @Test
  void textsBesideATextDoNotChangeItsVectorWhereTheModelLetsThem() {
    List<LabeledText> rows = new ArrayList<>();
    TEXTS.forEach(text -> rows.add(new LabeledText(rows.size() + 1, text, List.of("any"))));
    Map<Long, float[]> together = embed(rows);
    for (LabeledText row : rows) {
      assertThat(embed(List.of(row)).get(row.line())).isEqualTo(together.get(row.line()));
    }
  }

  private static Map<Long, float[]> embed(List<LabeledText> rows) {
    return Embedder.embed(MODEL, rows, new ArrayList<>());
  }
}
