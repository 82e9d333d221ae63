package io.flinkinference;

import io.flinkinference.engine.EngineException;
import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.task.BatchReport;
import io.flinkinference.task.Submission;
import io.flinkinference.task.SubmissionQueue;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.task.TextReader;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One pass of a {@link TextScorer} over its items: a bounded queue in the order of the items, whose
 * head leaves when it is done.
 *
 * <p><b>Thread safety:</b> one thread adds, engine threads complete; {@code lock} guards the queue,
 * and who holds it emits.
 */
final class ScoringRun<T, R> implements AutoCloseable {

  private final OperatorOptions options;
  private final TextReader<T> reader;
  private final TaskDecoder<R> decoder;
  private final Consumer<TextOutcome<T, R>> outcomes;
  private final SubmissionQueue<Item<T, R>, R> submissions;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Item<T, R>> queue = new ArrayDeque<>();
  private int tokens;
  private Throwable broken;

  ScoringRun(
      OpenScorer<R> scorer,
      Function<T, String> text,
      Function<T, String> pair,
      Consumer<TextOutcome<T, R>> outcomes) {
    scorer.task().check(pair != null);
    this.options = scorer.options();
    this.reader = scorer.reader(text, pair);
    this.decoder = scorer.decoder();
    this.outcomes = outcomes;
    this.submissions = scorer.queue(new Completions());
  }

  /** Adds an item, as soon as there is room. */
  void add(T value) {
    Item<T, R> item = new Item<>(value);
    item.read(value, reader, decoder);
    item.done = !item.isForTheEngine();
    lock.lock();
    try {
      while (broken == null && isFull(item)) {
        submissions.nobodyComes();
        changed.awaitUninterruptibly();
      }
      throwIfBroken();
      queue.add(item);
      tokens += item.tokens();
      emit();
    } finally {
      lock.unlock();
    }
    if (item.isForTheEngine()) {
      submissions.add(item);
    }
  }

  private boolean isFull(Item<T, R> next) {
    return !queue.isEmpty()
        && (queue.size() >= options.maxRecords() || tokens + next.tokens() > options.maxTokens());
  }

  /** Returns when the outcome of each item was taken. */
  void awaitAll() {
    submissions.nobodyComes();
    lock.lock();
    try {
      while (broken == null && !queue.isEmpty()) {
        changed.awaitUninterruptibly();
      }
      throwIfBroken();
    } finally {
      lock.unlock();
    }
  }

  /** Requires the lock. */
  private void emit() {
    while (broken == null && !queue.isEmpty() && queue.peek().done) {
      Item<T, R> item = queue.poll();
      tokens -= item.tokens();
      try {
        outcomes.accept(new TextOutcome<>(item.value, item.result(), item.failure()));
      } catch (Throwable e) {
        broken = e;
      }
    }
  }

  private void throwIfBroken() {
    if (broken instanceof Error error) {
      throw error;
    }
    if (broken instanceof RuntimeException exception) {
      throw exception;
    }
    if (broken != null) {
      throw new IllegalStateException("The taker of the outcomes threw " + broken, broken);
    }
  }

  /** What is still under way is dropped; no outcome is handed over after this. */
  @Override
  public void close() {
    breakOff(new IllegalStateException("The run has ended."));
    submissions.close();
  }

  /** The first reason counts. */
  private void breakOff(RuntimeException why) {
    lock.lock();
    try {
      if (broken == null) {
        broken = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Engine threads call it. */
  private final class Completions implements SubmissionQueue.Taker<Item<T, R>> {

    @Override
    public void done(BatchReport<Item<T, R>> report) {
      lock.lock();
      try {
        for (Item<T, R> item : report.entries()) {
          item.done = true;
        }
        emit();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void broken(EngineException why) {
      breakOff(why);
    }
  }

  /** An item on its way. {@code done} is guarded by the lock. */
  private static final class Item<T, R> extends Submission<Item<T, R>, R> {

    private final T value;
    private boolean done;

    Item(T value) {
      this.value = value;
    }

    @Override
    protected Item<T, R> self() {
      return this;
    }
  }
}
