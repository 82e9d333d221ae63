package io.flinkinference.operator;

import io.flinkinference.batch.Batcher;
import io.flinkinference.batch.Failure;
import io.flinkinference.batch.TokenBudgetPolicy;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.result.Scored;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.task.BatchReport;
import io.flinkinference.task.BatchRunner;
import io.flinkinference.task.FailureWatch;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.task.TextReader;
import io.flinkinference.task.TextReading;
import io.flinkinference.text.Encoding;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamElementSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Scores the text of each record with a model.
 *
 * <p><b>The way of a record.</b> {@link #processElement} extracts and encodes the text, puts the
 * record into the in-flight buffer and its token ids before the batcher, and signals the engine's
 * threads. A free one forms a batch from all that waits, runs and decodes it, and sends one mail;
 * the mail marks the records as done, and they leave one at a time, in order or as they come, never
 * across a watermark.
 *
 * <p><b>Backpressure.</b> When the buffer is full the operator yields to its mails until there is
 * room, and reads no further input. Nothing else queues without bound.
 *
 * <p><b>Checkpoints.</b> The snapshot holds the inputs of all records in flight, in the order of
 * arrival, and never waits for the engine. Restored records run before new ones. Watermarks are not
 * part of it: after a restore the sources make them anew.
 *
 * <p><b>Bad records</b> leave by the side output, with the reason; the job goes on. Only an engine
 * that fails on many records in a row fails the job.
 *
 * <p><b>Thread safety:</b> everything here belongs to the mailbox thread but for {@link #handBack},
 * which engine threads call.
 */
final class InferenceOperator<IN, R> extends AbstractStreamOperator<Scored<IN, R>>
    implements OneInputStreamOperator<IN, Scored<IN, R>>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private final transient InferenceSpec<IN, R> spec;
  private final transient MailboxExecutor mailbox;

  private transient StreamElementSerializer<IN> inputSerializer;
  private transient InFlightState<IN> state;

  private transient ModelLease lease;
  private transient ModelStamp stamp;
  private transient TextReader<IN> reader;
  private transient TaskDecoder<R> decoder;
  private transient Batcher<InFlightRecord<IN, R>> batcher;
  private transient EngineExecutor.Registration engine;
  private transient InferenceMetrics figures;
  private transient FailureWatch failures;

  private transient InFlightBuffer buffer;
  private transient int tokensInFlight;
  private transient boolean emitting;
  private transient StreamRecord<Scored<IN, R>> outRecord;
  private transient StreamRecord<DeadLetter<IN>> outDeadLetter;

  InferenceOperator(StreamOperatorParameters<Scored<IN, R>> parameters, InferenceSpec<IN, R> spec) {
    super(parameters);
    this.spec = spec;
    this.mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    inputSerializer =
        new StreamElementSerializer<>(
            getOperatorConfig().getTypeSerializerIn(0, getUserCodeClassloader()));
    state = InFlightState.open(context.getOperatorStateStore(), inputSerializer);
  }

  @Override
  public void open() throws Exception {
    super.open();
    OperatorOptions options = spec.options();
    buffer = options.ordered() ? new OrderedBuffer() : new UnorderedBuffer();
    failures = new FailureWatch(options.maxConsecutiveFailures());
    outRecord = new StreamRecord<>(null);
    outDeadLetter = new StreamRecord<>(null);

    lease = spec.opener().open();
    LoadedModel model = lease.model();
    stamp = model.stamp();
    reader = new TextReader<>(spec.text(), model.tokenizer(), options.texts());
    decoder = spec.task().open(model);
    batcher = new Batcher<>(new TokenBudgetPolicy(options.tokenBudget()));
    engine =
        model
            .executor()
            .register(new BatchRunner<>(batcher, model.engine(), decoder, this::handBack));
    figures = new InferenceMetrics(getMetricGroup(), stamp.name(), () -> buffer.size());

    for (StreamRecord<IN> record : state.takeRestored()) {
      accept(record);
    }
  }

  @Override
  public void processElement(StreamRecord<IN> record) throws Exception {
    // With object reuse the record's value changes after this call.
    boolean reused = getExecutionConfig().isObjectReuseEnabled();
    accept(reused ? inputSerializer.copy(record).asRecord() : record);
  }

  private void accept(StreamRecord<IN> input) throws Exception {
    Encoding encoding = null;
    R empty = null;
    Failure failure = null;
    try {
      TextReading reading = reader.read(input.getValue());
      if (reading == TextReading.NoText.SKIPPED) {
        figures.skipped();
        return;
      }
      if (reading instanceof TextReading.Encoded encoded) {
        encoding = encoded.encoding();
      } else {
        empty = decoder.emptyResult();
      }
    } catch (UnscorableException e) {
      failure = new Failure(e.reason(), e.getMessage(), 0);
    }
    awaitRoom(encoding == null ? 0 : encoding.length());
    InFlightRecord<IN, R> record = new InFlightRecord<>(input, encoding, System.nanoTime());
    add(record);
    if (encoding != null) {
      batcher.add(record);
      engine.signal();
    } else {
      if (failure == null) {
        record.complete(empty);
      } else {
        record.fail(failure);
      }
      done(record);
      scheduleEmission();
    }
  }

  /** Returns when an element may be added. This wait is the backpressure. */
  private void awaitRoom(int tokens) throws Exception {
    OperatorOptions options = spec.options();
    while (buffer.size() > 0
        && (buffer.size() >= options.maxRecords()
            || tokensInFlight + tokens > options.maxTokens())) {
      mailbox.yield();
    }
  }

  private void add(InFlight element) {
    buffer.add(element);
    tokensInFlight += element.tokens();
  }

  /** Called by engine threads, once for each batch. */
  private void handBack(BatchReport<InFlightRecord<IN, R>> report) {
    try {
      mailbox.execute(() -> batchDone(report), "inference batch done");
    } catch (RejectedExecutionException e) {
      // The task has ended meanwhile; its records are in the last checkpoint.
      LOG.debug("A batch of {} came back after the end.", report.entries().size());
    }
  }

  private void batchDone(BatchReport<InFlightRecord<IN, R>> report) throws Exception {
    if (report.fatal() != null) {
      throw new EngineException(
          "The engine broke on " + stamp.device() + ", which is no record's fault.",
          report.fatal());
    }
    figures.batchDone(report);
    for (InFlightRecord<IN, R> record : report.entries()) {
      done(record);
    }
    scheduleEmission();
  }

  private void done(InFlightRecord<IN, R> record) {
    if (record.encoding() != null) { // Others say nothing about the engine.
      failures.observe(record.failure());
    }
    record.markDone();
    buffer.done(record);
  }

  private void scheduleEmission() {
    if (!emitting && buffer.hasNext()) {
      emitting = true;
      try {
        mailbox.execute(this::emitNext, "emit inference result");
      } catch (RejectedExecutionException e) {
        // The task stops with a savepoint, which holds what is still in flight.
        LOG.debug("{} elements stay in flight at the end.", buffer.size());
      }
    }
  }

  /** One a mail, so that checkpoints and cancellation need not wait for a long row of results. */
  private void emitNext() throws Exception {
    emitting = false;
    InFlight element = buffer.poll();
    if (element instanceof InFlightEvent event) {
      event.forward();
    } else if (element != null) {
      tokensInFlight -= element.tokens();
      @SuppressWarnings("unchecked") // Only records of these types are ever added.
      InFlightRecord<IN, R> record = (InFlightRecord<IN, R>) element;
      emit(record);
    }
    scheduleEmission();
  }

  private void emit(InFlightRecord<IN, R> record) {
    IN input = record.input().getValue();
    Failure failure = record.failure();
    if (failure == null) {
      output.collect(stamped(outRecord, record, new Scored<>(input, record.result(), stamp)));
    } else {
      figures.deadLetter();
      output.collect(
          spec.deadLetters(),
          stamped(
              outDeadLetter,
              record,
              new DeadLetter<>(
                  input, failure.reason(), failure.message(), failure.attempts(), stamp)));
    }
  }

  /** Gives the output the timestamp of its input. */
  private <T> StreamRecord<T> stamped(StreamRecord<T> out, InFlightRecord<IN, R> record, T value) {
    StreamRecord<IN> in = record.input();
    if (in.hasTimestamp()) {
      out.replace(value, in.getTimestamp());
    } else {
      out.replace(value);
      out.eraseTimestamp();
    }
    return out;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    inPlace(() -> super.processWatermark(mark));
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    inPlace(() -> super.processWatermarkStatus(status));
  }

  @Override
  public void processRecordAttributes(RecordAttributes attributes) throws Exception {
    inPlace(() -> super.processRecordAttributes(attributes));
  }

  @Override
  public void processWatermark(WatermarkEvent event) throws Exception {
    inPlace(() -> super.processWatermark(event));
  }

  /** Forwards an event after all records before it and before all records behind it. */
  private void inPlace(ThrowingRunnable<Exception> forward) throws Exception {
    if (buffer.size() == 0) {
      forward.run();
    } else {
      awaitRoom(0);
      add(new InFlightEvent(forward));
      scheduleEmission();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.save(buffer);
  }

  @Override
  public void endInput() throws Exception {
    while (buffer.size() > 0) {
      mailbox.yield();
    }
  }

  @Override
  public void close() throws Exception {
    // Also after an open() that failed half-way.
    try {
      if (engine != null) {
        engine.close();
        batcher.close();
      }
      if (lease != null) {
        lease.close();
      }
    } finally {
      super.close();
    }
  }
}
