package io.flinkinference.benchmarks.flink;

import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.result.Scored;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A job whose texts come from memory and whose results are counted: a step, and nothing else. */
public final class InMemoryJob {

  private InMemoryJob() {}

  /** What is measured. */
  @FunctionalInterface
  public interface Step {
    /** Adds to the job what makes a result of each text: the text itself, or scored. */
    DataStream<?> on(DataStream<String> texts);
  }

  /**
   * Runs the job to its end.
   *
   * @param texts each goes in once
   * @param tokensOf tells how many tokens a text has
   * @return what was done between the first tenth of the results and the last
   */
  public static Sample run(
      BenchCluster cluster,
      List<String> texts,
      ToIntFunction<String> tokensOf,
      int parallelism,
      Step step)
      throws Exception {
    try (Crossing crossing = new Crossing(texts, tokensOf)) {
      Configuration configuration = new Configuration();
      configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.getExecutionEnvironment(configuration);
      env.setParallelism(parallelism);
      DataStream<String> stream =
          env.fromSource(
                  new NumberSequenceSource(0, texts.size() - 1L),
                  WatermarkStrategy.noWatermarks(),
                  "numbers")
              .map(new Enter(crossing.id()))
              .name("texts");
      leave(step.on(stream), crossing.id());
      cluster.run(env.getStreamGraph().getJobGraph());
      return crossing.sample();
    }
  }

  private static <T> void leave(DataStream<T> results, long crossing) {
    results
        .map(new Leave<T>(crossing))
        .name("count")
        .returns(Types.BOOLEAN)
        .sinkTo(new DiscardingSink<>());
  }

  private static final class Enter extends RichMapFunction<Long, String> {

    private static final long serialVersionUID = 1L;

    private final long id;
    private transient Crossing crossing;

    private Enter(long id) {
      this.id = id;
    }

    @Override
    public void open(OpenContext context) {
      crossing = Crossing.of(id);
    }

    @Override
    public String map(Long number) {
      return crossing.text(number);
    }
  }

  private static final class Leave<T> extends RichMapFunction<T, Boolean> {

    private static final long serialVersionUID = 1L;

    private final long id;
    private transient Crossing crossing;

    private Leave(long id) {
      this.id = id;
    }

    @Override
    public void open(OpenContext context) {
      crossing = Crossing.of(id);
    }

    @Override
    public Boolean map(T result) {
      crossing.arrived((String) (result instanceof Scored<?, ?> scored ? scored.input() : result));
      return true;
    }
  }
}
