package io.flinkinference.connectors.check;

import java.io.Serializable;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What a source needs of Kafka.
 *
 * @param access how it reaches Kafka
 * @param topics what it reads
 * @param group in whose name it commits offsets, or null where it commits none
 * @param bounded whether it ends, and does not see what is written after its start
 */
public record SourceCheck(KafkaAccess access, TopicSet topics, String group, boolean bounded)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** All that can be looked at before there is a job. */
  public void run(Findings findings) {
    access.ask(admin -> run(admin, findings));
  }

  /**
   * Looks whether sinks of what this source reads write it, and it would never end. Of several
   * sources one may well read what comes of another.
   */
  public void checkReadsNoOutput(List<SinkCheck> sinks, Findings findings) {
    if (bounded) {
      return;
    }
    for (SinkCheck sink : sinks) {
      if (topics.contains(sink.topic()) && access.sharesServerWith(sink.access())) {
        findings.problem(
            "The sink of topic '"
                + sink.topic()
                + "' writes what the source reads, so the job would never end; write to another"
                + " topic"
                + topics
                    .pattern()
                    .map(pattern -> ", or narrow the pattern '" + pattern + "' of the source.")
                    .orElse("."));
      }
    }
  }

  void run(Admin admin, Findings findings) {
    List<String> names =
        topics
            .pattern()
            .map(pattern -> TopicAccess.matching(admin, access, pattern))
            .orElse(topics.names());
    if (names.isEmpty()) {
      findings.warn(
          access.who()
              + " sees no topic yet whose name matches '"
              + topics.pattern().orElseThrow()
              + "', and waits for one, unless it is bounded.");
    }
    TopicAccess.check(admin, access, names, AclOperation.READ, findings);
    if (group != null) {
      GroupAccess.check(admin, access, group, findings);
    }
  }
}
