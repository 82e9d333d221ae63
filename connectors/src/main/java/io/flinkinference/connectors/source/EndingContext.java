package io.flinkinference.connectors.source;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * Sees when an enumerator that looks for splits once has nothing left to ask: then it has all that
 * there will be, and readers are told so.
 *
 * <p><b>Thread safety:</b> for the coordinator's thread, in which the answers come too.
 */
final class EndingContext<S extends SourceSplit> implements SplitEnumeratorContext<S> {

  private final SplitEnumeratorContext<S> context;

  private int asked;
  private boolean complete;

  EndingContext(SplitEnumeratorContext<S> context) {
    this.context = context;
  }

  @Override
  public <T> void callAsync(Callable<T> question, BiConsumer<T, Throwable> handler) {
    asked++;
    context.callAsync(
        question,
        (answer, failure) -> {
          int before = asked;
          handler.accept(answer, failure);
          if (failure == null && asked == before) {
            complete = true;
            context.registeredReaders().keySet().forEach(context::signalNoMoreSplits);
          }
        });
  }

  /** A reader has what was meant for it. */
  void readerAdded(int subtask) {
    if (complete) {
      context.signalNoMoreSplits(subtask);
    }
  }

  @Override
  public <T> void callAsync(
      Callable<T> question, BiConsumer<T, Throwable> handler, long initialDelay, long period) {
    context.callAsync(question, handler, initialDelay, period);
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return context.metricGroup();
  }

  @Override
  public void sendEventToSourceReader(int subtask, SourceEvent event) {
    context.sendEventToSourceReader(subtask, event);
  }

  @Override
  public void sendEventToSourceReader(int subtask, int attempt, SourceEvent event) {
    context.sendEventToSourceReader(subtask, attempt, event);
  }

  @Override
  public int currentParallelism() {
    return context.currentParallelism();
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return context.registeredReaders();
  }

  @Override
  public Map<Integer, Map<Integer, ReaderInfo>> registeredReadersOfAttempts() {
    return context.registeredReadersOfAttempts();
  }

  @Override
  public void assignSplits(SplitsAssignment<S> assignment) {
    context.assignSplits(assignment);
  }

  @Override
  public void assignSplit(S split, int subtask) {
    context.assignSplit(split, subtask);
  }

  @Override
  public void signalNoMoreSplits(int subtask) {
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public void runInCoordinatorThread(Runnable task) {
    context.runInCoordinatorThread(task);
  }

  @Override
  public void setIsProcessingBacklog(boolean isBacklog) {
    context.setIsProcessingBacklog(isBacklog);
  }
}
