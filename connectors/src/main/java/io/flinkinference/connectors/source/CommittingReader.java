package io.flinkinference.connectors.source;

import io.flinkinference.connectors.check.GroupOffsets;
import io.flinkinference.connectors.check.KafkaSetupException;
import io.flinkinference.result.UnavailableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what a source with an end has read, with each checkpoint, and waits for it. The
 * connector's own reader leaves that to a thread which it ends with the job: what the last
 * checkpoint holds may then never be committed, and the next job reads it again. So when all is
 * read, a commit that fails is a failure of the job; before, the next checkpoint's will do.
 *
 * <p>A partition that is read through stays in the checkpoints, with nothing left to read: a job
 * that fails before the commit does it when it is restored.
 *
 * <p><b>Thread safety:</b> for the task's thread, except {@link #isAvailable}.
 */
@SuppressWarnings("try") // close() may throw what the connector's reader does.
final class CommittingReader<T> implements SourceReader<T, KafkaPartitionSplit> {

  private static final Logger LOG = LoggerFactory.getLogger(CommittingReader.class);

  private final SourceReader<T, KafkaPartitionSplit> reader;
  private final GroupOffsets group;

  /** All partitions of this reader, as they are when they are read through. */
  private final Map<String, KafkaPartitionSplit> readThrough = new HashMap<>();

  private final NavigableMap<Long, Reached> reached = new TreeMap<>();

  /**
   * How far a checkpoint is.
   *
   * @param all whether nothing is left to read
   */
  private record Reached(Map<TopicPartition, OffsetAndMetadata> offsets, boolean all) {}

  /**
   * @param reader of partitions that have an end; commits nothing by itself
   * @param group closed with this
   */
  CommittingReader(SourceReader<T, KafkaPartitionSplit> reader, GroupOffsets group) {
    this.reader = reader;
    this.group = group;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      long end = split.getStoppingOffset().orElseThrow();
      // It may begin behind its end; that is then nothing to read, and nothing to take back.
      long next = Math.max(split.getStartingOffset(), end);
      readThrough.put(
          split.splitId(), new KafkaPartitionSplit(split.getTopicPartition(), next, end));
    }
    reader.addSplits(splits);
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
    List<KafkaPartitionSplit> unread = reader.snapshotState(checkpoint);
    Map<String, KafkaPartitionSplit> splits = new HashMap<>(readThrough);
    unread.forEach(split -> splits.put(split.splitId(), split));
    reached.put(checkpoint, new Reached(offsets(splits.values()), unread.isEmpty()));
    return List.copyOf(splits.values());
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(
      Collection<KafkaPartitionSplit> splits) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (KafkaPartitionSplit split : splits) {
      // Less than 0 stands for an offset that was not looked up yet.
      if (split.getStartingOffset() >= 0) {
        offsets.put(split.getTopicPartition(), new OffsetAndMetadata(split.getStartingOffset()));
      }
    }
    return offsets;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    reader.notifyCheckpointComplete(checkpoint);
    Reached here = reached.get(checkpoint);
    reached.headMap(checkpoint, true).clear();
    if (here != null && !here.offsets().isEmpty()) {
      commit(here);
    }
  }

  private void commit(Reached here) {
    try {
      group.commit(here.offsets());
    } catch (KafkaSetupException | UnavailableException e) {
      if (here.all()) {
        throw e;
      }
      LOG.warn("Offsets are not committed; the next checkpoint commits them too.", e);
    }
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    reached.remove(checkpoint);
    reader.notifyCheckpointAborted(checkpoint);
  }

  @Override
  public void close() throws Exception {
    IOUtils.closeAll(reader, group);
  }

  @Override
  public void start() {
    LOG.info(
        "Offsets are committed in group {} by this source, and not by the connector, which may"
            + " warn that it does not.",
        group);
    reader.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    return reader.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }
}
