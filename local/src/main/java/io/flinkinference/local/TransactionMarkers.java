package io.flinkinference.local;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * Waits for the markers of transactions that are decided.
 *
 * <p>A producer's commit returns when the coordinator has stored the decision. To a reader with
 * {@code read_committed} the topic ends before the transaction until the broker has written its
 * markers to all partitions, a little later.
 */
public final class TransactionMarkers {

  private TransactionMarkers() {}

  /** Returns when each transaction that was committed or aborted before this call is seen so. */
  public static void await(String bootstrapServers) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      while (anyIsBeingWritten(admin)) {
        LockSupport.parkNanos(MILLISECONDS.toNanos(10));
      }
    }
  }

  private static boolean anyIsBeingWritten(Admin admin) {
    List<TransactionState> states =
        admin.listTransactions().all().toCompletionStage().toCompletableFuture().join().stream()
            .map(TransactionListing::state)
            .toList();
    return states.contains(TransactionState.PREPARE_COMMIT)
        || states.contains(TransactionState.PREPARE_ABORT);
  }
}
