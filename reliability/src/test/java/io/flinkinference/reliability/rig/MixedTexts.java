package io.flinkinference.reliability.rig;

import java.util.SplittableRandom;

/**
 * Texts of mixed lengths, made from their numbers: the same number always gives the same text.
 *
 * <p>Most words are one token each. {@link #stream} is what a topic of messages looks like: 60 %
 * sentences, 25 % fragments, 12 % paragraphs, 3 % documents; about 34 tokens in the mean.
 */
public final class MixedTexts {

  private static final String[] WORDS =
      """
      the of and to in is that we have this for be are on which it with not as you people country \
      market price water energy school doctor music river winter summer letter village city street \
      house garden window table paper number question answer problem reason result story history \
      science language country family friend mother father child teacher student worker company \
      office product service order customer report contract budget interest money bank account \
      computer network program data system message record engine model train station airport road \
      bridge ship island mountain forest field animal horse bird fish tree flower fruit bread wine \
      coffee dinner morning evening night week month year century today early late good bad new old \
      great small large long short high low strong weak hot cold red green blue white black open \
      close begin end find lose give take send bring buy sell build break write read speak listen \
      """
          .strip()
          .split(" ", -1);

  private MixedTexts() {}

  /** A text of the mix. */
  public static String stream(long number) {
    SplittableRandom random = new SplittableRandom(number);
    int kind = random.nextInt(100);
    int words;
    if (kind < 60) {
      words = random.nextInt(12, 36);
    } else if (kind < 85) {
      words = random.nextInt(2, 10);
    } else if (kind < 97) {
      words = random.nextInt(40, 120);
    } else {
      words = random.nextInt(120, 400);
    }
    return words(random, words);
  }

  /** A text of any length from one word to more than a model takes; each magnitude as often. */
  public static String anyLength(long number) {
    SplittableRandom random = new SplittableRandom(number);
    return words(random, (int) Math.pow(600, random.nextDouble()));
  }

  /** A text of 512 tokens or more. */
  public static String longest(long number) {
    return words(new SplittableRandom(number), 600);
  }

  private static String words(SplittableRandom random, int count) {
    StringBuilder text = new StringBuilder(count * 6);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.append('.').toString();
  }
}
