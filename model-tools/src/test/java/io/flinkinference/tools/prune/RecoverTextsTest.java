package io.flinkinference.tools.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.text.Encoding;
import io.flinkinference.tools.texts.SampleText;
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
  void textsThatRepeatAreNotBothLearnedAndHeldOut() {
    List<SampleText> texts =
        IntStream.range(0, 1_000).mapToObj(i -> new SampleText("text " + i % 101, "", i)).toList();
    PruneOptions options = new PruneOptions(0.5, 0, 0, texts, 1, 1e-3);
    assertThat(options.texts()).extracting(SampleText::text).hasSize(101).doesNotHaveDuplicates();
    assertThatThrownBy(() -> new PruneOptions(0.5, 0, 0, texts.subList(0, 99), 1, 1e-3))
        .hasMessageContaining("There are 99 different texts");
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
