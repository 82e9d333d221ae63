package io.flinkinference.connectors.check;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;

/** Looks whether a transaction may last as long as a sink asks for, and lasts long enough. */
public final class TransactionLimit {

  /** The broker's name of its limit. */
  static final String NAME = "transaction.max.timeout.ms";

  /**
   * By how much a transaction has to outlast the time from one checkpoint to the next: a checkpoint
   * takes time itself, and a job that failed must be restored before it commits.
   */
  public static final Duration MARGIN = Duration.ofMinutes(1);

  /** Kafka counts milliseconds as int; any number of checkpoints may be allowed to fail. */
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  private static final String TOLERATED = "execution.checkpointing.tolerable-failed-checkpoints";

  /** A broker that hangs must not hold up each start of the job. */
  private static final int PATIENCE_MILLIS = 10_000;

  private TransactionLimit() {}

  /**
   * Compares with each broker's limit: any of them may be the one that is asked. A broker that does
   * not answer in time is passed over: it may not fail a job that the others can serve.
   */
  static void check(
      Admin admin, KafkaAccess access, String topic, Duration timeout, Findings findings) {
    DescribeConfigsOptions options = new DescribeConfigsOptions().timeoutMs(PATIENCE_MILLIS);
    try {
      Set<ConfigResource> brokers =
          Answer.of(admin.describeCluster().nodes(), access).stream()
              .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
              .collect(Collectors.toSet());
      compare(admin.describeConfigs(brokers, options).values(), access, topic, timeout, findings);
    } catch (ApiException e) {
      findings.notChecked("The brokers' " + NAME, e);
    }
  }

  static void compare(
      Map<ConfigResource, KafkaFuture<Config>> brokers,
      KafkaAccess access,
      String topic,
      Duration timeout,
      Findings findings) {
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> broker : brokers.entrySet()) {
      String name = broker.getKey().name();
      try {
        compare(name, Answer.orRefusal(broker.getValue(), access), topic, timeout, findings);
      } catch (ClusterAuthorizationException e) {
        findings.warn(hidden(access, topic, timeout));
        return; // The others would say the same.
      } catch (ApiException e) {
        findings.notChecked("The " + NAME + " of broker " + name, e);
      }
    }
  }

  private static String hidden(KafkaAccess access, String topic, Duration timeout) {
    return access.who()
        + " may not see the brokers' "
        + NAME
        + " (DESCRIBE_CONFIGS on the cluster), so whether the transaction timeout of the sink of"
        + " topic '"
        + topic
        + "', "
        + timeout
        + ", suits was not checked. A broker with a lower limit fails the job when it"
        + " starts.";
  }

  private static void compare(
      String broker, Config config, String topic, Duration timeout, Findings findings) {
    ConfigEntry limit = config.get(NAME);
    if (limit == null || limit.value() == null) {
      findings.warn("Broker " + broker + " does not tell its " + NAME + "; it was not checked.");
    } else if (timeout.toMillis() > Long.parseLong(limit.value())) {
      findings.problem(
          "The transaction timeout of the sink of topic '"
              + topic
              + "' is "
              + timeout
              + ", but broker "
              + broker
              + " allows "
              + Duration.ofMillis(Long.parseLong(limit.value()))
              + " ("
              + NAME
              + "="
              + limit.value()
              + "); lower the one or raise the other.");
    }
  }

  /**
   * Compares with the checkpoints: a transaction is open from the begin of one to the end of the
   * next. That these are slow or fail is no fault of the settings, so it is a warning; but the
   * connector only logs that it could not commit, and the job goes on without what was lost.
   */
  static void checkInterval(
      String topic, Duration timeout, CheckpointTimes checkpoints, Findings findings) {
    Duration interval = checkpoints.interval();
    if (interval == null) {
      findings.problem(
          "The sink of topic '"
              + topic
              + "' writes exactly once, but checkpoints are off, and nothing would ever be"
              + " committed; set execution.checkpointing.interval, or call atLeastOnce().");
    } else if (timeout.compareTo(interval.plus(MARGIN)) < 0) {
      findings.problem(
          "The transaction timeout of the sink of topic '"
              + topic
              + "' is "
              + timeout
              + ", but a checkpoint comes only every "
              + interval
              + ", and Kafka would abort what waits for it; set at least "
              + interval.plus(MARGIN)
              + ", or take checkpoints more often.");
    } else if (timeout.compareTo(checkpoints.longestTransaction()) < 0) {
      findings.warn(tooShort(topic, timeout, checkpoints));
    }
  }

  private static String tooShort(String topic, Duration timeout, CheckpointTimes checkpoints) {
    boolean mayFail = checkpoints.tolerated() > 0;
    Duration longest = checkpoints.longestTransaction();
    return "The transaction timeout of the sink of topic '"
        + topic
        + "' is "
        + timeout
        + ", but a checkpoint comes every "
        + checkpoints.interval()
        + " and may take "
        + checkpoints.longest()
        + " (execution.checkpointing.timeout)"
        + (mayFail
            ? ", and " + checkpoints.tolerated() + " in a row may fail (" + TOLERATED + ")"
            : "")
        + ". Kafka would abort what waits for a slow one"
        + (mayFail ? " or behind those that fail" : "")
        + ", and it would be lost; "
        + (longest.compareTo(LONGEST) <= 0
            ? "set the transaction timeout to at least " + longest + ", or "
            : "")
        + "lower execution.checkpointing.timeout"
        + (mayFail ? " or " + TOLERATED : "")
        + ".";
  }
}
