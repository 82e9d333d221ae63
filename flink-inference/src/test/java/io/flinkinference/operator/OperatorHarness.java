package io.flinkinference.operator;

import io.flinkinference.operator.types.ResultTypes;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.Scored;
import io.flinkinference.runtime.ModelLease;
import io.flinkinference.runtime.ModelOpener;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.Task;
import io.flinkinference.task.TextPolicy;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.testing.TestingThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;

/**
 * One subtask of the operator, around a testing engine. Its mailbox thread is the test's thread.
 */
final class OperatorHarness implements AutoCloseable {

  static final Duration OPEN_LIMIT = Duration.ofMinutes(1);

  static final OperatorOptions OPTIONS = options(false, 100, 10_000, 64);

  static final OutputTag<DeadLetter<String>> DEAD_LETTERS =
      new OutputTag<>("dead-letters", ResultTypes.deadLetter(Types.STRING));

  private final OneInputStreamOperatorTestHarness<String, Scored<String, String>> harness;

  static OperatorOptions options(boolean ordered, int maxRecords, int maxTokens, int tokenBudget) {
    return new OperatorOptions(
        ordered,
        maxRecords,
        maxTokens,
        BatchOptions.fixed(tokenBudget),
        TextPolicy.DEFAULT,
        1_000,
        OPEN_LIMIT,
        CacheOptions.NONE);
  }

  OperatorHarness(TestingEngine engine, OperatorOptions options) throws Exception {
    this(engine, options, 1, 0, false);
  }

  OperatorHarness(
      TestingEngine engine,
      OperatorOptions options,
      int parallelism,
      int subtask,
      boolean objectReuse)
      throws Exception {
    this(engine, options, parallelism, subtask, objectReuse, model -> TestingModel.DECODER, null);
  }

  /** With a task of its own. */
  OperatorHarness(
      TestingEngine engine,
      OperatorOptions options,
      Task<String> task,
      SerializableFunction<String, String> pair)
      throws Exception {
    this(engine, options, 1, 0, false, task, pair);
  }

  private OperatorHarness(
      TestingEngine engine,
      OperatorOptions options,
      int parallelism,
      int subtask,
      boolean objectReuse,
      Task<String> task,
      SerializableFunction<String, String> pair)
      throws Exception {
    InferenceOperatorFactory<String, String> factory =
        new InferenceOperatorFactory<>(
            new InferenceSpec<>(
                text -> text.equals("null") ? null : extract(text),
                pair,
                new EngineOpener(EngineOpener.register(engine)),
                task,
                options,
                DeviceChoice.OPENERS_OWN,
                DEAD_LETTERS));
    harness = new OneInputStreamOperatorTestHarness<>(factory, 128, parallelism, subtask);
    ExecutionConfig config = harness.getExecutionConfig();
    if (objectReuse) {
      config.enableObjectReuse();
    }
    harness
        .getStreamConfig()
        .setupNetworkInputs(Types.STRING.createSerializer(config.getSerializerConfig()));
    harness.getStreamConfig().serializeAllConfigs();
    harness.setup(
        ResultTypes.scored(Types.STRING, Types.STRING)
            .createSerializer(config.getSerializerConfig()));
  }

  private static String extract(String text) {
    if (text.startsWith("throw")) {
      throw new IllegalStateException("no text here");
    }
    return text;
  }

  static OperatorHarness open(TestingEngine engine, OperatorOptions options) throws Exception {
    OperatorHarness opened = new OperatorHarness(engine, options);
    opened.harness.open();
    return opened;
  }

  static OperatorHarness restore(
      TestingEngine engine, OperatorOptions options, OperatorSubtaskState state) throws Exception {
    return restore(engine, options, state, 1, 0);
  }

  static OperatorHarness restore(
      TestingEngine engine,
      OperatorOptions options,
      OperatorSubtaskState state,
      int parallelism,
      int subtask)
      throws Exception {
    OperatorHarness restored = new OperatorHarness(engine, options, parallelism, subtask, false);
    restored.harness.initializeState(state);
    restored.harness.open();
    return restored;
  }

  /** Has another thread act once this one, the mailbox thread, waits for room, or for the other. */
  static Future<?> whenBlocked(Runnable action) {
    Thread mailboxThread = Thread.currentThread();
    FutureTask<?> acting =
        new FutureTask<>(
            () -> {
              // The mailbox waits in steps of a second; who waits for a lock has no such limit.
              TestingThreads.await(() -> mailboxThread.getState() == Thread.State.TIMED_WAITING);
              action.run();
            },
            null);
    TestingThreads.daemon(acting).start();
    return acting;
  }

  OneInputStreamOperatorTestHarness<String, Scored<String, String>> flink() {
    return harness;
  }

  void send(String... texts) throws Exception {
    for (String text : texts) {
      harness.processElement(new StreamRecord<>(text, 1));
    }
  }

  /** Runs mails until the condition holds; each wait ends with a mail of the engine. */
  void until(BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      harness.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
    }
  }

  /** Runs mails until so many elements, records and events, have come out. */
  void untilOutput(int size) throws Exception {
    until(() -> harness.getOutput().size() >= size);
  }

  void untilDeadLetters(int size) throws Exception {
    until(() -> deadLetters().size() >= size);
  }

  List<String> inputs() {
    List<String> inputs = new ArrayList<>();
    for (Scored<String, String> scored : results()) {
      inputs.add(scored.input());
    }
    return inputs;
  }

  List<Scored<String, String>> results() {
    return harness.extractOutputValues();
  }

  List<DeadLetter<String>> deadLetters() {
    List<DeadLetter<String>> letters = new ArrayList<>();
    var records = harness.getSideOutput(DEAD_LETTERS);
    if (records != null) {
      records.forEach(record -> letters.add(record.getValue()));
    }
    return letters;
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new IllegalStateException("The operator did not close.", e);
    }
  }

  /** Finds the test's engine again after the factory was serialized. */
  private record EngineOpener(int number) implements ModelOpener {

    private static final long serialVersionUID = 1L;
    private static final Map<Integer, TestingEngine> ENGINES = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT = new AtomicInteger();

    static int register(TestingEngine engine) {
      int number = NEXT.incrementAndGet();
      ENGINES.put(number, engine);
      return number;
    }

    @Override
    public ModelLease open() {
      var model = TestingModel.around(ENGINES.get(number));
      return new ModelLease(model, model::close);
    }
  }
}
