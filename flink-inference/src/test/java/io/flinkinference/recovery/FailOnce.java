package io.flinkinference.recovery;

import io.flinkinference.result.Embedding;
import io.flinkinference.result.Scored;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Fails the job some results after a checkpoint, and keeps all that came by. */
final class FailOnce extends RichMapFunction<Scored<String, Embedding>, Scored<String, Embedding>>
    implements CheckpointListener {

  private static final long serialVersionUID = 1L;

  private static final int RESULTS_BEFORE_THE_FAILURE = 20;
  private static final AtomicBoolean FAILED = new AtomicBoolean();
  private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

  private boolean checkpointed;
  private int since;

  /** For each text what was said of it, once for each time that it came by. */
  static Map<String, List<String>> linesByText() {
    return LINES.stream().collect(Collectors.groupingBy(ScoringJob::text));
  }

  static boolean hasFailed() {
    return FAILED.get();
  }

  @Override
  public Scored<String, Embedding> map(Scored<String, Embedding> scored) {
    LINES.add(
        Ledger.line(ScoringJob.text(scored.input()), scored.stamp().precision(), scored.result()));
    if (checkpointed && ++since > RESULTS_BEFORE_THE_FAILURE && FAILED.compareAndSet(false, true)) {
      throw new IllegalStateException("A failure after a checkpoint.");
    }
    return scored;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    checkpointed = true;
  }
}
