package io.flinkinference.connectors.check;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What checks of Kafka have found: problems, each a sentence that ends with its remedy. What could
 * not be looked at goes to the log. Belongs to one thread.
 */
public final class Findings {

  private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

  private final List<String> problems = new ArrayList<>();

  void problem(String sentence) {
    // Two parts of a job may lack the same.
    if (!problems.contains(sentence)) {
      problems.add(sentence);
    }
  }

  void warn(String sentence) {
    LOG.warn("{}", sentence);
  }

  /** What the broker would not or could not tell, which may be well all the same. */
  void notChecked(String what, ApiException answer) {
    warn(what + " was not checked, because Kafka answered: " + answer.getMessage());
  }

  /** Throws if there is a problem; the message tells of all. */
  public void throwIfAny() {
    if (problems.size() == 1) {
      throw new KafkaSetupException(problems.get(0), null);
    }
    if (!problems.isEmpty()) {
      throw new KafkaSetupException(
          "Kafka is not ready for this job:\n- " + String.join("\n- ", problems), null);
    }
  }
}
