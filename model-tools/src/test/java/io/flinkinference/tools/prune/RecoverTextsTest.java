package io.flinkinference.tools.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RecoverTextsTest {

  private final List<List<Integer>> parts = new ArrayList<>();

  private RecoverTexts split(int texts) {
    return RecoverTexts.split(IntStream.range(0, texts).boxed().toList(), this::encode);
  }

  private List<Encoding> encode(List<Integer> part) {
    parts.add(part);
    return part.stream().map(Encoding::of).toList();
  }

  @Test
  void aTenthIsHeldOutAndEachPartIsEncodedByItself() {
    RecoverTexts texts = split(25);
    assertThat(texts.heldOut()).containsExactlyElementsOf(encode(List.of(0, 10, 20)));
    assertThat(texts.learned()).hasSize(22);
    assertThat(parts.get(0)).hasSize(22).doesNotContain(0, 10, 20);
    assertThat(parts.get(1)).containsExactly(0, 10, 20);
  }

  @Test
  void notMoreThanThreeHundredAreHeldOut() {
    assertThat(split(10_000).heldOut()).hasSizeBetween(250, 300);
  }

  @Test
  void whereAllWouldBeHeldOutNothingIsLearned() {
    assertThat(split(1)).isEqualTo(RecoverTexts.NONE);
    assertThat(split(0)).isEqualTo(RecoverTexts.NONE);
  }
}
