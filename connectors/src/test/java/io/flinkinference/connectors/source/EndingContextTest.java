package io.flinkinference.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

final class EndingContextTest {

  private final Coordinator coordinator = new Coordinator();
  private final EndingContext<Split> ending = new EndingContext<>(coordinator);

  @Test
  void readersAreToldBehindTheSplitsOfTheLastAnswer() {
    coordinator.register(0);
    coordinator.register(1);
    ending.callAsync(() -> "a", (name, failure) -> ending.assignSplit(new Split(name), 1));
    assertThat(coordinator.log).isEmpty();

    coordinator.answer();

    assertThat(coordinator.log).containsExactly("1 gets a", "0 has all", "1 has all");
  }

  @Test
  void readerThatComesBeforeTheAnswerIsToldWithIt() {
    ending.callAsync(() -> "nothing new", (answer, failure) -> {});
    coordinator.register(0);
    ending.readerAdded(0);
    assertThat(coordinator.log).isEmpty();

    coordinator.answer();

    assertThat(coordinator.log).containsExactly("0 has all");
  }

  @Test
  void readerThatComesLateIsToldBehindItsSplits() {
    EndingEnumerator<Split, String> enumerator =
        new EndingEnumerator<>(new OneSplitAReader(ending), ending);
    enumerator.start();
    coordinator.answer();
    assertThat(coordinator.log).as("nobody is there").isEmpty();

    coordinator.register(2);
    enumerator.addReader(2);

    assertThat(coordinator.log).containsExactly("2 gets split of 2", "2 has all");
  }

  @Test
  void readerThatComesAgainIsToldAgain() {
    coordinator.register(0);
    ending.callAsync(() -> "nothing new", (answer, failure) -> {});
    coordinator.answer();

    ending.readerAdded(0); // As after a failover of its region.

    assertThat(coordinator.log).containsExactly("0 has all", "0 has all");
  }

  @Test
  void failedAnswerDoesNotCount() {
    List<Throwable> failures = new ArrayList<>();
    coordinator.register(0);
    ending.<String>callAsync(
        () -> {
          throw new IOException("no broker");
        },
        (answer, failure) -> failures.add(failure));
    coordinator.answer();
    ending.readerAdded(0);

    assertThat(failures).singleElement().isInstanceOf(IOException.class);
    assertThat(coordinator.log).isEmpty();

    ending.callAsync(() -> "nothing new", (answer, failure) -> {});
    coordinator.answer();
    assertThat(coordinator.log).containsExactly("0 has all");
  }

  @Test
  void answerThatCannotBeHandledDoesNotCount() {
    coordinator.register(0);
    ending.callAsync(
        () -> "odd",
        (answer, failure) -> {
          throw new IllegalStateException(answer);
        });

    assertThatThrownBy(coordinator::answer).hasMessage("odd");
    ending.readerAdded(0);

    assertThat(coordinator.log).isEmpty();
  }

  @Test
  void questionWithinAnAnswerDefersTheEnd() {
    coordinator.register(0);
    ending.callAsync(
        () -> "a",
        (name, failure) ->
            ending.callAsync(() -> name, (same, none) -> ending.assignSplit(new Split(same), 0)));
    coordinator.answer();
    ending.readerAdded(0);
    assertThat(coordinator.log).as("its split is still to come").isEmpty();

    coordinator.answer();

    assertThat(coordinator.log).containsExactly("0 gets a", "0 has all");
  }

  @Test
  void questionThatIsAskedAgainAndAgainHasNoLastAnswer() {
    coordinator.register(0);
    ending.callAsync(() -> "nothing new", (answer, failure) -> {}, 0, 1_000);
    coordinator.answer();
    ending.readerAdded(0);

    assertThat(coordinator.log).isEmpty();
  }

  private record Split(String splitId) implements SourceSplit {}

  /** Asks once, and has a split for each reader that comes. */
  private static final class OneSplitAReader implements SplitEnumerator<Split, String> {

    private final SplitEnumeratorContext<Split> context;

    OneSplitAReader(SplitEnumeratorContext<Split> context) {
      this.context = context;
    }

    @Override
    public void start() {
      context.callAsync(() -> "nothing new", (answer, failure) -> {});
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<Split> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {
      context.assignSplit(new Split("split of " + subtask), subtask);
    }

    @Override
    public String snapshotState(long checkpoint) {
      return "";
    }

    @Override
    public void close() {}
  }

  /** Writes down what readers are told; questions are answered when a test says so. */
  private static final class Coordinator implements SplitEnumeratorContext<Split> {

    private final List<String> log = new ArrayList<>();
    private final Map<Integer, ReaderInfo> readers = new TreeMap<>();
    private final Queue<Runnable> questions = new ArrayDeque<>();

    void register(int subtask) {
      readers.put(subtask, new ReaderInfo(subtask, "here"));
    }

    /** Answers the oldest question. */
    void answer() {
      questions.remove().run();
    }

    @Override
    public <T> void callAsync(Callable<T> question, BiConsumer<T, Throwable> handler) {
      questions.add(() -> answer(question, handler));
    }

    private static <T> void answer(Callable<T> question, BiConsumer<T, Throwable> handler) {
      T answer = null;
      Throwable failure = null;
      try {
        answer = question.call();
      } catch (Exception e) {
        failure = e;
      }
      handler.accept(answer, failure);
    }

    @Override
    public <T> void callAsync(
        Callable<T> question, BiConsumer<T, Throwable> handler, long initialDelay, long period) {
      callAsync(question, handler);
    }

    @Override
    public void assignSplits(SplitsAssignment<Split> assignment) {
      assignment
          .assignment()
          .forEach(
              (subtask, splits) ->
                  splits.forEach(split -> log.add(subtask + " gets " + split.splitId())));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
      log.add(subtask + " has all");
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      return readers;
    }

    @Override
    public int currentParallelism() {
      return readers.size();
    }

    @Override
    public void runInCoordinatorThread(Runnable task) {
      task.run();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
      log.add(subtask + " hears " + event);
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
      return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
    }
  }
}
