package io.flinkinference.connectors.output;

import static io.flinkinference.connectors.Samples.STAMP;
import static io.flinkinference.connectors.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.connectors.Samples;
import io.flinkinference.connectors.avro.EntitySpan;
import io.flinkinference.connectors.avro.ModelStamp;
import io.flinkinference.connectors.avro.Origin;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Scored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoredTextEncoderTest {

  private static final Instant SCORED_AT = Instant.ofEpochMilli(1_700_000_000_456L);

  @Test
  void classificationsAreWhatTheGeneratedClassWrites() throws IOException {
    var encoder = encoder(ResultKind.classification(), true);
    Random random = new Random(21);
    for (int i = 0; i < 500; i++) {
      KafkaText input = i % 2 == 0 ? Samples.random(random) : Samples.text(utf8("größe " + i));
      Classification result = new Classification(labels(random));

      byte[] bytes = encoder.encode(new Scored<>(input, result, STAMP), SCORED_AT.toEpochMilli());

      ScoredText expected = record(input, true, result.labels(), null);
      assertThat(ScoredText.getDecoder().decode(bytes)).isEqualTo(expected);
      assertThat(ByteBuffer.wrap(bytes)).isEqualTo(ScoredText.getEncoder().encode(expected));
    }
  }

  @Test
  void embeddingsAreWhatTheGeneratedClassWrites() throws IOException {
    var encoder = encoder(ResultKind.embedding(), false);
    Random random = new Random(22);
    for (int i = 0; i < 100; i++) {
      KafkaText input = Samples.random(random);
      float[] vector = new float[random.nextInt(800)];
      List<Float> boxed = new ArrayList<>();
      for (int c = 0; c < vector.length; c++) {
        vector[c] = (float) random.nextGaussian();
        boxed.add(vector[c]);
      }

      byte[] bytes =
          encoder.encode(
              new Scored<>(input, new Embedding(vector), STAMP), SCORED_AT.toEpochMilli());

      ScoredText expected = record(input, false, List.of(), boxed);
      assertThat(ByteBuffer.wrap(bytes)).isEqualTo(ScoredText.getEncoder().encode(expected));
    }
  }

  @Test
  void entitiesAreWhatTheyWere() throws IOException {
    Entity entity = Entity.of("PER", 0.5f, 3, 6, "\uD83D\uDE00 Ann");
    ScoredText found =
        decoded(
            ResultKind.entities(),
            Samples.text(null),
            new Entities(List.of(entity), "\uD83D\uDE00 [PER]"));
    EntitySpan span = found.getEntities().get(0);
    assertThat(span).isEqualTo(new EntitySpan("PER", 0.5f, 3, 6, 2, 5, "Ann"));
    assertThat(found.getRedacted()).isEqualTo("\uD83D\uDE00 [PER]");
    assertThat(found.getLabels()).isEmpty();
    assertThat(found.getEmbedding()).isNull();

    assertThat(decoded(ResultKind.entities(), Samples.text(null), Entities.EMPTY).getEntities())
        .isEmpty();
  }

  @Test
  void resultsOfNoTextHaveNeitherLabelsNorComponents() throws IOException {
    KafkaText input = Samples.text(null);
    ScoredText labels = decoded(ResultKind.classification(), input, Classification.EMPTY);
    assertThat(labels.getLabels()).isEmpty();
    assertThat(labels.getEmbedding()).isNull();
    assertThat(labels.getText()).isNull();
    assertThat(labels.getModel().getName()).isEqualTo(STAMP.name());

    ScoredText vector = decoded(ResultKind.embedding(), input, Embedding.EMPTY);
    assertThat(vector.getLabels()).isEmpty();
    assertThat(vector.getEmbedding()).isEmpty();
  }

  @Test
  void textIsKeptOnlyOnRequest() throws IOException {
    KafkaText input = Samples.text(utf8("a text"));

    assertThat(decoded(input, true).getText()).isEqualTo("a text");
    assertThat(decoded(input, false).getText()).isNull();
  }

  @Test
  void valueThatIsNoTextIsLeftOut() throws IOException {
    assertThat(decoded(Samples.text(new byte[] {-1}), true).getText()).isNull();
    assertThat(decoded(Samples.text(null), true).getText()).isNull();
  }

  @Test
  void resultsDoNotShareTheirArray() {
    var encoder = encoder(ResultKind.classification(), true);
    byte[] first = encoder.encode(scored(Samples.text(utf8("first"))), 1);
    byte[] before = first.clone();

    encoder.encode(scored(Samples.text(utf8("other"))), 2);

    assertThat(first).isEqualTo(before);
  }

  @Test
  void moreNamesThanAreRememberedAreStillRight() {
    Names names = new Names();
    for (int i = 0; i < 3_000; i++) {
      assertThat(names.utf8("näme" + i).toString()).isEqualTo("näme" + i);
    }
    assertThat((Object) names.utf8("näme0")).isSameAs(names.utf8("näme0"));
    assertThat((Object) names.utf8("näme2999")).isNotSameAs(names.utf8("näme2999"));
  }

  private static <R> ResultEncoder<R> encoder(ResultKind<R> kind, boolean includeText) {
    return OutputFormat.scoredText().encoder(kind, "scored", includeText);
  }

  private static <R> ScoredText decoded(ResultKind<R> kind, KafkaText input, R result)
      throws IOException {
    byte[] bytes = encoder(kind, true).encode(new Scored<>(input, result, STAMP), 1);
    return ScoredText.getDecoder().decode(bytes);
  }

  private static ScoredText decoded(KafkaText input, boolean includeText) throws IOException {
    var encoder = encoder(ResultKind.classification(), includeText);
    return ScoredText.getDecoder().decode(encoder.encode(scored(input), 1));
  }

  private static Scored<KafkaText, Classification> scored(KafkaText input) {
    return new Scored<>(input, new Classification(labels(new Random(1))), STAMP);
  }

  private static List<LabelScore> labels(Random random) {
    return IntStream.range(0, 1 + random.nextInt(5))
        .mapToObj(i -> new LabelScore("läbel" + i, random.nextFloat()))
        .toList();
  }

  private static ScoredText record(
      KafkaText input, boolean includeText, List<LabelScore> labels, List<Float> embedding) {
    return new ScoredText(
        input.key() == null ? null : ByteBuffer.wrap(input.key()),
        includeText && input.isText() ? input.text() : null,
        labels.stream()
            .map(l -> new io.flinkinference.connectors.avro.LabelScore(l.label(), l.score()))
            .toList(),
        embedding,
        List.of(),
        null,
        new ModelStamp(
            STAMP.name(),
            STAMP.sha256(),
            STAMP.precision(),
            STAMP.device(),
            STAMP.batchInvariant()),
        new Origin(
            input.topic(),
            input.partition(),
            input.offset(),
            Instant.ofEpochMilli(input.timestamp())),
        SCORED_AT);
  }
}
