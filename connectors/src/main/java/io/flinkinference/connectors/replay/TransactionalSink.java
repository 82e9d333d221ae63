package io.flinkinference.connectors.replay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes each batch in a Kafka transaction, together with the group's offsets. Belongs to the
 * thread of one replay.
 *
 * <p>Opening it ends what a replay of the same group has left open, and shuts out one that still
 * runs: so offsets that are read afterwards are the last.
 */
final class TransactionalSink implements LetterSink {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final ConsumerGroupMetadata group;

  private TransactionalSink(Producer<byte[], byte[]> producer, ConsumerGroupMetadata group) {
    this.producer = producer;
    this.group = group;
  }

  /** Opens a sink with a producer, which it then owns. */
  static TransactionalSink open(Producer<byte[], byte[]> producer, ConsumerGroupMetadata group) {
    TransactionalSink sink = new TransactionalSink(producer, group);
    try {
      producer.initTransactions();
      return sink;
    } catch (RuntimeException e) {
      sink.close();
      throw e;
    }
  }

  @Override
  public void write(List<Outgoing> records, Map<TopicPartition, OffsetAndMetadata> next) {
    AtomicReference<ReplayException> refusal = new AtomicReference<>();
    producer.beginTransaction();
    try {
      for (Outgoing record : records) {
        send(record, refusal);
      }
      producer.sendOffsetsToTransaction(next, group);
      producer.commitTransaction();
    } catch (RuntimeException e) {
      // The producer's own error only says that some record before was refused.
      RuntimeException told = refusal.get() == null ? e : refusal.get();
      uninterrupted(() -> abort(told));
      throw told;
    }
  }

  private void abort(RuntimeException failure) {
    try {
      producer.abortTransaction();
    } catch (RuntimeException e) {
      // Shut out, or already being committed; then there is nothing to abort.
      failure.addSuppressed(e);
    }
  }

  // What becomes of a record is told by the commit, and by the callback.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(Outgoing record, AtomicReference<ReplayException> refusal) {
    producer.send(
        record.original(),
        (metadata, e) -> {
          if (e != null) {
            refusal.compareAndSet(null, refused(record, e));
          }
        });
  }

  private static ReplayException refused(Outgoing record, Exception e) {
    return new ReplayException(
        "The record of the dead letter at partition "
            + record.letter().partition()
            + ", offset "
            + record.letter().offset()
            + " cannot be written to '"
            + record.original().topic()
            + "': "
            + e.getMessage(),
        e);
  }

  /** Finishes or aborts a transaction that is open. */
  @Override
  public void close() {
    uninterrupted(() -> producer.close(CLOSE_LIMIT));
  }

  /** Of an interrupted thread the producer would not wait for the end of its transaction. */
  private static void uninterrupted(Runnable ending) {
    boolean interrupted = Thread.interrupted();
    try {
      ending.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
