package io.flinkinference.connectors.check;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What a sink needs of Kafka.
 *
 * @param access how it reaches Kafka
 * @param topic what it writes
 * @param idPrefix of its transactional ids, or null where it uses no transactions
 * @param timeout of its transactions, or null where it uses none
 */
public record SinkCheck(KafkaAccess access, String topic, String idPrefix, Duration timeout)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * What a subtask looks at when it opens. Only the first asks for what is the same for all: the
   * brokers' limit.
   *
   * @throws KafkaSetupException if it cannot write
   */
  void whenOpened(int subtask) {
    Findings findings = new Findings();
    access.ask(
        admin -> {
          checkAccess(admin, findings);
          if (subtask == 0) {
            checkLimit(admin, findings);
          }
        });
    findings.throwIfAny();
  }

  /** All that Kafka can be asked before there is a job. */
  public void run(Findings findings) {
    access.ask(
        admin -> {
          checkAccess(admin, findings);
          checkLimit(admin, findings);
        });
  }

  /**
   * Looks whether transactions last from one checkpoint to the next.
   *
   * @param checkpoints of the job
   */
  public void checkInterval(CheckpointTimes checkpoints, Findings findings) {
    if (timeout != null) {
      TransactionLimit.checkInterval(topic, timeout, checkpoints, findings);
    }
  }

  /** Looks whether checkpoints will do that may hold records from behind them, too. */
  public void checkNeedsNoExactCheckpoints(Findings findings) {
    if (timeout != null) {
      findings.problem(
          "The sink of topic '"
              + topic
              + "' is exactly-once, but execution.checkpointing.mode is AT_LEAST_ONCE, with which"
              + " records that are read again after a failure may be in a transaction already; set"
              + " the mode to EXACTLY_ONCE.");
    }
  }

  /**
   * Looks for sinks of one job that would abort each other's transactions: Kafka takes two
   * producers of one transactional id for one that has started again, and both make the same ids.
   */
  public static void checkApart(List<SinkCheck> sinks, Findings findings) {
    for (int i = 0; i < sinks.size(); i++) {
      for (SinkCheck before : sinks.subList(0, i)) {
        if (sinks.get(i).sharesIdsWith(before)) {
          findings.problem(
              "Two sinks of topic '"
                  + before.topic
                  + "' make the same transactional ids, which begin with '"
                  + before.idPrefix
                  + "-', so each would abort what the other writes; pass another prefix to"
                  + " exactlyOnce() of one of them.");
        }
      }
    }
  }

  /** The topic is part of the prefix. */
  private boolean sharesIdsWith(SinkCheck other) {
    return idPrefix != null
        && idPrefix.equals(other.idPrefix)
        && access.sharesServerWith(other.access);
  }

  private void checkAccess(Admin admin, Findings findings) {
    TopicAccess.check(admin, access, List.of(topic), AclOperation.WRITE, findings);
    if (idPrefix != null) {
      TransactionAccess.check(admin, access, idPrefix, findings);
    }
  }

  private void checkLimit(Admin admin, Findings findings) {
    if (timeout != null) {
      TransactionLimit.check(admin, access, topic, timeout, findings);
    }
  }
}
