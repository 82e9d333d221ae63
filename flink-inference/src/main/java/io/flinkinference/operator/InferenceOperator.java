package io.flinkinference.operator;

import com.github.benmanes.caffeine.cache.Ticker;
import io.flinkinference.batch.Batcher;
import io.flinkinference.batch.Failure;
import io.flinkinference.batch.LatencyControl;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.operator.InferenceMetrics.Observed;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.result.Scored;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.runtime.DeviceLoss;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.runtime.ModelOpener;
import io.flinkinference.task.BatchReport;
import io.flinkinference.task.BatchRunner;
import io.flinkinference.task.BatchSizing;
import io.flinkinference.task.FailureWatch;
import io.flinkinference.task.Parts;
import io.flinkinference.task.RecordEntry;
import io.flinkinference.task.TaskDecoder;
import io.flinkinference.task.TextReader;
import io.flinkinference.task.TextReading;
import io.flinkinference.text.Encoding;
import java.util.Optional;
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
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Scores the text of each record with a model.
 *
 * <p><b>The way of a record.</b> {@link #processElement} extracts and encodes the text, puts the
 * record into the in-flight buffer and its token ids before the batcher, and signals the engine's
 * threads where a batch may be due. A free one forms a batch from all that waits, runs and decodes
 * it, and hands it back. One mail marks the records of all batches that came back as done, and they
 * leave a few at a time, in order or as they come, never across a watermark.
 *
 * <p><b>Backpressure.</b> When the buffer is full the operator yields to its mails until there is
 * room, and reads no further input. Nothing else queues without bound.
 *
 * <p><b>Checkpoints.</b> The snapshot holds the inputs of all records in flight, in the order of
 * arrival, and never waits for the engine. Restored records run before new ones. Watermarks are not
 * part of it: after a restore the sources make them anew.
 *
 * <p><b>A record with several encodings</b> waits as its parts, each an entry of its own, and is
 * done when all of them are back.
 *
 * <p><b>Equal texts</b> in flight are scored once; the others follow the first and get its result.
 *
 * <p><b>Bad records</b> leave by the side output, with the reason; the job goes on. Only an engine
 * that fails on a text that ran before, that hangs, or that fails on many records in a row fails
 * the job.
 *
 * <p><b>Thread safety:</b> everything here belongs to the mailbox thread but for {@link #handBack},
 * which engine threads call.
 */
final class InferenceOperator<IN, R> extends AbstractStreamOperator<Scored<IN, R>>
    implements OneInputStreamOperator<IN, Scored<IN, R>>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  /** So that new records come in, and the engine has work, while a long row of results leaves. */
  private static final int MOST_IN_A_MAIL = 16;

  private final transient InferenceSpec<IN, R> spec;
  private final transient MailboxExecutor mailbox;

  private transient StreamElementSerializer<IN> inputSerializer;
  private transient InFlightState<IN> state;

  private transient DeviceClaim device; // Null where the TaskManager is not asked.
  private transient ModelLease lease;
  private transient TextReader<IN> reader;
  private transient TaskDecoder<R> decoder;
  private transient EqualTexts<IN, R> equalTexts;
  private transient Batcher<RecordEntry<InFlightRecord<IN, R>, R>> batcher;
  private transient EngineExecutor.Registration engine;
  private transient Optional<LatencyControl> latency;
  private transient FailureWatch failures;
  private transient CameBack<BatchReport<RecordEntry<InFlightRecord<IN, R>, R>>> cameBack;

  private transient InFlightBuffer buffer;
  private transient Capacity capacity;
  private transient ThrowingRunnable<Exception> emission; // One object for all mails.
  private transient boolean emitting;
  private transient boolean objectsAreReused; // Asked once: the configuration looks it up by name.
  private transient ResultEmitter<IN, R> emitter;
  private transient InferenceMetrics figures;

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
    spec.task().check(spec.pair() != null);
    OpenSpan opening = new OpenSpan();
    BatchSizing sizing = openModel(opening);
    LoadedModel model = lease.model();
    ModelStamp stamp = model.stamp();
    latency = sizing.latency();
    failures = new FailureWatch(options.maxConsecutiveFailures());
    reader =
        new TextReader<>(
            spec.text(),
            spec.pair(),
            spec.task().form(),
            model,
            options.texts(),
            spec.task().needsSpans());
    equalTexts = new EqualTexts<>(options.cache(), Ticker.systemTicker());
    buffer = options.ordered() ? new OrderedBuffer() : new UnorderedBuffer();
    capacity = new Capacity(options.maxRecords(), options.maxTokens(), latency);
    cameBack = new CameBack<>();
    emission = this::emitSome;
    objectsAreReused = getExecutionConfig().isObjectReuseEnabled();
    emitter = new ResultEmitter<>(output, spec.deadLetters(), stamp);
    figures =
        new InferenceMetrics(
            getMetricGroup(),
            stamp,
            new Observed(capacity, sizing.budget(), model.executor(), sizing.warmUpNanos()));
    batcher = sizing.batcher(options.batching());
    engine =
        model
            .executor()
            .register(new BatchRunner<>(batcher, sizing.budget(), model, decoder, this::handBack));
    opening.report(getMetricGroup(), stamp, sizing);
    LOG.info("The model {} runs on {}.", stamp.name(), stamp.device());
    tell(stamp);

    for (StreamRecord<IN> record : state.takeRestored()) {
      accept(record);
    }
  }

  /** Leases the model, warms it up, and opens the task, which may run texts of its own. */
  private BatchSizing openModel(OpenSpan opening) throws InterruptedException {
    OperatorOptions options = spec.options();
    OpenLimit limit = new OpenLimit(options.openLimit(), this::failFromOutside);
    try {
      lease = opener().open();
      opening.loaded();
      LoadedModel model = lease.model();
      EngineExecutor.Registration watch = model.executor().watch(this::brokeWhileOpening);
      try {
        BatchSizing sizing = BatchSizing.of(options.batching(), model, options.maxTokens());
        decoder = options.texts().decoder(spec.task().open(model, options.texts().prefix()));
        return sizing;
      } finally {
        watch.close();
      }
    } catch (EngineException e) {
      DeviceLoss.endProcess(e);
      throw e;
    } finally {
      limit.end();
    }
  }

  /** Another who shares the engine found out; a run of this one might never get its turn. */
  private void brokeWhileOpening(Throwable why) {
    failFromOutside(
        new EngineException("The engine broke while it was opened: " + why.getMessage(), why));
  }

  /** Called by another thread. */
  private void failFromOutside(EngineException why) {
    getContainingTask().getEnvironment().failExternally(why);
  }

  private ModelOpener opener() {
    if (!spec.devices().asksTheTaskManager()) {
      return spec.opener();
    }
    device = DeviceClaim.of(spec.devices(), getRuntimeContext());
    return spec.opener().on(device.device());
  }

  /** Says once what a user of the results should know. */
  private void tell(ModelStamp stamp) {
    if (!stamp.batchInvariant()) {
      LOG.warn(
          "With the model {} ({}) a text's score depends a little on the texts beside it, and is not"
              + " the same bits when a failure is replayed: it quantises activations over the whole"
              + " batch, has activations of 16 bits, or reduces over the sequence in the graph. Its results are stamped so. An"
              + " fp32 or statically quantised encoder whose output is pooled outside the graph has"
              + " no such effect.",
          stamp.name(),
          stamp.precision());
    }
  }

  @Override
  public void processElement(StreamRecord<IN> record) throws Exception {
    // With object reuse the record's value changes after this call.
    accept(objectsAreReused ? inputSerializer.copy(record).asRecord() : record);
  }

  private void accept(StreamRecord<IN> input) throws Exception {
    InFlightRecord<IN, R> record = read(input);
    if (record == null) {
      figures.skipped();
      return;
    }
    awaitRoom(record.tokens());
    record.accept(System.nanoTime());
    add(record);
    if (record.tokenIds() == null) {
      done(record);
    } else {
      score(record);
    }
  }

  /** Encodes the text of a record, or settles what becomes of it without; null if it is skipped. */
  private InFlightRecord<IN, R> read(StreamRecord<IN> input) {
    try {
      TextReading reading = reader.read(input.getValue());
      if (reading instanceof TextReading.Encoded encoded) {
        return new InFlightRecord<>(input, encoded.encoding());
      }
      if (reading instanceof TextReading.EncodedParts several) {
        return new InFlightRecord<>(input, several.inputs());
      }
      if (reading == TextReading.NoText.SKIPPED) {
        return null;
      }
      InFlightRecord<IN, R> empty = new InFlightRecord<>(input, (Encoding) null);
      empty.complete(decoder.emptyResult());
      return empty;
    } catch (UnscorableException e) {
      InFlightRecord<IN, R> unscorable = new InFlightRecord<>(input, (Encoding) null);
      unscorable.fail(Failure.of(e, 0));
      return unscorable;
    }
  }

  private void score(InFlightRecord<IN, R> record) {
    EqualTexts.Answer answer = equalTexts.look(record);
    figures.answered(answer);
    switch (answer) {
      case LEADS -> {
        if (record.parts() == null ? batcher.add(record) : addParts(record.parts())) {
          engine.signal();
        }
      }
      case CACHED -> done(record);
      case FOLLOWS -> {} // Its leader brings it to its end.
    }
  }

  private boolean addParts(Parts<InFlightRecord<IN, R>, R> parts) {
    int windows = parts.windows();
    if (windows > 0) {
      figures.windowed(windows);
    }
    return batcher.addAll(parts.entries());
  }

  /** Returns when an element may be added. This wait is the backpressure. */
  private void awaitRoom(int tokens) throws Exception {
    while (!capacity.hasRoom(tokens)) {
      if (!mailbox.tryYield()) {
        nothingLingers();
        mailbox.yield();
      }
    }
  }

  /** Until a batch is done, or for good, no record comes that others might wait for. */
  private void nothingLingers() {
    if (batcher.nobodyComes()) {
      engine.signal();
    }
  }

  private void add(InFlight element) {
    buffer.add(element);
    capacity.add(element);
  }

  /** Called by engine threads, once for each batch. */
  private void handBack(BatchReport<RecordEntry<InFlightRecord<IN, R>, R>> report) {
    if (cameBack.add(report)) {
      try {
        mailbox.execute(this::takeBack, "inference batches done");
      } catch (RejectedExecutionException e) {
        // The task has ended meanwhile; its records are in the last checkpoint.
        LOG.debug("A batch of {} came back after the end.", report.entries().size());
      } catch (Throwable e) { // No heap for the mail: the report that the engine broke sends one.
        cameBack.notSent();
        throw e;
      }
    }
  }

  /** The mail of all batches that came back. */
  private void takeBack() {
    cameBack.opened();
    for (var report = cameBack.next(); report != null; report = cameBack.next()) {
      batchDone(report);
    }
    // By a mail of its own: a task that ends takes none, and nothing may leave then.
    scheduleEmission();
  }

  private void batchDone(BatchReport<RecordEntry<InFlightRecord<IN, R>, R>> report) {
    if (report.fatal() != null) {
      // Flink ends the process for some errors, by their class.
      ExceptionUtils.rethrowIfFatalErrorOrOOM(report.fatal());
      DeviceLoss.endProcess(report.fatal());
      throw new EngineException(
          "The engine broke, which is no record's fault: " + report.fatal().getMessage(),
          report.fatal());
    }
    figures.batchDone(report);
    if (latency.isPresent() && report.counts().isOneGoodRun()) {
      latency.get().ran((int) report.counts().paddedTokens(), report.engineNanos());
    }
    for (RecordEntry<InFlightRecord<IN, R>, R> entry : report.entries()) {
      InFlightRecord<IN, R> record = entry.back(decoder);
      if (record == null) {
        continue; // Other parts of it are still under way.
      }
      failures.observe(record.failure());
      equalTexts.done(record);
      settle(record);
      for (var one = record.firstFollower(); one != null; one = one.nextFollower()) {
        one.takeOver(record);
        settle(one);
      }
    }
  }

  /** A record is done that no engine thread had. */
  private void done(InFlightRecord<IN, R> record) {
    settle(record);
    scheduleEmission();
  }

  private void settle(InFlightRecord<IN, R> record) {
    record.markDone();
    buffer.done(record);
  }

  private void scheduleEmission() {
    if (!emitting && buffer.hasNext()) {
      emitting = true;
      try {
        mailbox.execute(emission, "emit inference result");
      } catch (RejectedExecutionException e) {
        // The task ends, after a stop with a savepoint, say. That holds what is still in flight;
        // what
        // left between it and here will leave again.
        LOG.debug("{} elements stay in flight at the end.", buffer.size());
      }
    }
  }

  /** Emits a few, and fewer where other mail waits: a checkpoint, a cancellation, a batch. */
  private void emitSome() throws Exception {
    emitting = false;
    for (int i = 0; i < MOST_IN_A_MAIL && buffer.hasNext(); i++) {
      if (i > 0 && mailbox.shouldInterrupt()) {
        break;
      }
      InFlight element = buffer.poll();
      capacity.remove(element);
      if (element instanceof InFlightEvent event) {
        event.forward();
      } else {
        @SuppressWarnings("unchecked") // Only records of these types are ever added.
        InFlightRecord<IN, R> record = (InFlightRecord<IN, R>) element;
        emit(record);
      }
    }
    scheduleEmission();
  }

  private void emit(InFlightRecord<IN, R> record) {
    long now = System.nanoTime();
    figures.emitted(record, now);
    latency.ifPresent(control -> control.emitted(record.acceptedNanos(), now));
    emitter.emit(record);
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
    nothingLingers();
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
      if (device != null) {
        device.close();
      }
      super.close();
    }
  }
}
