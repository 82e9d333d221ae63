package io.flinkinference.connectors;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The ACLs that docs/kafka.md says a job needs, each of which can be left out. */
enum Rights {
  READ_TEXTS(ResourceType.TOPIC, "texts", PatternType.LITERAL, AclOperation.READ),
  USE_GROUP(ResourceType.GROUP, "scoring", PatternType.LITERAL, AclOperation.READ),
  WRITE_SCORED(ResourceType.TOPIC, "scored", PatternType.LITERAL, AclOperation.WRITE),
  WRITE_DEAD(ResourceType.TOPIC, "dead-letters", PatternType.LITERAL, AclOperation.WRITE),
  USE_IDS(ResourceType.TRANSACTIONAL_ID, "scoring/", PatternType.PREFIXED, AclOperation.WRITE);

  private final ResourceType type;
  private final String name;
  private final PatternType pattern;
  private final AclOperation operation;

  Rights(ResourceType type, String name, PatternType pattern, AclOperation operation) {
    this.type = type;
    this.name = name;
    this.pattern = pattern;
    this.operation = operation;
  }

  /**
   * Gives a user all but one.
   *
   * @param principal such as {@code User:alice}
   * @param without the one that is left out, or null
   */
  static void give(Admin admin, String principal, Rights without) throws Exception {
    List<AclBinding> all = new ArrayList<>();
    for (Rights right : values()) {
      if (right != without) {
        all.add(
            new AclBinding(
                new ResourcePattern(right.type, right.name, right.pattern),
                new AccessControlEntry(principal, "*", right.operation, AclPermissionType.ALLOW)));
      }
    }
    admin.createAcls(all).all().get();
  }
}
