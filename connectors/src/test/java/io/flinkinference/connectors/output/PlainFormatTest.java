package io.flinkinference.connectors.output;

import static io.flinkinference.connectors.Samples.STAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.connectors.Samples;
import io.flinkinference.connectors.avro.BestLabel;
import io.flinkinference.connectors.avro.TextEmbedding;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Scored;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainFormatTest {

  @Test
  void theBestLabelStandsAlone() throws IOException {
    BestLabel best =
        label(new Classification(List.of(new LabelScore("größer", 0.75f), new LabelScore("b", 1))));
    assertThat(best.getLabel()).isEqualTo("größer");
    assertThat(best.getScore()).isEqualTo(0.75f);
  }

  @Test
  void noTextHasNoLabel() throws IOException {
    BestLabel best = label(Classification.EMPTY);
    assertThat(best.getLabel()).isNull();
    assertThat(best.getScore()).isNull();
  }

  @Test
  void theVectorStandsAlone() throws IOException {
    assertThat(vector(new Embedding(new float[] {0.5f, -1})).getEmbedding())
        .containsExactly(0.5f, -1f);
    assertThat(vector(Embedding.EMPTY).getEmbedding()).isEmpty();
  }

  private static BestLabel label(Classification result) throws IOException {
    return BestLabel.getDecoder().decode(encode(ResultKind.classification(), result));
  }

  private static TextEmbedding vector(Embedding result) throws IOException {
    return TextEmbedding.getDecoder().decode(encode(ResultKind.embedding(), result));
  }

  private static <R> byte[] encode(ResultKind<R> kind, R result) {
    return OutputFormat.plain()
        .encoder(kind, "out", false)
        .encode(new Scored<>(Samples.text(null), result, STAMP), 1);
  }
}
