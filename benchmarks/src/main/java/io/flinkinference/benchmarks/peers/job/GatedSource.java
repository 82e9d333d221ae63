package io.flinkinference.benchmarks.peers.job;

import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimitedSourceReader;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;

/**
 * The numbers of a load, each when it arrives. Waiting never blocks the thread of the task, which
 * also emits results.
 */
final class GatedSource extends NumberSequenceSource {

  private static final long serialVersionUID = 1L;

  private final String measurement;

  GatedSource(Measurement measurement) {
    super(0, (long) measurement.load().subtasks() * measurement.load().share() - 1);
    this.measurement = measurement.name();
  }

  @Override
  public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
    return new RateLimitedSourceReader<>(
        super.createReader(context), new Gate(Measurement.named(measurement)));
  }

  /**
   * One share of the load. A reader takes no second one: none ends before the clock starts, and for
   * that all readers must have begun theirs.
   */
  private static final class Gate implements RateLimiter<NumberSequenceSplit> {

    private final Measurement measurement;
    private int place;

    Gate(Measurement measurement) {
      this.measurement = measurement;
    }

    @Override
    public CompletionStage<Void> acquire(int records) {
      return measurement.arrival(place++);
    }
  }
}
