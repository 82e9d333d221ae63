package io.flinkinference.connectors;

import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.Classification;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.LabelScore;
import io.flinkinference.result.Scored;
import io.flinkinference.result.UnscorableException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Stands where the operator stands in a job: scores each text by its length and rejects what is no
 * text. Fails once, on partition 0, when results have gone out since the last snapshot.
 */
final class MadeUpScores extends ProcessFunction<KafkaText, Scored<KafkaText, Classification>>
    implements CheckpointedFunction {

  /** Records behind the last snapshot when the failure comes. */
  static final int LOST_AT_LEAST = 10;

  static final TypeInformation<Scored<KafkaText, Classification>> TYPE =
      TypeInformation.of(new TypeHint<>() {});

  static final OutputTag<DeadLetter<KafkaText>> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(new TypeHint<>() {}));

  /** Counted down at each record; the cluster runs in the test's own JVM. */
  static volatile CountDownLatch seen;

  private static final long serialVersionUID = 1L;

  private final long failFromOffset;
  private int sinceSnapshot;

  MadeUpScores(long failFromOffset) {
    this.failFromOffset = failFromOffset;
  }

  @Override
  public void processElement(
      KafkaText input, Context context, Collector<Scored<KafkaText, Classification>> out) {
    if (input.partition() == 0
        && input.offset() >= failFromOffset
        && sinceSnapshot >= LOST_AT_LEAST
        && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
      throw new IllegalStateException("Failure on purpose.");
    }
    try {
      String text = input.text();
      out.collect(new Scored<>(input, result(text), Samples.STAMP));
    } catch (UnscorableException e) {
      context.output(
          DEAD_LETTERS, new DeadLetter<>(input, e.reason(), e.getMessage(), 0, Samples.STAMP));
    }
    sinceSnapshot++;
    seen.countDown();
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    sinceSnapshot = 0;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    sinceSnapshot = 0;
  }

  static Classification result(String text) {
    return new Classification(
        List.of(new LabelScore("length", text.length()), new LabelScore("other", 0.25f)));
  }
}
