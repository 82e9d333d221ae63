package io.flinkinference.tools.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Families;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SampleTexts;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodedTextsTest {

  private static final Model MODEL =
      ModelRepositories.standard().resolve("bge-small-en-v1.5", GraphChoice.AUTO);

  /** Forms that were calibrated on short texts alone were far from the original on long ones. */
  @Test
  void textsAreFollowedByLongOnesThatDiffer() {
    List<SampleText> texts = SampleTexts.builtIn();
    List<Encoding> encoded = EncodedTexts.withLong(MODEL, texts, 4);
    assertThat(encoded.subList(0, texts.size())).allMatch(text -> text.length() <= 128);
    assertThat(encoded.subList(texts.size(), encoded.size()))
        .hasSize(4)
        .doesNotHaveDuplicates()
        .allMatch(text -> text.length() == 512);
  }

  @Test
  void fewShortTextsGiveLongOnesToo() {
    List<SampleText> texts = List.of(new SampleText("rain", "", 1), new SampleText("snow", "", 2));
    assertThat(EncodedTexts.withLong(MODEL, texts, 1))
        .extracting(Encoding::length)
        .containsExactly(3, 3, 512);
    assertThat(EncodedTexts.withLong(MODEL, List.of(), 1)).isEmpty();
  }

  @Test
  void modelThatJudgesTwoTextsReadsTwo() {
    Model reranker =
        ModelRepositories.standard()
            .resolve(Families.of("bert", "rerank").toString(), GraphChoice.AUTO);
    List<SampleText> texts = List.of(new SampleText("rain", "", 1), new SampleText("snow", "", 2));
    assertThat(EncodedTexts.withLong(reranker, texts, 1))
        .allMatch(text -> text.typeId(text.length() - 1) == 1);
    List<SampleText> labelled = List.of(new SampleText("rain", "wet", 1));
    assertThat(EncodedTexts.of(reranker, labelled))
        .allMatch(text -> text.typeId(text.length() - 1) == 0);
  }
}
