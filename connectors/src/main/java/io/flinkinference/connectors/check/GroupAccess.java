package io.flinkinference.connectors.check;

import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Looks whether offsets may be committed in a group's name. */
final class GroupAccess {

  private GroupAccess() {}

  static void check(Admin admin, KafkaAccess access, String group, Findings findings) {
    try {
      Set<AclOperation> allowed =
          Answer.of(
                  admin
                      .describeConsumerGroups(
                          List.of(group),
                          new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                      .describedGroups()
                      .get(group),
                  access)
              .authorizedOperations();
      if (allowed != null && !allowed.contains(AclOperation.READ)) {
        findings.problem(denied(access, group));
      }
    } catch (GroupAuthorizationException e) {
      findings.problem(denied(access, group));
    } catch (GroupIdNotFoundException e) {
      // It appears with the first commit; who may not see it, is told so instead.
      return;
    } catch (ApiException e) {
      findings.notChecked("Group '" + group + "'", e);
    }
  }

  private static String denied(KafkaAccess access, String group) {
    return access.who()
        + " may not commit offsets in group '"
        + group
        + "'; allow READ on it by an ACL.";
  }
}
