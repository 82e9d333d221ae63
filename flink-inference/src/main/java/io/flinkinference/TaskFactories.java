package io.flinkinference;

import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.task.ClassificationHeadTask;
import io.flinkinference.task.ClassificationTask;
import io.flinkinference.task.EmbeddingTask;
import io.flinkinference.task.EntityFilter;
import io.flinkinference.task.EntityMask;
import io.flinkinference.task.LabelFile;
import io.flinkinference.task.NaturalLanguageInferenceTask;
import io.flinkinference.task.NearestTask;
import io.flinkinference.task.ReferenceTexts;
import io.flinkinference.task.RerankTask;
import io.flinkinference.task.TokenClassificationTask;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** From the options of {@link TaskOptions} to the tasks of {@link TaskCatalog}. */
final class TaskFactories {

  private TaskFactories() {}

  static InferenceTask<Classification> textClassification(ReadableConfig options) {
    ClassificationTask task =
        new ClassificationTask()
            .withTopK(topK(options))
            .withScoring(options.get(TaskOptions.SCORING))
            .withLabels(
                options
                    .getOptional(TaskOptions.LABEL_FILE)
                    .map(TaskFactories::labels)
                    .orElse(List.of()));
    return Tasks.textClassification(
        options.getOptional(TaskOptions.THRESHOLD).map(task::withThreshold).orElse(task));
  }

  private static List<String> labels(String file) {
    try {
      return LabelFile.read(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("label-file: there is no file " + file + ".", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("label-file: " + e.getMessage(), e);
    }
  }

  static InferenceTask<Classification> zeroShot(ReadableConfig options) {
    return Tasks.zeroShot(
        required(options, TaskOptions.LABELS, "Describe each in words."),
        options.get(TaskOptions.TEMPERATURE),
        topK(options));
  }

  static InferenceTask<Classification> zeroShotByInference(ReadableConfig options) {
    return Tasks.zeroShotByInference(
        labelNames(options),
        options.get(TaskOptions.HYPOTHESIS_TEMPLATE),
        options.get(TaskOptions.MULTI_LABEL));
  }

  static InferenceTask<Classification> classificationHead(ReadableConfig options) {
    String head =
        options
            .getOptional(TaskOptions.HEAD)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no head. Name the graph's output with the scores."));
    return Tasks.classificationHead(
        new ClassificationHeadTask(
            head, labelNames(options), options.get(TaskOptions.MULTI_LABEL)));
  }

  private static List<String> labelNames(ReadableConfig options) {
    List<String> labels = options.getOptional(TaskOptions.LABEL_NAMES).orElse(List.of());
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          "There are no " + TaskOptions.LABEL_NAMES.key() + ". Name at least one.");
    }
    return labels;
  }

  static InferenceTask<Classification> nearest(ReadableConfig options) {
    List<ReferenceTexts> names =
        required(options, TaskOptions.TEXTS, "Give at least one for each name.").entrySet().stream()
            .map(name -> new ReferenceTexts(name.getKey(), lines(name.getValue())))
            .toList();
    NearestTask task =
        new NearestTask(names)
            .withPrototypes(options.get(TaskOptions.PROTOTYPES))
            .withMost(topK(options));
    return Tasks.nearest(
        options.getOptional(TaskOptions.THRESHOLD).map(task::withThreshold).orElse(task));
  }

  private static List<String> lines(String texts) {
    return texts.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  static InferenceTask<Classification> rerank(ReadableConfig options) {
    RerankTask task = new RerankTask();
    task = options.getOptional(TaskOptions.QUERY).map(task::withQuery).orElse(task);
    task = options.getOptional(TaskOptions.PAIR_ORDER).map(task::withOrder).orElse(task);
    return Tasks.rerank(options.get(TaskOptions.RAW_SCORES) ? task.withRawScores() : task);
  }

  static InferenceTask<Classification> naturalLanguageInference(ReadableConfig options) {
    return Tasks.naturalLanguageInference(
        options
            .getOptional(TaskOptions.PAIR_ORDER)
            .map(NaturalLanguageInferenceTask::new)
            .orElseGet(NaturalLanguageInferenceTask::new));
  }

  static InferenceTask<Embedding> embedding(ReadableConfig options) {
    EmbeddingTask task =
        new EmbeddingTask(options.get(TaskOptions.NORMALIZATION))
            .withDimensions(options.get(TaskOptions.DIMENSIONS))
            .withForm(options.get(TaskOptions.VECTOR_FORM))
            .withRange(options.get(TaskOptions.RANGE).floatValue());
    return Tasks.embedding(
        options.getOptional(TaskOptions.POOLING).map(task::withPooling).orElse(task));
  }

  static InferenceTask<Entities> tokenClassification(ReadableConfig options) {
    boolean redact = options.get(TaskOptions.REDACT);
    Optional<String> mask = options.getOptional(TaskOptions.MASK);
    if (mask.isPresent() && !redact) {
      throw new IllegalArgumentException(
          "mask is '"
              + mask.get()
              + "', but redact is false. Set redact to true, or leave mask out.");
    }
    TokenClassificationTask task =
        new TokenClassificationTask(options.get(TaskOptions.AGGREGATION), redact)
            .withFilter(
                new EntityFilter(
                    options.getOptional(TaskOptions.THRESHOLD).orElse(0.0),
                    options.getOptional(TaskOptions.ONLY_ENTITIES).orElse(List.of()),
                    options.getOptional(TaskOptions.WITHOUT_ENTITIES).orElse(List.of())));
    return Tasks.tokenClassification(mask.map(EntityMask::new).map(task::withMask).orElse(task));
  }

  private static int topK(ReadableConfig options) {
    int topK = options.getOptional(TaskOptions.TOP_K).orElse(Integer.MAX_VALUE);
    if (topK < 1) {
      throw new IllegalArgumentException(
          TaskOptions.TOP_K.key() + " is " + topK + ". Set at least 1, or leave it out.");
    }
    return topK;
  }

  private static Map<String, String> required(
      ReadableConfig options, ConfigOption<Map<String, String>> option, String cure) {
    Map<String, String> value = options.getOptional(option).orElse(Map.of());
    if (value.isEmpty()) {
      throw new IllegalArgumentException("There are no " + option.key() + ". " + cure);
    }
    // Flink keeps them in no order: labels of the same score always come in the same one.
    return new TreeMap<>(value);
  }
}
