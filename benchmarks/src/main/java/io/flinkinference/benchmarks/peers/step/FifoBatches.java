package io.flinkinference.benchmarks.peers.step;

import io.flinkinference.benchmarks.peers.job.MeasuredJob;
import io.flinkinference.benchmarks.peers.job.NumberedText;
import io.flinkinference.benchmarks.peers.job.NumberedVector;
import io.flinkinference.benchmarks.peers.job.Step;
import io.flinkinference.benchmarks.peers.model.Embedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The keyed process function with a list and a timer that many an article shows: records are
 * collected in the order in which they come, and embedded when there are enough or the first has
 * waited long enough.
 */
public final class FifoBatches extends KeyedProcessFunction<Integer, NumberedText, NumberedVector> {

  private static final long serialVersionUID = 1L;

  /** Fires when the input has ended: then no other timer does. */
  private static final long END_OF_INPUT = Long.MAX_VALUE;

  private final Embedder.Factory factory;
  private final int size;
  private final long waitMillis;

  private transient Embedder embedder;
  private transient ListState<NumberedText> waiting;
  private transient ValueState<Integer> count;
  private transient ValueState<Long> deadline;

  private FifoBatches(Embedder.Factory factory, int size, Duration wait) {
    this.factory = factory;
    this.size = size;
    this.waitMillis = wait.toMillis();
  }

  /**
   * A step of this function. It has one key a subtask, so that each subtask has as much to do, and
   * all of it from one subtask of the source.
   *
   * @param size records of a batch
   * @param wait most time that a record waits for others
   * @param subtasks parallelism of the job
   */
  public static Step step(Embedder.Factory factory, int size, Duration wait, int subtasks) {
    List<Integer> keys = IntStream.range(0, subtasks).map(s -> keyOf(s, subtasks)).boxed().toList();
    return texts ->
        texts
            .keyBy(text -> keys.get(text.subtask()), Types.INT)
            .process(new FifoBatches(factory, size, wait));
  }

  private static int keyOf(int subtask, int subtasks) {
    return IntStream.iterate(0, key -> key + 1)
        .filter(
            key ->
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key, MeasuredJob.MAX_PARALLELISM, subtasks)
                    == subtask)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void open(OpenContext context) throws Exception {
    embedder = factory.open();
    waiting =
        getRuntimeContext().getListState(new ListStateDescriptor<>("waiting", NumberedText.class));
    count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.INT));
    deadline = getRuntimeContext().getState(new ValueStateDescriptor<>("deadline", Types.LONG));
  }

  @Override
  public void processElement(NumberedText text, Context context, Collector<NumberedVector> out)
      throws Exception {
    int before = count.value() == null ? 0 : count.value();
    if (before == 0) {
      long time = context.timerService().currentProcessingTime() + waitMillis;
      deadline.update(time);
      context.timerService().registerProcessingTimeTimer(time);
      context.timerService().registerEventTimeTimer(END_OF_INPUT);
    }
    waiting.add(text);
    count.update(before + 1);
    if (before + 1 == size) {
      context.timerService().deleteProcessingTimeTimer(deadline.value());
      embedAll(out);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<NumberedVector> out)
      throws Exception {
    embedAll(out);
  }

  private void embedAll(Collector<NumberedVector> out) throws Exception {
    List<NumberedText> batch = new ArrayList<>(size);
    waiting.get().forEach(batch::add);
    waiting.clear();
    count.clear();
    if (batch.isEmpty()) {
      return;
    }
    List<float[]> vectors = embedder.embed(batch.stream().map(NumberedText::text).toList());
    for (int i = 0; i < batch.size(); i++) {
      out.collect(new NumberedVector(batch.get(i).number(), vectors.get(i)));
    }
  }

  @Override
  public void close() {
    if (embedder != null) {
      embedder.close();
    }
  }
}
