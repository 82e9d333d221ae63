package io.flinkinference.reliability.rig;

import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimitedSourceReader;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;

/**
 * Numbers without end, at the pace of a {@link Bench}; after a failure it goes on where the
 * checkpoint says. It never blocks the thread that emits results.
 */
final class LoadSource extends NumberSequenceSource {

  private static final long serialVersionUID = 1L;

  private final String bench;

  LoadSource(String bench, int subtasks) {
    super(0, ((long) subtasks << NumberedText.PLACE_BITS) - 1);
    this.bench = bench;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
    Pace.Gate gate = Bench.named(bench).pace().gate(context.currentParallelism());
    return new RateLimitedSourceReader<>(
        super.createReader(context),
        new RateLimiter<NumberSequenceSplit>() {
          @Override
          public CompletionStage<Void> acquire(int records) {
            return gate.next();
          }
        });
  }
}
