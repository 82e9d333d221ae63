package io.flinkinference.benchmarks.peers.job;

import io.flinkinference.benchmarks.flink.BenchCluster;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job that all sides run in: numbers, their texts, the step, and a sink that keeps results. */
public final class MeasuredJob {

  /** Flink's own default for small jobs; said here because keys are chosen by it. */
  public static final int MAX_PARALLELISM = 128;

  private MeasuredJob() {}

  /**
   * Runs the job to its end. The results are in the measurement.
   *
   * @throws IllegalStateException if results are missing
   */
  public static void run(BenchCluster cluster, Step step, Measurement measurement)
      throws Exception {
    cluster.run(graph(step, measurement));
    measurement.sample();
  }

  private static JobGraph graph(Step step, Measurement measurement) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(measurement.load().subtasks());
    env.setMaxParallelism(MAX_PARALLELISM);
    DataStream<NumberedText> texts =
        env.fromSource(
                new GatedSource(measurement), WatermarkStrategy.noWatermarks(), "texts in memory")
            .map(new ReadText(measurement.name()))
            .name("text");
    step.on(texts).map(new Deliver(measurement.name())).sinkTo(new DiscardingSink<>());
    return env.getStreamGraph().getJobGraph();
  }

  private static final class ReadText extends RichMapFunction<Long, NumberedText> {

    private static final long serialVersionUID = 1L;

    private final String measurement;
    private transient Load load;

    ReadText(String measurement) {
      this.measurement = measurement;
    }

    @Override
    public void open(OpenContext context) {
      load = Measurement.named(measurement).load();
    }

    @Override
    public NumberedText map(Long number) {
      return new NumberedText(number, load.subtask(number), load.text(number));
    }
  }

  private static final class Deliver extends RichMapFunction<NumberedVector, NumberedVector> {

    private static final long serialVersionUID = 1L;

    private final String name;
    private transient Measurement measurement;

    Deliver(String name) {
      this.name = name;
    }

    @Override
    public void open(OpenContext context) {
      measurement = Measurement.named(name);
    }

    @Override
    public NumberedVector map(NumberedVector result) {
      measurement.deliver(result);
      return result;
    }
  }
}
