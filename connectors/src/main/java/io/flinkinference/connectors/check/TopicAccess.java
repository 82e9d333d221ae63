package io.flinkinference.connectors.check;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks whether topics are there, and may be read or written. */
final class TopicAccess {

  private TopicAccess() {}

  static void check(
      Admin admin,
      KafkaAccess access,
      Collection<String> topics,
      AclOperation needed,
      Findings findings) {
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin
            .describeTopics(topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    for (String topic : topics) {
      try {
        Set<AclOperation> allowed = Answer.of(answers.get(topic), access).authorizedOperations();
        // Null from brokers that do not tell.
        if (allowed != null && !allowed.contains(needed)) {
          findings.problem(denied(access, topic, needed));
        }
      } catch (UnknownTopicOrPartitionException e) {
        findings.problem("Kafka has no topic '" + topic + "'; create it.");
      } catch (TopicAuthorizationException e) {
        findings.problem(denied(access, topic, needed));
      } catch (ApiException e) {
        findings.notChecked("Topic '" + topic + "'", e);
      }
    }
  }

  private static String denied(KafkaAccess access, String topic, AclOperation needed) {
    return access.who()
        + " may not "
        + needed.name().toLowerCase(Locale.ROOT)
        + " topic '"
        + topic
        + "'; allow "
        + needed
        + " on it by an ACL.";
  }

  /** The topics that match, of those which may be seen. */
  static List<String> matching(Admin admin, KafkaAccess access, Pattern pattern) {
    return Answer.of(admin.listTopics().names(), access).stream()
        .filter(name -> pattern.matcher(name).matches())
        .sorted()
        .toList();
  }
}
