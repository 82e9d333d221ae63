package io.flinkinference;

import io.flinkinference.batch.Batcher;
import io.flinkinference.batch.Entry;
import io.flinkinference.batch.Failure;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.task.BatchReport;
import io.flinkinference.task.BatchRunner;
import io.flinkinference.task.BatchSizing;
import io.flinkinference.task.FailureWatch;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.task.TextReader;
import io.flinkinference.task.TextReading;
import io.flinkinference.text.Encoding;
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
  private final Batcher<Item<T, R>> batcher;
  private final TextReader<T> reader;
  private final TaskDecoder<R> decoder;
  private final Consumer<TextOutcome<T, R>> outcomes;
  private final EngineExecutor.Registration engine;
  private final FailureWatch failures;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Item<T, R>> queue = new ArrayDeque<>();
  private int tokens;
  private Throwable broken;

  ScoringRun(
      LoadedModel model,
      TaskDecoder<R> decoder,
      OperatorOptions options,
      BatchSizing sizing,
      Function<T, String> text,
      Consumer<TextOutcome<T, R>> outcomes) {
    this.options = options;
    this.batcher = sizing.batcher(options.batching());
    this.reader = new TextReader<>(text, model.tokenizer(), options.texts());
    this.decoder = decoder;
    this.outcomes = outcomes;
    this.failures = new FailureWatch(options.maxConsecutiveFailures());
    this.engine =
        model
            .executor()
            .register(new BatchRunner<>(batcher, sizing.budget(), model, decoder, this::batchDone));
  }

  /** Adds an item, as soon as there is room. */
  void add(T value) {
    Item<T, R> item = read(value);
    lock.lock();
    try {
      while (broken == null && isFull(item)) {
        changed.awaitUninterruptibly();
      }
      throwIfBroken();
      queue.add(item);
      tokens += item.tokens();
      emit();
    } finally {
      lock.unlock();
    }
    if (!item.done) {
      batcher.add(item);
      engine.signal();
    }
  }

  private Item<T, R> read(T value) {
    try {
      TextReading reading = reader.read(value);
      if (reading instanceof TextReading.Encoded encoded) {
        return new Item<>(value, encoded.encoding());
      }
      boolean skipped = reading == TextReading.NoText.SKIPPED;
      return Item.done(value, skipped ? null : decoder.emptyResult(), null);
    } catch (UnscorableException e) {
      return Item.done(value, null, Failure.of(e, 0));
    }
  }

  private boolean isFull(Item<T, R> next) {
    return !queue.isEmpty()
        && (queue.size() >= options.maxRecords() || tokens + next.tokens() > options.maxTokens());
  }

  /** Returns when the outcome of each item was taken. */
  void awaitAll() {
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

  private void batchDone(BatchReport<Item<T, R>> report) {
    lock.lock();
    try {
      if (report.fatal() != null) {
        broken = new EngineException("The engine broke: " + report.fatal(), report.fatal());
      }
      for (Item<T, R> item : report.entries()) {
        item.done = true;
      }
      emit();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  /** Requires the lock. */
  private void emit() {
    while (broken == null && !queue.isEmpty() && queue.peek().done) {
      Item<T, R> item = queue.poll();
      tokens -= item.tokens();
      try {
        if (item.encoding != null) { // Others say nothing about the engine.
          failures.observe(item.failure);
        }
        outcomes.accept(new TextOutcome<>(item.value, item.result, item.failure));
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
    lock.lock();
    try {
      if (broken == null) {
        broken = new IllegalStateException("The run has ended.");
      }
    } finally {
      lock.unlock();
    }
    engine.close();
    batcher.close();
  }

  /** An item on its way. {@code done} is guarded by the lock. */
  static final class Item<T, R> implements Entry<R> {

    private final T value;
    private final Encoding encoding;
    private final long acceptedNanos = System.nanoTime();
    private R result;
    private Failure failure;
    private int attempts;
    private boolean done;

    Item(T value, Encoding encoding) {
      this.value = value;
      this.encoding = encoding;
    }

    /** One that never reaches the engine. */
    static <T, R> Item<T, R> done(T value, R result, Failure failure) {
      Item<T, R> item = new Item<>(value, null);
      item.result = result;
      item.failure = failure;
      item.done = true;
      return item;
    }

    private int tokens() {
      return encoding == null ? 0 : encoding.length();
    }

    @Override
    public Encoding encoding() {
      return encoding;
    }

    @Override
    public long acceptedNanos() {
      return acceptedNanos;
    }

    @Override
    public void startAttempt() {
      attempts++;
    }

    @Override
    public int attempts() {
      return attempts;
    }

    @Override
    public void complete(R value) {
      result = value;
      failure = null;
    }

    @Override
    public void fail(Failure why) {
      failure = why;
    }
  }
}
