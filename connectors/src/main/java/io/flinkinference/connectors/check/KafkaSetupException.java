package io.flinkinference.connectors.check;

/**
 * Says what Kafka lacks for a job, or does not let it do, and how to mend it. No secret is in it.
 */
public final class KafkaSetupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KafkaSetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
