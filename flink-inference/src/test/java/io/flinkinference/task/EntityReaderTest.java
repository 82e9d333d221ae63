package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.result.Entity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The expected entities are those of the pipeline of transformers for the same scores. */
class EntityReaderTest {

  private static final List<String> LABELS = List.of("O", "B-PER", "I-PER", "B-LOC", "I-LOC");

  /** Token by token: a start, an end, whether it continues a word, and a label with its score. */
  private static Piece piece(int start, int end, boolean continuing, String label, float score) {
    float[] scores = new float[LABELS.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (1 - score) / (scores.length - 1);
    }
    scores[LABELS.indexOf(label)] = score;
    return new Piece(start, end, continuing, scores);
  }

  private static List<String> read(Aggregation aggregation, String text, Piece... pieces) {
    return new EntityReader(LABELS, aggregation)
        .read(text, List.of(pieces)).stream()
            .map(e -> e.label() + " " + e.text() + String.format(Locale.ROOT, " %.3f", e.score()))
            .toList();
  }

  private static final String TEXT = "Ann Smith saw Novosibirsk";
  private static final Piece[] TOKENS = {
    piece(0, 3, false, "B-PER", 0.9f),
    piece(4, 9, false, "I-PER", 0.7f),
    piece(10, 13, false, "O", 0.99f),
    piece(14, 18, false, "B-LOC", 0.8f),
    piece(18, 25, true, "I-PER", 0.9f),
  };

  @Test
  void withoutAggregationEachTokenIsOne() {
    assertThat(read(Aggregation.NONE, TEXT, TOKENS))
        .containsExactly(
            "B-PER Ann 0.900", "I-PER Smith 0.700", "B-LOC Novo 0.800", "I-PER sibirsk 0.900");
  }

  @Test
  void simpleAggregationMayTearAWord() {
    assertThat(read(Aggregation.SIMPLE, TEXT, TOKENS))
        .containsExactly("PER Ann Smith 0.800", "LOC Novo 0.800", "PER sibirsk 0.900");
  }

  @Test
  void aWordHasTheLabelOfItsFirstToken() {
    assertThat(read(Aggregation.FIRST, TEXT, TOKENS))
        .containsExactly("PER Ann Smith 0.800", "LOC Novosibirsk 0.800");
  }

  @Test
  void aWordHasTheLabelOfItsSurestToken() {
    assertThat(read(Aggregation.MAX, TEXT, TOKENS))
        .containsExactly("PER Ann Smith 0.800", "PER Novosibirsk 0.900");
  }

  @Test
  void aWordHasTheLabelThatIsBestInTheMean() {
    assertThat(read(Aggregation.AVERAGE, TEXT, TOKENS))
        .containsExactly("PER Ann Smith 0.800", "PER Novosibirsk 0.475");
  }

  @Test
  void aNewBeginningParts() {
    assertThat(
            read(
                Aggregation.SIMPLE,
                "Rome Oslo",
                piece(0, 4, false, "B-LOC", 0.9f),
                piece(5, 9, false, "B-LOC", 0.8f)))
        .containsExactly("LOC Rome 0.900", "LOC Oslo 0.800");
  }

  @Test
  void endsAndSingleOnesOfIobesAreKnown() {
    List<String> labels = List.of("O", "S-LOC", "B-PER", "E-PER");
    List<Piece> tokens = new ArrayList<>();
    int[][] spans = {{0, 4}, {5, 9}, {10, 13}, {14, 19}};
    int[] best = {1, 1, 2, 3};
    for (int i = 0; i < spans.length; i++) {
      float[] scores = new float[labels.size()];
      scores[best[i]] = 1;
      tokens.add(new Piece(spans[i][0], spans[i][1], false, scores));
    }
    assertThat(new EntityReader(labels, Aggregation.SIMPLE).read("Rome Oslo Ann Smith", tokens))
        .extracting(Entity::text)
        .containsExactly("Rome", "Oslo", "Ann Smith");
  }

  @Test
  void labelsWithoutPrefixGoOnWithTheirLike() {
    List<String> labels = List.of("O", "EMAIL");
    List<Piece> tokens =
        List.of(
            new Piece(0, 2, false, 0, 1), new Piece(2, 3, true, 0, 1), new Piece(3, 5, true, 1, 0));
    assertThat(new EntityReader(labels, Aggregation.SIMPLE).read("a@b.c", tokens))
        .extracting(Entity::text)
        .containsExactly("a@b");
  }

  @Test
  void indicesAreThoseOfBothWaysToCount() {
    String text = "\uD83D\uDE00 Ann";
    Entity entity =
        new EntityReader(LABELS, Aggregation.SIMPLE)
            .read(text, List.of(piece(3, 6, false, "B-PER", 1)))
            .get(0);
    assertThat(entity).isEqualTo(new Entity("PER", 1, 3, 6, 2, 5, "Ann"));
    assertThat(entity.toString()).doesNotContain("Ann");
  }

  /** As Metaspace tokenizers count: each token has the blank before it. */
  private static final String BLANKS = "\uD83D\uDE00 Ann  Smith\u00A0\u3000Oslo\n";

  private static final Piece[] WITH_BLANKS = {
    piece(2, 6, false, "B-PER", 0.9f),
    piece(6, 7, false, "I-PER", 0.8f),
    piece(7, 13, false, "I-PER", 0.7f),
    piece(13, 20, false, "B-LOC", 0.6f),
  };

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void whiteSpaceAtItsEndsIsNoPartOfAnEntityAndStaysInRedactedTexts(Aggregation aggregation) {
    List<Entity> entities =
        new EntityReader(LABELS, aggregation).read(BLANKS, List.of(WITH_BLANKS));
    assertThat(entities)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("score")
        .containsExactly(
            new Entity("PER", 0.8f, 3, 13, 2, 12, "Ann  Smith"),
            new Entity("LOC", 0.6f, 15, 19, 14, 18, "Oslo"));
    assertThat(entities.get(0).score()).isCloseTo(0.8f, within(1e-6f));
    assertThat(EntityMask.LABEL.redact(BLANKS, entities))
        .isEqualTo("\uD83D\uDE00 [PER]\u00A0\u3000[LOC]\n");
    assertThat(new EntityMask("*").redact(BLANKS, entities))
        .isEqualTo("\uD83D\uDE00 **********\u00A0\u3000****\n");
  }

  @Test
  void whatIsWhiteSpaceAloneIsNoEntity() {
    assertThat(read(Aggregation.NONE, BLANKS, WITH_BLANKS))
        .containsExactly("B-PER Ann 0.900", "I-PER Smith 0.700", "B-LOC Oslo 0.600");
    assertThat(
            read(
                Aggregation.SIMPLE,
                "a \u3000b",
                piece(0, 1, false, "O", 0.9f),
                piece(1, 3, false, "B-PER", 0.9f),
                piece(3, 4, false, "O", 0.9f)))
        .isEmpty();
  }

  @Test
  void noTokensGiveNoEntities() {
    for (Aggregation aggregation : Aggregation.values()) {
      assertThat(read(aggregation, "")).isEmpty();
    }
  }

  @Test
  void redactedTextsHaveLabelsInPlaceOfEntities() {
    List<Entity> entities = new EntityReader(LABELS, Aggregation.FIRST).read(TEXT, List.of(TOKENS));
    assertThat(EntityMask.LABEL.redact(TEXT, entities)).isEqualTo("[PER] saw [LOC]");
    assertThat(EntityMask.LABEL.redact("nothing", List.of())).isEqualTo("nothing");
  }

  /** Three tokens of one character each say that they stand for all of it. */
  private static final Piece[] PARTS = {
    piece(0, 1, false, "B-PER", 0.9f),
    piece(0, 1, false, "B-LOC", 0.8f),
    piece(0, 1, false, "B-PER", 0.7f),
    piece(2, 6, false, "B-LOC", 0.6f),
  };

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aCharacterOfSeveralTokensIsInOneEntity(Aggregation aggregation) {
    String text = "\u738B Oslo";
    assertThat(read(aggregation, text, PARTS))
        .containsExactly("PER \u738B 0.800", "LOC Oslo 0.600");
    List<Entity> entities = new EntityReader(LABELS, aggregation).read(text, List.of(PARTS));
    assertThat(EntityMask.LABEL.redact(text, entities)).isEqualTo("[PER] [LOC]");
  }

  @Test
  void withoutAggregationACharacterIsTheFirstTokensThatHasALabel() {
    assertThat(read(Aggregation.NONE, "\u738B Oslo", PARTS))
        .containsExactly("B-PER \u738B 0.900", "B-LOC Oslo 0.600");
    assertThat(
            read(
                Aggregation.NONE,
                "\u738B",
                piece(0, 1, false, "O", 0.9f),
                piece(0, 1, false, "I-LOC", 0.8f)))
        .containsExactly("I-LOC \u738B 0.800");
  }

  @Test
  void whatBeginsInTheMidstOfACharacterBeginsBehindIt() {
    assertThat(
            read(
                Aggregation.SIMPLE,
                "\u738B\u6771\u4EAC",
                piece(0, 2, false, "B-PER", 0.9f),
                piece(1, 3, true, "B-LOC", 0.8f)))
        .containsExactly("PER \u738B\u6771 0.900", "LOC \u4EAC 0.800");
  }

  @Test
  void noCharacterIsInTwoEntitiesAndNoneThatHasALabelIsInNone() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      String text = "0123456789";
      List<Piece> pieces = new ArrayList<>();
      BitSet labelled = new BitSet();
      for (int start = 0, end = 0; end < text.length(); ) {
        start += random.nextInt(end - start + 1);
        end = Math.min(text.length(), Math.max(end, start + 1 + random.nextInt(2)));
        String label = LABELS.get(random.nextInt(LABELS.size()));
        pieces.add(piece(start, end, random.nextBoolean(), label, 0.9f));
        if (!label.equals("O")) {
          labelled.set(start, end);
        }
      }
      for (Aggregation aggregation : Aggregation.values()) {
        BitSet covered = new BitSet();
        int end = 0;
        List<Entity> entities = new EntityReader(LABELS, aggregation).read(text, pieces);
        for (Entity entity : entities) {
          assertThat(entity.start()).isGreaterThanOrEqualTo(end).isLessThan(entity.end());
          end = entity.end();
          covered.set(entity.start(), entity.end());
        }
        if (!aggregation.ofWords()) {
          assertThat(covered).isEqualTo(labelled);
        }
        assertThat(new EntityMask("*").redact(text, entities))
            .hasSameSizeAs(text)
            .matches(
                masked -> masked.chars().filter(c -> c == '*').count() == covered.cardinality());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Aggregation.class)
  void codePointsAreCountedFromTheBeginningOfTheText(Aggregation aggregation) {
    String face = "\uD83D\uDE00";
    String text = face + " Ann " + face + face + " Rome" + face + " Bob";
    List<Piece> pieces = new ArrayList<>();
    for (String word : List.of("Ann", "Rome", "Bob")) {
      int start = text.indexOf(word);
      pieces.add(piece(start, start + word.length(), false, "B-PER", 0.9f));
    }
    List<Entity> entities = new EntityReader(LABELS, aggregation).read(text, pieces);
    assertThat(entities).extracting(Entity::text).containsExactly("Ann", "Rome", "Bob");
    assertThat(entities).extracting(Entity::startCodePoint).containsExactly(2, 9, 15);
    assertThat(entities).extracting(Entity::endCodePoint).containsExactly(5, 13, 18);
  }

  @Test
  void anEntityMayBeginWithinTheOneBefore() {
    String text = "\uD83D\uDE00\uD83D\uDE00 Ann";
    Entity second = Entity.of("PER", 1, 2, 8, text).next("PER", 1, 5, 8, text);
    assertThat(second).isEqualTo(Entity.of("PER", 1, 5, 8, text));
  }

  @Test
  void aTextIsRedactedThoughEntitiesOverlap() {
    List<Entity> overlapping =
        List.of(
            Entity.of("PER", 1, 0, 4, "0123456789"),
            Entity.of("LOC", 1, 2, 6, "0123456789"),
            Entity.of("LOC", 1, 3, 5, "0123456789"));
    assertThat(new EntityMask("*").redact("0123456789", overlapping)).isEqualTo("******6789");
    assertThat(EntityMask.LABEL.redact("0123456789", overlapping)).isEqualTo("[PER][LOC]6789");
  }
}
