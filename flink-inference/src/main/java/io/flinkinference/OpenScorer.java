package io.flinkinference;

import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.task.BatchSizing;
import io.flinkinference.task.Submission;
import io.flinkinference.task.SubmissionQueue;
import io.flinkinference.task.Task;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.task.TextReader;
import java.util.function.Function;

/**
 * A loaded model with a task, as {@link ScoringSpec#open} makes it.
 *
 * @param lease owned
 * @param task what is asked of it
 * @param decoder of the task
 * @param options how texts are read and batched
 * @param sizing how large batches are
 */
record OpenScorer<R>(
    ModelLease lease,
    Task<R> task,
    TaskDecoder<R> decoder,
    OperatorOptions options,
    BatchSizing sizing)
    implements AutoCloseable {

  LoadedModel model() {
    return lease.model();
  }

  /** Pair is null where items have one text. */
  <T> TextReader<T> reader(Function<T, String> text, Function<T, String> pair) {
    return new TextReader<>(text, pair, task.form(), model(), options.texts(), task.needsSpans());
  }

  <E extends Submission<E, R>> SubmissionQueue<E, R> queue(SubmissionQueue.Taker<E> taker) {
    return new SubmissionQueue<>(
        model(), decoder, options.batching(), sizing, options.maxConsecutiveFailures(), taker);
  }

  @Override
  public void close() {
    lease.close();
  }
}
