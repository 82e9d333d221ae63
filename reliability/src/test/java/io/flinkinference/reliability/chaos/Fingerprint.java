package io.flinkinference.reliability.chaos;

import io.flinkinference.connectors.avro.LabelScore;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;

/** A result as a text in which every bit counts. */
final class Fingerprint {

  private Fingerprint() {}

  static String of(ScoredText scored) {
    StringBuilder text = new StringBuilder();
    for (LabelScore label : scored.getLabels()) {
      add(text, label.getLabel(), label.getScore());
    }
    if (scored.getEmbedding() != null) {
      for (float value : scored.getEmbedding()) {
        add(text, "", value);
      }
    }
    return text.toString();
  }

  static String of(Object result) {
    StringBuilder text = new StringBuilder();
    if (result instanceof Classification classification) {
      classification.labels().forEach(label -> add(text, label.label(), label.score()));
    } else if (result instanceof Embedding embedding) {
      for (float value : embedding.values()) {
        add(text, "", value);
      }
    } else {
      throw new IllegalArgumentException("No fingerprint of " + result);
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String label, float value) {
    text.append(label).append(' ').append(Integer.toHexString(Float.floatToIntBits(value)));
    text.append(' ');
  }
}
