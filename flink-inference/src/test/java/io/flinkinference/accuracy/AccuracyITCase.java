package io.flinkinference.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkinference.InferenceOptions;
import io.flinkinference.Tasks;
import io.flinkinference.TextScorer;
import io.flinkinference.accuracy.LabelledTexts.LabelledText;
import io.flinkinference.result.Classification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sentence encoders on texts that people have labelled. The expected values are those of {@code
 * src/test/reference/accuracy.py}, which computes them from the same files without Java. Takes
 * minutes, so it runs only where {@code -Daccuracy.data=} names the folder with the texts.
 */
@EnabledIfSystemProperty(
    named = "accuracy.data",
    matches = ".+",
    disabledReason = "-Daccuracy.data= names no folder with stsb-dev.tsv and banking77-train.csv")
class AccuracyITCase {

  private static final double TEMPERATURE = 0.05;
  private static final Path DATA = Path.of(System.getProperty("accuracy.data", "."));

  @ParameterizedTest
  @CsvSource({
    "all-minilm-l6-v2, '', 0.8672, 0.8196, 0.6188, 0.002",
    "bge-small-en-v1.5, '', 0.8892, 0.8534, 0.6686, 0.002",
    "bge-small-zh-v1.5, '', 0.6858, 0.6160, 0.3755, 0.002",
    "e5-small-v2, 'query: ', 0.8780, 0.8081, 0.5782, 0.002",
  })
  void accuracyIsThatOfTheReference(
      String model, String prefix, double stsb, double prototype, double zeroShot, double tolerance)
      throws IOException {
    Configuration options = new Configuration();
    // Quantised at run time, a text's vector would depend on the others of its batch.
    options.set(InferenceOptions.TOKEN_BUDGET, model.endsWith("-q") ? 1 : 512);
    List<String[]> pairs = pairs();
    LabelledTexts banking = LabelledTexts.read(DATA.resolve("banking77-train.csv"));
    Collection<String> texts = new ArrayList<>();
    pairs.forEach(pair -> texts.addAll(List.of(pair[1], pair[2])));
    banking.examples().forEach(example -> texts.add(example.text()));
    banking.rest().forEach(one -> texts.add(one.text()));
    Vectors vectors = new Vectors(model, prefix, texts, options);

    double[] scores = pairs.stream().mapToDouble(pair -> Double.parseDouble(pair[0])).toArray();
    double[] cosines =
        pairs.stream().mapToDouble(pair -> vectors.cosine(pair[1], pair[2])).toArray();
    double spearman = Ranks.spearman(scores, cosines);
    double byPrototype = nearestPrototype(banking, vectors);
    double byDescription = zeroShot(model, prefix, banking, options);
    System.out.println(
        String.format(
            Locale.ROOT,
            "ACCURACY | %s | %.4f | %.4f | %.4f |",
            model,
            spearman,
            byPrototype,
            byDescription));
    assertThat(spearman).isCloseTo(stsb, within(tolerance));
    assertThat(byPrototype).isCloseTo(prototype, within(tolerance));
    assertThat(byDescription).isCloseTo(zeroShot, within(tolerance));
  }

  private static List<String[]> pairs() throws IOException {
    return Files.readAllLines(DATA.resolve("stsb-dev.tsv")).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .toList();
  }

  /** The share of texts that are nearest to the mean of the examples of their own label. */
  private static double nearestPrototype(LabelledTexts banking, Vectors vectors) {
    Map<String, float[]> means = new HashMap<>();
    for (LabelledText example : banking.examples()) {
      float[] vector = vectors.of(example.text());
      float[] sum = means.computeIfAbsent(example.label(), label -> new float[vector.length]);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    means.values().forEach(AccuracyITCase::scaleToUnitLength);
    int hits = 0;
    for (LabelledText text : banking.rest()) {
      float[] vector = vectors.of(text.text());
      String best = null;
      double highest = Double.NEGATIVE_INFINITY;
      for (Map.Entry<String, float[]> mean : means.entrySet()) {
        double cosine = Vectors.dot(vector, mean.getValue());
        if (cosine > highest) {
          highest = cosine;
          best = mean.getKey();
        }
      }
      hits += text.label().equals(best) ? 1 : 0;
    }
    return hits / (double) banking.rest().size();
  }

  private static void scaleToUnitLength(float[] vector) {
    double length = Math.sqrt(Vectors.dot(vector, vector));
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
  }

  /** The task as users have it; a label is described by its own words. */
  private static double zeroShot(
      String model, String prefix, LabelledTexts banking, Configuration options) {
    Map<String, String> descriptions = new HashMap<>();
    banking.labels().forEach(one -> descriptions.put(one, prefix + one.replace('_', ' ')));
    AtomicInteger hits = new AtomicInteger();
    try (TextScorer<Classification> scorer =
        TextScorer.open(model, Tasks.zeroShot(descriptions, TEMPERATURE), options)) {
      scorer.score(
          banking.rest().iterator(),
          text -> prefix + text.text(),
          outcome -> {
            if (outcome.result().top().label().equals(outcome.item().label())) {
              hits.incrementAndGet();
            }
          });
    }
    return hits.get() / (double) banking.rest().size();
  }
}
