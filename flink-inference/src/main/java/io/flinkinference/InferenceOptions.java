package io.flinkinference;

import io.flinkinference.engine.Device;
import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.runtime.LoadOptions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/** The options of an inference operator. docs/options.md is made from this class. */
public final class InferenceOptions {

  /** Where the model runs. */
  public static final ConfigOption<String> DEVICE =
      ConfigOptions.key("inference.device")
          .stringType()
          .defaultValue("cpu")
          .withDescription("Where the model runs: cpu.");

  /** Engine runs at once. */
  public static final ConfigOption<Integer> CONCURRENCY =
      ConfigOptions.key("inference.engine.concurrency")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Engine runs that may be under way at once in a TaskManager, shared by all its"
                  + " subtasks; 0 for one a processor. Several runs of one thread each do more than"
                  + " one run of several threads.");

  /** Threads of one run. */
  public static final ConfigOption<Integer> INTRA_OP_THREADS =
      ConfigOptions.key("inference.engine.intra-op-threads")
          .intType()
          .defaultValue(1)
          .withDescription("Threads that work on one engine run.");

  /** How many failures in a row fail the job. */
  public static final ConfigOption<Integer> MAX_CONSECUTIVE_FAILURES =
      ConfigOptions.key("inference.engine.max-consecutive-failures")
          .intType()
          .defaultValue(64)
          .withDescription(
              "Records that the engine may fail on in a row, each of them alone, before the job"
                  + " fails: then not the records are at fault but the model or the device. Below"
                  + " that number they become dead letters.");

  /** How long a record may be in the engine. */
  public static final ConfigOption<Duration> TIME_LIMIT =
      ConfigOptions.key("inference.engine.time-limit")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription(
              "Within this time after its first engine run began, a record is scored, or is a dead"
                  + " letter, or the job has failed because the engine hangs. So a device that hangs"
                  + " holds up a checkpoint no longer. A single run is ended after a third of it;"
                  + " its records run again, each alone.");

  /** Most tokens of a text. */
  public static final ConfigOption<Integer> MAX_TOKENS =
      ConfigOptions.key("inference.text.max-tokens")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Most tokens of a text, special tokens included; what lies beyond is cut off. 0 for"
                  + " the model's own limit, which it must not exceed.");

  /** Most characters of a text. */
  public static final ConfigOption<Integer> MAX_CHARACTERS =
      ConfigOptions.key("inference.text.max-characters")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "Characters (UTF-16 units) of a text that the tokenizer gets to see; what lies beyond"
                  + " is cut off before. It keeps a single huge record from stopping a subtask.");

  /** What becomes of blank texts. */
  public static final ConfigOption<BlankText> BLANK_TEXT =
      ConfigOptions.key("inference.text.blank")
          .enumType(BlankText.class)
          .defaultValue(BlankText.DEAD_LETTER)
          .withDescription("What becomes of a text that is empty or white space.");

  /** Padded tokens in a batch. */
  public static final ConfigOption<Integer> TOKEN_BUDGET =
      ConfigOptions.key("inference.batch.token-budget")
          .intType()
          .defaultValue(512)
          .withDescription(
              "Most padded tokens in a batch of more than one row: its rows times the longest of"
                  + " them. A longer text runs alone. On a CPU 512 is a good value, and more than"
                  + " 1,024 loses.");

  /** Records in flight. */
  public static final ConfigOption<Integer> MAX_RECORDS_IN_FLIGHT =
      ConfigOptions.key("inference.in-flight.max-records")
          .intType()
          .defaultValue(1_024)
          .withDescription(
              "Most records, per subtask, that are accepted but not yet emitted. From these the"
                  + " batches are chosen, and these are what a checkpoint holds; when there are that"
                  + " many, no further input is read.");

  /** Tokens in flight. */
  public static final ConfigOption<Integer> MAX_TOKENS_IN_FLIGHT =
      ConfigOptions.key("inference.in-flight.max-tokens")
          .intType()
          .defaultValue(131_072)
          .withDescription(
              "Most tokens, per subtask, of the records that are accepted but not yet emitted. At"
                  + " least the token budget of a batch.");

  /** Whether a job may bring the native code. */
  public static final ConfigOption<NativeUserClassLoader> NATIVE_USER_CLASS_LOADER =
      ConfigOptions.key("inference.native.user-class-loader")
          .enumType(NativeUserClassLoader.class)
          .defaultValue(NativeUserClassLoader.REFUSE)
          .withDescription(
              "Whether ONNX Runtime and the tokenizers may come from the job's jar. Each submission"
                  + " then maps another copy of their native libraries into the TaskManager, which"
                  + " is never freed. REFUSE fails the job and says how to deploy them; ALLOW is for"
                  + " clusters that run one job once, as in application mode.");

  /** All options, in the order of the documentation. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          DEVICE,
          CONCURRENCY,
          INTRA_OP_THREADS,
          MAX_CONSECUTIVE_FAILURES,
          TIME_LIMIT,
          MAX_TOKENS,
          MAX_CHARACTERS,
          BLANK_TEXT,
          TOKEN_BUDGET,
          MAX_RECORDS_IN_FLIGHT,
          MAX_TOKENS_IN_FLIGHT,
          NATIVE_USER_CLASS_LOADER);

  private static final Duration SHORTEST_TIME_LIMIT = Duration.ofMillis(300);

  private InferenceOptions() {}

  /** What to do with a text that is empty or white space. */
  public enum BlankText {
    /** It becomes a dead letter. */
    DEAD_LETTER,
    /** It is scored as it is. */
    SCORE
  }

  /** What to do where a job's jar brings native code. */
  public enum NativeUserClassLoader {
    /** The job fails, with an error that says what to set. */
    REFUSE,
    /** It is taken. */
    ALLOW
  }

  static LoadOptions loadOptions(ReadableConfig config) {
    if (!Device.parse(config.get(DEVICE)).equals(Device.CPU)) {
      throw new IllegalArgumentException(
          DEVICE.key()
              + " is "
              + config.get(DEVICE)
              + ", but models run on the cpu only. Set cpu.");
    }
    return new LoadOptions(
        config.get(DEVICE),
        config.get(CONCURRENCY),
        config.get(INTRA_OP_THREADS),
        config.get(MAX_TOKENS),
        config.get(MAX_CHARACTERS),
        runLimit(config));
  }

  private static Duration runLimit(ReadableConfig config) {
    Duration limit = config.get(TIME_LIMIT);
    if (limit.compareTo(SHORTEST_TIME_LIMIT) < 0) {
      throw new IllegalArgumentException(
          TIME_LIMIT.key()
              + " is "
              + limit.toMillis()
              + " ms; "
              + SHORTEST_TIME_LIMIT.toMillis()
              + " ms is the least, or healthy runs would be ended.");
    }
    return limit.dividedBy(3);
  }

  static OperatorOptions operatorOptions(ReadableConfig config, OutputMode mode) {
    int budget = config.get(TOKEN_BUDGET);
    int tokens = config.get(MAX_TOKENS_IN_FLIGHT);
    if (tokens < budget) {
      throw new IllegalArgumentException(
          MAX_TOKENS_IN_FLIGHT.key()
              + " is "
              + tokens
              + ", so a batch could never reach "
              + TOKEN_BUDGET.key()
              + ", which is "
              + budget
              + ". Raise the first or lower the second.");
    }
    return new OperatorOptions(
        mode == OutputMode.ORDERED,
        config.get(MAX_RECORDS_IN_FLIGHT),
        tokens,
        budget,
        config.get(BLANK_TEXT) == BlankText.DEAD_LETTER,
        config.get(MAX_CONSECUTIVE_FAILURES));
  }
}
