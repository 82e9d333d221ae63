package io.flinkinference.benchmarks.bare;

import io.flinkinference.benchmarks.workload.Workload;
import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Tokenizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Texts with their token ids.
 *
 * @param workload the texts
 * @param encodings of each text, in the same order
 */
public record Tokenized(Workload workload, List<Encoding> encodings) {

  public Tokenized {
    encodings = List.copyOf(encodings);
  }

  /** Encodes all texts as the operator does. */
  public static Tokenized of(Workload workload, Model model) {
    try (Tokenizer tokenizer = Models.tokenizer(model)) {
      return new Tokenized(
          workload,
          workload.texts().stream().map(text -> tokenizer.encode(TextInput.of(text))).toList());
    }
  }

  /** The first texts, or all where there are not that many. */
  public Tokenized first(int count) {
    int most = Math.min(count, encodings.size());
    return new Tokenized(
        new Workload(
            "the first %,d of %s".formatted(most, workload.description()),
            workload.texts().subList(0, most)),
        encodings.subList(0, most));
  }

  /** Tells the tokens of each text. */
  public ToIntFunction<String> lengths() {
    Map<String, Integer> lengths = new HashMap<>();
    for (int i = 0; i < encodings.size(); i++) {
      lengths.put(workload.texts().get(i), encodings.get(i).length());
    }
    return lengths::get;
  }

  /** Tokens of all texts. */
  public long tokens() {
    return encodings.stream().mapToLong(Encoding::length).sum();
  }

  /** Tokens of a text in the mean. */
  public double meanTokens() {
    return (double) tokens() / encodings.size();
  }

  /** What the texts are, with their lengths. */
  public String description() {
    int[] lengths = encodings.stream().mapToInt(Encoding::length).sorted().toArray();
    return "%s; tokens: mean %.0f, p50 %d, p90 %d, max %d"
        .formatted(
            workload.description(),
            meanTokens(),
            lengths[lengths.length / 2],
            lengths[lengths.length * 9 / 10],
            lengths[lengths.length - 1]);
  }
}
