package io.flinkinference.examples.demo;

import io.flinkinference.examples.cluster.LocalFlink;
import io.flinkinference.examples.cluster.OperatorMetrics;
import io.flinkinference.examples.labels.LabelsFile;
import io.flinkinference.examples.labels.TopicLabels;
import io.flinkinference.examples.text.EuroparlSentences;
import io.flinkinference.examples.text.FileTexts;
import io.flinkinference.examples.text.Texts;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * All that a demo needs before its job can run, started at the same time: a broker with its topics,
 * a Flink cluster, the model's files, the texts.
 *
 * <p>Owned by one thread. Whatever has started when {@link #close} is called is ended, also after a
 * failure and while other parts are still starting.
 */
final class Stage implements AutoCloseable {

  private static final int DEFAULT_RECORDS = 5_000;
  private static final long END_LIMIT_SECONDS = 20;

  private final ExecutorService starters = Executors.newCachedThreadPool();
  private final Future<LocalKafka> kafka;
  private final OperatorMetrics metrics = new OperatorMetrics();
  private final Future<LocalFlink> flink;
  private final Future<Model> model;
  private final Future<Texts> texts;
  private final Future<TopicLabels> labels;

  /**
   * Begins to start everything.
   *
   * @param directory for temporary files
   */
  Stage(DemoOptions options, Path directory) {
    int parallelism = options.parallelism();
    kafka = starters.submit(() -> kafka(parallelism));
    flink = starters.submit(() -> LocalFlink.start(parallelism, directory, metrics));
    model = starters.submit(() -> ModelRepositories.standard().resolve(options.model()));
    texts = starters.submit(() -> texts(options));
    labels = starters.submit(() -> labels(options.labels()));
    starters.shutdown();
  }

  LocalKafka kafka() throws Exception {
    return started(kafka);
  }

  /** What the inference operators count. */
  OperatorMetrics metrics() {
    return metrics;
  }

  LocalFlink flink() throws Exception {
    return started(flink);
  }

  /** The model's files, unpacked and verified; nothing is loaded yet. */
  Model model() throws Exception {
    return started(model);
  }

  Texts texts() throws Exception {
    return started(texts);
  }

  TopicLabels labels() throws Exception {
    return started(labels);
  }

  private static LocalKafka kafka(int parallelism) throws IOException, InterruptedException {
    LocalKafka kafka = LocalKafka.start();
    try {
      kafka.createTopic(Topics.TEXTS, parallelism);
      kafka.createTopic(Topics.SCORED, parallelism);
      kafka.createTopic(Topics.DEAD_LETTERS, 1);
      return kafka;
    } catch (InterruptedException | RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  private static Texts texts(DemoOptions options) throws IOException {
    return options.input() == null
        ? EuroparlSentences.of(options.records().orElse(DEFAULT_RECORDS))
        : FileTexts.of(options.input(), options.records().orElse(Integer.MAX_VALUE));
  }

  private static TopicLabels labels(Path file) throws IOException {
    return file == null ? LabelsFile.ofTheEuropeanParliament() : LabelsFile.read(file);
  }

  /** Waits for a part; a failure is thrown as it was. */
  private static <T> T started(Future<T> part) throws Exception {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    starters.shutdownNow();
    // Who ends the program by a signal has this thread interrupted; it still has to clean up.
    boolean interrupted = Thread.interrupted();
    try {
      starters.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    try {
      ifStarted(flink).ifPresent(LocalFlink::close);
    } finally {
      ifStarted(kafka).ifPresent(LocalKafka::close);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> Optional<T> ifStarted(Future<T> part) {
    try {
      return part.isDone() ? Optional.of(part.get()) : Optional.empty();
    } catch (ExecutionException | InterruptedException e) {
      // Whoever waited for the part has been told why it is not there.
      return Optional.empty();
    }
  }
}
