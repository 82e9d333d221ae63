package io.flinkinference.accuracy;

import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.result.Embedding;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** Texts with the vectors, of length 1, that a model gives them. */
final class Vectors {

  private final Map<String, float[]> vectors = new HashMap<>();

  Vectors(String model, String prefix, Collection<String> texts, Configuration options) {
    try (TextScorer<Embedding> scorer = TextScorer.open(model, Tasks.embedding(), options)) {
      scorer.score(
          new LinkedHashSet<>(texts).iterator(),
          text -> prefix + text,
          outcome -> vectors.put(outcome.item(), outcome.result().values()));
    }
  }

  float[] of(String text) {
    return vectors.get(text);
  }

  double cosine(String one, String other) {
    return dot(of(one), of(other));
  }

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
