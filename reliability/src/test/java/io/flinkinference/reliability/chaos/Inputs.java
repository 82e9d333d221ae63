package io.flinkinference.reliability.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.result.DeadLetterReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * All records that go in, worked out from the seed: texts of a small stock, so that equal ones meet
 * in flight and must get equal results, and among them 2 % rubbish. Immutable.
 */
final class Inputs {

  private static final int STOCK = 500;
  private static final int MAX_LETTERS = 50;
  private static final int BAD_IN_THOUSAND = 20;

  /** Beyond the characters that the tokenizer gets to see. */
  private static final String HUGE = "abc ".repeat(30_000);

  private static final byte[] MALFORMED = {'a', 'b', (byte) 0xC3, 0x28, 'c'};

  private final long seed;
  private final int size;
  private final boolean tinyModel;
  private final List<String> stock = new ArrayList<>();

  /**
   * @param tinyModel whether the model is the {@link TinyModel}, so that texts can make it fail
   */
  Inputs(long seed, int size, boolean tinyModel) {
    this.seed = seed;
    this.size = size;
    this.tinyModel = tinyModel;
    Random random = new Random(seed);
    for (int i = 0; i < STOCK; i++) {
      stock.add(text(random));
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int letters = 1 + random.nextInt(MAX_LETTERS); letters > 0; letters--) {
      text.append((char) ('a' + random.nextInt(26)));
      if (random.nextInt(4) == 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  int size() {
    return size;
  }

  /** The texts of the good records. */
  List<String> stock() {
    return List.copyOf(stock);
  }

  Input get(int number) {
    SplittableRandom random = new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L);
    if (random.nextInt(1000) < BAD_IN_THOUSAND) {
      return bad(number, random.nextInt(tinyModel ? 6 : 4));
    }
    int text = random.nextInt(STOCK);
    return new Input(number, UTF_8.encode(stock.get(text)), text, null);
  }

  private static Input bad(int number, int way) {
    return switch (way) {
      case 0 -> new Input(number, null, -1, DeadLetterReason.NULL_TEXT);
      case 1 -> bad(number, " \t\n".repeat(number % 3), DeadLetterReason.BLANK_TEXT);
      case 2 -> new Input(number, ByteBuffer.wrap(MALFORMED), -1, DeadLetterReason.UNDECODABLE);
      case 3 -> bad(number, HUGE, DeadLetterReason.TOO_LONG);
      case 4 -> bad(number, TinyModel.FAILS, DeadLetterReason.ENGINE_FAILURE);
      default -> bad(number, TinyModel.GIVES_NAN, DeadLetterReason.INVALID_OUTPUT);
    };
  }

  private static Input bad(int number, String text, DeadLetterReason reason) {
    return new Input(number, UTF_8.encode(text), -1, reason);
  }
}
