package io.flinkinference.tools.quantize;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Tensor;
import io.flinkinference.tools.session.GraphSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * How well the vectors of a graph do on labelled texts: Spearman's correlation of cosines with
 * people's scores of pairs (STS-B), and the share of questions that are next to the mean of their
 * own intent (Banking77; one in five is asked, the others make the means).
 */
final class Figures {

  private final List<Encoding> firsts;
  private final List<Encoding> seconds;
  private final double[] scores;
  private final List<Encoding> questions;
  private final List<String> intents = new ArrayList<>();
  private final boolean mean;

  /**
   * @param data directory of the files
   * @param every so many rows one is taken
   */
  Figures(Model model, Path data, int every) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("stsb-dev.tsv"));
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    List<Double> found = new ArrayList<>();
    for (int i = 1; i < lines.size(); i += every) {
      List<String> cells = Arrays.asList(lines.get(i).split("\t", -1));
      found.add(Double.parseDouble(cells.get(0)));
      left.add(cells.get(1));
      right.add(cells.get(2));
    }
    scores = found.stream().mapToDouble(Double::doubleValue).toArray();
    firsts = Texts.encode(model.tokenizerFile(), left);
    seconds = Texts.encode(model.tokenizerFile(), right);
    List<String> texts = new ArrayList<>();
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser rows =
        CSVParser.parse(Files.newBufferedReader(data.resolve("banking77-train.csv")), format)) {
      rows.stream()
          .filter(row -> row.getRecordNumber() % every == 0)
          .forEach(
              row -> {
                texts.add(row.get("text"));
                intents.add(row.get("category"));
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    questions = Texts.encode(model.tokenizerFile(), texts);
    mean = model.name().contains("minilm") || model.name().contains("e5");
  }

  double spearman(GraphSession session) {
    double[] cosines = new double[scores.length];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = dot(vector(session, firsts.get(i)), vector(session, seconds.get(i)));
    }
    return correlation(ranks(cosines), ranks(scores));
  }

  /** The vectors of all questions, for {@link #accuracy} and {@link #cosine}. */
  List<float[]> vectors(GraphSession session) {
    return questions.stream().map(one -> vector(session, one)).toList();
  }

  double accuracy(List<float[]> vectors) {
    Map<String, float[]> means = new LinkedHashMap<>();
    for (int i = 0; i < vectors.size(); i++) {
      if (i % 5 != 0) {
        float[] vector = vectors.get(i);
        float[] sum = means.computeIfAbsent(intents.get(i), name -> new float[vector.length]);
        for (int j = 0; j < sum.length; j++) {
          sum[j] += vector[j];
        }
      }
    }
    means.replaceAll((name, sum) -> unit(sum));
    int right = 0;
    int asked = 0;
    for (int i = 0; i < vectors.size(); i += 5) {
      String best = null;
      double most = Double.NEGATIVE_INFINITY;
      for (Map.Entry<String, float[]> one : means.entrySet()) {
        double near = dot(vectors.get(i), one.getValue());
        if (near > most) {
          most = near;
          best = one.getKey();
        }
      }
      asked++;
      right += intents.get(i).equals(best) ? 1 : 0;
    }
    return (double) right / asked;
  }

  static double cosine(List<float[]> some, List<float[]> others) {
    double sum = 0;
    for (int i = 0; i < some.size(); i++) {
      sum += dot(some.get(i), others.get(i));
    }
    return sum / some.size();
  }

  private float[] vector(GraphSession session, Encoding text) {
    Tensor tokens = session.run(TokenBatch.of(text)).get("last_hidden_state");
    float[] values = tokens.toFloats();
    int width = tokens.size(2);
    float[] pooled = Arrays.copyOf(values, width);
    for (int i = width; mean && i < values.length; i++) {
      pooled[i % width] += values[i];
    }
    return unit(pooled);
  }

  private static float[] unit(float[] vector) {
    float length = (float) Math.sqrt(dot(vector, vector));
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
    return vector;
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  /** Equal numbers share the mean of their ranks. */
  private static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      long below = Arrays.stream(sorted).takeWhile(one -> one < value).count();
      long equal = Arrays.stream(sorted).filter(one -> one == value).count();
      ranks[i] = below + (equal - 1) / 2.0;
    }
    return ranks;
  }

  private static double correlation(double[] one, double[] other) {
    double first = Arrays.stream(one).average().orElseThrow();
    double second = Arrays.stream(other).average().orElseThrow();
    double both = 0;
    double squares = 0;
    double others = 0;
    for (int i = 0; i < one.length; i++) {
      both += (one[i] - first) * (other[i] - second);
      squares += (one[i] - first) * (one[i] - first);
      others += (other[i] - second) * (other[i] - second);
    }
    return both / Math.sqrt(squares * others);
  }
}
