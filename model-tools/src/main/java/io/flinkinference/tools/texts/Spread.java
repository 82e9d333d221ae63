package io.flinkinference.tools.texts;

import java.util.List;
import java.util.stream.IntStream;

/** Some of many, evenly spread: files of texts are often sorted by kind. */
public final class Spread {

  private Spread() {}

  /** All where there are not more than {@code most}, and else so many, in their order. */
  public static <T> List<T> of(List<T> all, int most) {
    int count = Math.min(most, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }
}
