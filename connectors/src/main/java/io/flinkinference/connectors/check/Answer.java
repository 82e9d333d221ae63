package io.flinkinference.connectors.check;

import io.flinkinference.result.UnavailableException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Waits for what Kafka answers, and tells a refusal from no answer. */
final class Answer {

  private Answer() {}

  /**
   * Waits for an answer.
   *
   * @throws ApiException the broker's refusal, which is the caller's to explain
   * @throws KafkaSetupException if the brokers do not let the client in
   * @throws UnavailableException if no broker answers
   */
  static <T> T of(KafkaFuture<T> future, KafkaAccess access) {
    try {
      return orRefusal(future, access);
    } catch (RetriableException e) {
      if (e instanceof UnknownTopicOrPartitionException) {
        throw e;
      }
      throw new UnavailableException(
          "Kafka does not answer (" + access + "): " + e.getMessage(), e);
    }
  }

  /**
   * Waits for an answer that the job can do without.
   *
   * @throws ApiException a refusal, or that no answer came in time; the caller's to explain
   * @throws KafkaSetupException if the brokers do not let the client in
   */
  static <T> T orRefusal(KafkaFuture<T> future, KafkaAccess access) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The question to Kafka was interrupted.", e);
    } catch (ExecutionException e) {
      throw explained(e.getCause(), access);
    }
  }

  private static RuntimeException explained(Throwable cause, KafkaAccess access) {
    if (cause instanceof AuthenticationException) {
      return new KafkaSetupException(
          "Kafka does not let the job in ("
              + access
              + "): "
              + cause.getMessage()
              + ". Look at user and password, or at the certificates.",
          cause);
    }
    return cause instanceof ApiException refusal
        ? refusal
        : new UnavailableException("Kafka cannot be asked (" + access + "): " + cause, cause);
  }
}
