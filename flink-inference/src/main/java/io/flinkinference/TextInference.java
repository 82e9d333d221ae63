package io.flinkinference;

import io.flinkinference.operator.DeviceChoice;
import io.flinkinference.operator.InferenceOperatorFactory;
import io.flinkinference.operator.InferenceSpec;
import io.flinkinference.operator.OperatorOptions;
import io.flinkinference.operator.types.ResultTypes;
import io.flinkinference.placement.Placement;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.Scored;
import io.flinkinference.task.Task;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Scores the texts of a stream with a model.
 *
 * <pre>{@code
 * ScoredStream<Review, Classification> scored =
 *     TextInference.on(reviews)
 *         .text(Review::body)
 *         .model("/models/sentiment")
 *         .task(Tasks.textClassification())
 *         .build();
 * scored.results().sinkTo(...);
 * scored.deadLetters().sinkTo(...);
 * }</pre>
 *
 * <p>Text, model and task are required. Everything is checked by {@link Build#build}, but for the
 * model's files, which are looked for where the job runs.
 *
 * <p><b>Thread safety:</b> for one thread.
 *
 * @param <IN> type of the records
 */
public final class TextInference<IN> {

  private final DataStream<IN> stream;
  private final Configuration options = new Configuration();
  private SerializableFunction<IN, String> text;
  private SerializableFunction<IN, String> pair; // Null where records have one text.
  private String model;
  private OutputMode outputMode = OutputMode.UNORDERED;
  private String name;
  private Placement placement = Placement.cpu();

  private TextInference(DataStream<IN> stream) {
    this.stream = Objects.requireNonNull(stream, "stream");
  }

  /** Starts with the stream whose texts are to be scored. */
  public static <IN> TextInference<IN> on(DataStream<IN> stream) {
    return new TextInference<>(stream);
  }

  /**
   * Says where the text is. An exception makes the record a dead letter, an {@link
   * io.flinkinference.result.UnscorableException} with a reason of its own. For a null see {@link
   * InferenceOptions#BLANK_TEXT}.
   */
  public TextInference<IN> text(SerializableFunction<IN, String> extractor) {
    text = Objects.requireNonNull(extractor, "extractor");
    return this;
  }

  /**
   * Says where the second text is, for tasks that judge two. It is treated like the first: a null,
   * a blank and an exception have the same consequences.
   */
  public TextInference<IN> pair(SerializableFunction<IN, String> extractor) {
    pair = Objects.requireNonNull(extractor, "extractor");
    return this;
  }

  /**
   * Says which model.
   *
   * @param directoryOrName a directory in the layout of the Hugging Face hub, which every
   *     TaskManager finds at this path, or the name of a bundled model
   */
  public TextInference<IN> model(String directoryOrName) {
    model = Objects.requireNonNull(directoryOrName, "directoryOrName");
    return this;
  }

  /** Sets one of the {@link InferenceOptions}. */
  public <T> TextInference<IN> option(ConfigOption<T> option, T value) {
    options.set(option, value);
    return this;
  }

  /**
   * Takes over all of the {@link InferenceOptions} that a configuration sets. What else it sets is
   * left alone, but for keys that begin with {@code inference.} and are no options: {@link
   * Build#build} refuses them.
   */
  public TextInference<IN> options(Configuration configuration) {
    options.addAll(configuration);
    return this;
  }

  /** Says in which order results leave; unordered unless this is called. */
  public TextInference<IN> outputMode(OutputMode mode) {
    outputMode = Objects.requireNonNull(mode, "mode");
    return this;
  }

  /**
   * Says on which TaskManagers the model runs; on any unless this is called. On those with a GPU it
   * runs on {@code cuda} unless {@link InferenceOptions#DEVICE} is set. When all operators are
   * there, {@link Placement#applyTo} places them too.
   */
  public TextInference<IN> placement(Placement where) {
    placement = Objects.requireNonNull(where, "where");
    return this;
  }

  /** Names the operator in the job graph and the web UI; by default after its model. */
  public TextInference<IN> name(String operatorName) {
    name = Objects.requireNonNull(operatorName, "operatorName");
    return this;
  }

  /** Says what is asked of the model. */
  public <R> Build<R> task(InferenceTask<R> task) {
    return new Build<>(Objects.requireNonNull(task, "task"));
  }

  /** A TaskManager without GPU is an error where GPUs are asked for, unless the CPU will do. */
  static DeviceChoice devices(Placement placement, ReadableConfig options) {
    return new DeviceChoice(
        options.get(InferenceOptions.DEVICE),
        placement.kind() == Placement.Kind.CPU ? null : placement.resource(),
        placement.kind() == Placement.Kind.GPU
            && options.get(InferenceOptions.DEVICE_FALLBACK)
                == InferenceOptions.DeviceFallback.FAIL);
  }

  /**
   * The last step, which knows the type of the results.
   *
   * @param <R> type of the results
   */
  public final class Build<R> {

    private final InferenceTask<R> task;

    private Build(InferenceTask<R> task) {
      this.task = task;
    }

    /** Sets one of the {@link InferenceOptions}. */
    public <T> Build<R> option(ConfigOption<T> option, T value) {
      TextInference.this.option(option, value);
      return this;
    }

    /** Says in which order results leave; unordered unless this is called. */
    public Build<R> outputMode(OutputMode mode) {
      TextInference.this.outputMode(mode);
      return this;
    }

    /**
     * Checks everything and adds the operator to the job.
     *
     * @throws IllegalStateException if text or model are missing
     * @throws IllegalArgumentException if options contradict each other or are out of range, if one
     *     that begins with {@code inference.} is unknown, or if the task needs a second text and
     *     there is none, or the other way round
     */
    public ScoredStream<IN, R> build() {
      require(text, "text", ".text(Review::body)");
      require(model, "model", ".model(\"/models/sentiment\")");
      task.task().check(pair != null);
      // The builder may be used again, with another placement.
      Configuration options = new Configuration(TextInference.this.options);
      UnknownOptions.refuse(options);
      if (placement.kind() != Placement.Kind.CPU && !options.contains(InferenceOptions.DEVICE)) {
        options.set(InferenceOptions.DEVICE, placement.device());
      }
      OperatorOptions operatorOptions = OptionReader.operatorOptions(options, outputMode);
      OnnxModelOpener opener = OnnxModelOpener.of(model, task.task(), options);
      Task<R> spec = task.task();

      DeviceChoice devices = devices(placement, options);
      TypeInformation<IN> inputType = stream.getType();
      OutputTag<DeadLetter<IN>> deadLetters =
          new OutputTag<>("dead-letters", ResultTypes.deadLetter(inputType));
      SingleOutputStreamOperator<Scored<IN, R>> results =
          stream.transform(
              name == null ? "Score with " + model : name,
              ResultTypes.scored(inputType, task.resultType()),
              new InferenceOperatorFactory<>(
                  new InferenceSpec<>(
                      text, pair, opener, spec, operatorOptions, devices, deadLetters)));
      placement.place(results);
      return new ScoredStream<>(results, results.getSideOutput(deadLetters));
    }

    private void require(Object value, String what, String example) {
      if (value == null) {
        throw new IllegalStateException(
            "The inference has no " + what + ". Say which, as in " + example + ".");
      }
    }
  }
}
