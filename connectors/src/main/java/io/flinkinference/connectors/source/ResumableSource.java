package io.flinkinference.connectors.source;

import io.flinkinference.connectors.check.GroupOffsets;
import io.flinkinference.connectors.check.SourceCheck;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.SplitAndAssignmentStatus;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;

/**
 * A source of Kafka topics that goes on from a checkpoint as it says that it reads.
 *
 * <p>One with an end finds it. By itself the connector (5.0.0) says that there are no more
 * partitions only where it found some: with those of the checkpoint, or with none, its readers wait
 * for ever. And what its group has read is committed when it has ended, so that the next job goes
 * on behind that.
 *
 * <p>A checkpoint keeps the ends of its partitions, also for a source that is not to end any more:
 * that would read none of them further, and say nothing. So one of another kind is refused.
 *
 * <p><b>Thread safety:</b> immutable.
 *
 * @param <T> type of the records
 */
public final class ResumableSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<T>,
        LineageVertexProvider {

  private static final long serialVersionUID = 1L;

  private final KafkaSource<T> source;
  private final SourceCheck needs;

  /**
   * @param source of the connector; one with an end is not to commit offsets
   * @param needs what it needs of Kafka
   */
  public ResumableSource(KafkaSource<T> source, SourceCheck needs) {
    this.source = source;
    this.needs = needs;
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws Exception {
    if (isOfAnotherKind(checkpoint)) {
      return new RefusingEnumerator(isBounded());
    }
    if (!isBounded()) {
      return source.restoreEnumerator(context, checkpoint);
    }
    EndingContext<KafkaPartitionSplit> ending = new EndingContext<>(context);
    return new EndingEnumerator<>(source.restoreEnumerator(ending, checkpoint), ending);
  }

  private boolean isOfAnotherKind(KafkaSourceEnumState checkpoint) {
    Set<SplitAndAssignmentStatus> splits = checkpoint.splits();
    return !splits.isEmpty()
        && isBounded()
            == splits.stream().noneMatch(split -> split.split().getStoppingOffset().isPresent());
  }

  private boolean isBounded() {
    return source.getBoundedness() == Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    if (!isBounded()) {
      return source.createEnumerator(context);
    }
    EndingContext<KafkaPartitionSplit> ending = new EndingContext<>(context);
    return new EndingEnumerator<>(source.createEnumerator(ending), ending);
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    SourceReader<T, KafkaPartitionSplit> reader = source.createReader(context);
    return isBounded() && needs.group() != null
        ? new CommittingReader<>(reader, new GroupOffsets(needs.access(), needs.group()))
        : reader;
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return source.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return source.getProducedType();
  }

  @Override
  public LineageVertex getLineageVertex() {
    return source.getLineageVertex();
  }
}
