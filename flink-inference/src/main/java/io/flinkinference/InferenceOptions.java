package io.flinkinference;

import io.flinkinference.model.GraphPrecision;
import io.flinkinference.task.BatchOptions;
import io.flinkinference.task.BlankText;
import io.flinkinference.task.LongText;
import io.flinkinference.task.WindowMerge;
import io.flinkinference.task.WindowOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
          .withDescription(
              "Where the model runs: the name of an execution provider, and the index of its device"
                  + " where there are several, as in cuda:1. cpu, cuda, tensorrt, openvino, coreml,"
                  + " xnnpack, directml, rocm, or the name of one that ONNX Runtime loads from a"
                  + " library. Without an index it is 0, or one of those that the TaskManager has"
                  + " where the job's placement asks for GPUs; such a placement makes cuda the"
                  + " default. The job fails where the device does"
                  + " not really run the model. See gpu.md.");

  /** Settings of the execution provider. */
  public static final ConfigOption<Map<String, String>> DEVICE_OPTIONS =
      ConfigOptions.key("inference.device.options")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Settings of the execution provider by its own names, such as"
                  + " gpu_mem_limit:4294967296,use_tf32:0 for cuda or trt_fp16_enable:1 for tensorrt."
                  + " See gpu.md.");

  /** What becomes of a model whose device cannot be used. */
  public static final ConfigOption<DeviceFallback> DEVICE_FALLBACK =
      ConfigOptions.key("inference.device.fallback")
          .enumType(DeviceFallback.class)
          .defaultValue(DeviceFallback.FAIL)
          .withDescription(
              "What happens where inference.device cannot be opened, or does not run the model. FAIL:"
                  + " the job fails, and says why. CPU: the model runs on the CPU; the log warns, and"
                  + " results and metrics tell.");

  /** Which of a model's graphs, by its precision. */
  public static final ConfigOption<GraphPrecision> MODEL_PRECISION =
      ConfigOptions.key("inference.model.precision")
          .enumType(GraphPrecision.class)
          .defaultValue(GraphPrecision.AUTO)
          .withDescription(
              "Which of the graphs in a model directory runs, by the precision of its weights: FP32,"
                  + " FP16, INT8. AUTO: model.onnx, or the only one. A directory without such a graph"
                  + " fails the job.");

  /** Which of a model's graphs, by its path. */
  public static final ConfigOption<String> MODEL_FILE =
      ConfigOptions.key("inference.model.file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Path, in the model directory, of the graph that runs, such as onnx/model_fp16.onnx;"
                  + " for directories with several that inference.model.precision does not tell"
                  + " apart.");

  /** How near a model has to be to the one it was made from. */
  public static final ConfigOption<Double> MODEL_MIN_PARITY =
      ConfigOptions.key("inference.model.min-parity")
          .doubleType()
          .defaultValue(0.0)
          .withDescription(
              "How near the answers of an optimised model have to be to those of the model it was"
                  + " made from: the least parity.minCosine in its inference.json, which the command"
                  + " optimize writes. A model below it, or without that file, fails the job. 0 for"
                  + " any model.");

  /** Whether a faster graph is made of the model's when it is loaded. */
  public static final ConfigOption<Boolean> MODEL_FUSE =
      ConfigOptions.key("inference.model.fuse")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether nodes of the graph are fused when the model is loaded, as optimize --precision"
                  + " fp32 does it: about a tenth more throughput on CPUs, the same answers except"
                  + " for the last digits, and some seconds and heap for copies of the weights more at"
                  + " the start. Its values are held against the original's; one that differs fails"
                  + " the job. For graphs of fp32, on the CPU, with flink-inference-model-tools"
                  + " on the class path.");

  /** What comes before each text. */
  public static final ConfigOption<String> TEXT_PREFIX =
      ConfigOptions.key("inference.text.prefix")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "What is put before each text, such as 'query: ' for E5; of a pair, before the one"
                  + " that the model reads first. Unless it or"
                  + " inference.text.prompt is set, the model's default prompt, which most models"
                  + " have not.");

  /** Which of the model's prompts comes before each text. */
  public static final ConfigOption<String> TEXT_PROMPT =
      ConfigOptions.key("inference.text.prompt")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Name of the prompt that is put before each text, or the first of a pair, one of those"
                  + " in the model's config_sentence_transformers.json, such as query or passage."
                  + " Not together with inference.text.prefix.");

  /** Engine runs at once. */
  public static final ConfigOption<Integer> CONCURRENCY =
      ConfigOptions.key("inference.engine.concurrency")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Engine runs of a model on a device that may be under way at once in a TaskManager,"
                  + " shared by all subtasks that use it; those of several models add up. 0 for one a"
                  + " processor, or two on another device than the CPU. On a CPU several runs of one"
                  + " thread each do more than one run of several threads.");

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
              "Records that the engine may fail on in a row, each of them alone, or give no number"
                  + " for, before the job fails: then not the records are at fault but the model or"
                  + " the device. Below that number they become dead letters. An engine that fails"
                  + " also on a text that ran before fails the job at once.");

  /** How long a device may hang. */
  public static final ConfigOption<Duration> TIME_LIMIT =
      ConfigOptions.key("inference.engine.time-limit")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription(
              "A single engine run is ended after a third of this time; its records run again, each"
                  + " alone, and one that is ended alone is a dead letter. If the device hangs, the"
                  + " job fails within this time after the run began, so it holds up a checkpoint no"
                  + " longer.");

  /** How long a model may take to open. */
  public static final ConfigOption<Duration> OPEN_LIMIT =
      ConfigOptions.key("inference.engine.open-limit")
          .durationType()
          .defaultValue(Duration.ofMinutes(30))
          .withDescription(
              "How long a subtask may take to open its model, from its files to the end of the"
                  + " warm-up and of the reference texts, before it fails. A device that hangs there"
                  + " lets no thread go, so Flink ends the TaskManager's process after"
                  + " task.cancellation.timeout. Raise it where"
                  + " TensorRT builds an engine for longer, or reference texts are many.");

  /** Most tokens of a text. */
  public static final ConfigOption<Integer> MAX_TOKENS =
      ConfigOptions.key("inference.text.max-tokens")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Most tokens of a text, special tokens included; for longer ones see"
                  + " inference.text.too-long. 0 for the model's own limit, which it must not"
                  + " exceed.");

  /** Most characters of a text. */
  public static final ConfigOption<Integer> MAX_CHARACTERS =
      ConfigOptions.key("inference.text.max-characters")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "Characters (UTF-16 units) of a text that the tokenizer gets to see; for longer ones see"
                  + " inference.text.too-long. It keeps a single huge record from stopping a subtask.");

  /** Which tokenizer. */
  public static final ConfigOption<TokenizerKind> TOKENIZER =
      ConfigOptions.key("inference.text.tokenizer")
          .enumType(TokenizerKind.class)
          .defaultValue(TokenizerKind.AUTO)
          .withDescription(
              "Which tokenizer encodes the texts. AUTO: for WordPiece (BERT and its kin) and"
                  + " byte-level BPE (RoBERTa, ModernBERT) one in Java, which gives the same ids in"
                  + " less time and needs no native library, for all others the native one. NATIVE:"
                  + " always the native one.");

  /** What becomes of blank texts. */
  public static final ConfigOption<BlankText> BLANK_TEXT =
      ConfigOptions.key("inference.text.blank")
          .enumType(BlankText.class)
          .defaultValue(BlankText.DEAD_LETTER)
          .withDescription(
              "What becomes of a record whose text is null, empty or white space. DEAD_LETTER: a"
                  + " dead letter. SKIP: nothing but a count in the metric skippedTexts."
                  + " EMPTY_RESULT: the result that the task has for no text, without a run of the"
                  + " engine: a classification without labels, an embedding without components."
                  + " SCORE: a blank text is scored as it is; a null is a dead letter.");

  /** What becomes of long texts. */
  public static final ConfigOption<LongText> LONG_TEXT =
      ConfigOptions.key("inference.text.too-long")
          .enumType(LongText.class)
          .defaultValue(LongText.TRUNCATE)
          .withDescription(
              "What becomes of a text beyond inference.text.max-tokens or"
                  + " inference.text.max-characters. TRUNCATE: it is cut on the side that the model's"
                  + " tokenizer.json or tokenizer_config.json names, else at its end. KEEP_START: its"
                  + " first tokens are scored, whatever the model says. KEEP_END: its last tokens."
                  + " KEEP_BOTH_ENDS: half of them its first, half its last; not for token"
                  + " classification. Pairs lose the tokens of the longer text first. WINDOW: all of"
                  + " it is scored, in windows that overlap, and their results are merged; beyond"
                  + " inference.text.max-characters it is a dead letter. DEAD_LETTER: a dead letter.");

  /** Tokens that windows share. */
  public static final ConfigOption<Integer> WINDOW_OVERLAP =
      ConfigOptions.key("inference.text.window-overlap")
          .intType()
          .defaultValue(WindowOptions.DEFAULT.overlap())
          .withDescription(
              "Tokens of the text that a window shares with the one before it, for texts in windows"
                  + " (see inference.text.too-long); transformers calls it stride.");

  /** Windows of a text. */
  public static final ConfigOption<Integer> MAX_WINDOWS =
      ConfigOptions.key("inference.text.max-windows")
          .intType()
          .defaultValue(WindowOptions.DEFAULT.most())
          .withDescription(
              "Most windows of a text; one that would make more is a dead letter. It keeps a single"
                  + " huge record from holding up all others.");

  /** How windows are merged. */
  public static final ConfigOption<WindowMerge> WINDOW_MERGE =
      ConfigOptions.key("inference.text.window-merge")
          .enumType(WindowMerge.class)
          .defaultValue(WindowMerge.AS_TASK)
          .withDescription(
              "How the windows of a text become one result. AS_TASK: as suits the task best. MAX: each"
                  + " label has its best score of all windows. MEAN: the mean of all windows."
                  + " WEIGHTED_MEAN: the same, each window as often as it has tokens of the text."
                  + " Entities at the seams are always put together by their tokens.");

  /** What decides on the size of batches. */
  public static final ConfigOption<BatchOptions.Mode> BATCH_MODE =
      ConfigOptions.key("inference.batch.mode")
          .enumType(BatchOptions.Mode.class)
          .noDefaultValue()
          .withDescription(
              "What decides on the size of batches. FIXED: inference.batch.token-budget. RECORDED: the"
                  + " budget that the model's inference.json has for the device, which the command"
                  + " optimize has measured; as FIXED where it has none. MEASURED: the warm-up tries"
                  + " budgets and takes the smallest that does nearly as many tokens in a second as"
                  + " the best. LATENCY_TARGET: batches, and what is in flight, follow"
                  + " inference.batch.latency-target. Unless it is set, it goes by the other options:"
                  + " LATENCY_TARGET where a target is set, FIXED where a budget is set, RECORDED"
                  + " where the warm-up is off, else MEASURED.");

  /** The latency to be kept. */
  public static final ConfigOption<Duration> LATENCY_TARGET =
      ConfigOptions.key("inference.batch.latency-target")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "For the mode LATENCY_TARGET: p99 of the time from acceptance to emission. Batches"
                  + " are as small, and as little is accepted at once, as that takes. What is not"
                  + " accepted waits in the source.");

  /** Whether the engine runs before the first record. */
  public static final ConfigOption<Boolean> WARM_UP =
      ConfigOptions.key("inference.batch.warm-up")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether the engine runs before the first record is taken: short and long texts, then"
                  + " batches up to the token budget. The log tells what each took. The modes that"
                  + " measure need it.");

  /** Whether batches are rounded to few shapes. */
  public static final ConfigOption<Boolean> ROUND_SHAPES =
      ConfigOptions.key("inference.batch.round-shapes")
          .booleanType()
          .noDefaultValue()
          .withDescription(
              "Whether the lengths of batches are rounded up to multiples of 32 tokens, and their"
                  + " rows to powers of two, for devices that prepare something for each shape."
                  + " Unless it is set, it is done for tensorrt, openvino and coreml.");

  /** How long a record may wait for others. */
  public static final ConfigOption<Duration> LINGER =
      ConfigOptions.key("inference.batch.linger")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "How long a record may wait, though the engine is free, for others to fill its batch;"
                  + " from microseconds, such as 500 micros. 0 for not at all. It pays only on devices"
                  + " on which a full batch takes hardly longer than a small one.");

  /** Results that are kept. */
  public static final ConfigOption<Integer> CACHE_RESULTS =
      ConfigOptions.key("inference.cache.max-results")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Most results, per subtask, that are kept to answer texts that come again; 0 for none."
                  + " Texts are equal if their token ids are. Texts that are in flight at the same"
                  + " time are scored once in any case.");

  /** How long results are kept. */
  public static final ConfigOption<Duration> CACHE_AGE =
      ConfigOptions.key("inference.cache.max-age")
          .durationType()
          .defaultValue(Duration.ofHours(1))
          .withDescription("How long a result is kept.");

  /** Padded tokens in a batch. */
  public static final ConfigOption<Integer> TOKEN_BUDGET =
      ConfigOptions.key("inference.batch.token-budget")
          .intType()
          .noDefaultValue()
          .withDescription(
              "Most padded tokens in a batch of more than one row: its rows times the longest of"
                  + " them. A longer text runs alone. In the modes that measure, the most that they"
                  + " may choose, 4,096 unless it is set. In the mode FIXED 256 unless it is set,"
                  + " which is a good value on a CPU, where more than 512 loses.");

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
          MODEL_PRECISION,
          MODEL_FILE,
          MODEL_MIN_PARITY,
          MODEL_FUSE,
          DEVICE,
          DEVICE_OPTIONS,
          DEVICE_FALLBACK,
          CONCURRENCY,
          INTRA_OP_THREADS,
          MAX_CONSECUTIVE_FAILURES,
          TIME_LIMIT,
          OPEN_LIMIT,
          MAX_TOKENS,
          MAX_CHARACTERS,
          TOKENIZER,
          TEXT_PREFIX,
          TEXT_PROMPT,
          BLANK_TEXT,
          LONG_TEXT,
          WINDOW_OVERLAP,
          MAX_WINDOWS,
          WINDOW_MERGE,
          BATCH_MODE,
          TOKEN_BUDGET,
          LATENCY_TARGET,
          ROUND_SHAPES,
          LINGER,
          WARM_UP,
          MAX_RECORDS_IN_FLIGHT,
          MAX_TOKENS_IN_FLIGHT,
          CACHE_RESULTS,
          CACHE_AGE,
          NATIVE_USER_CLASS_LOADER);

  private InferenceOptions() {}

  /** The tokenizers that there are. */
  public enum TokenizerKind {
    /** The fastest that gives the right ids. */
    AUTO,
    /** The tokenizers library. */
    NATIVE
  }

  /** What to do where a device does not run the model. */
  public enum DeviceFallback {
    /** The job fails. */
    FAIL,
    /** The model runs on the CPU. */
    CPU
  }

  /** What to do where a job's jar brings native code. */
  public enum NativeUserClassLoader {
    /** The job fails, with an error that says what to set. */
    REFUSE,
    /** It is taken. */
    ALLOW
  }

  /**
   * Checks options without a job.
   *
   * @throws IllegalArgumentException if one is out of range, or two contradict each other; the
   *     message names them
   */
  public static void check(ReadableConfig config) {
    OptionReader.loadOptions(config);
    OptionReader.graphChoice(config);
    OptionReader.minParity(config);
    OptionReader.operatorOptions(config, OutputMode.UNORDERED);
  }
}
