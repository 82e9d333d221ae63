package io.flinkinference.connectors.check;

import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/** Looks whether transactional ids may be used. */
final class TransactionAccess {

  private TransactionAccess() {}

  /**
   * Asks for one id of those that the sink will make.
   *
   * @param prefix of them, without the dash behind it
   */
  static void check(Admin admin, KafkaAccess access, String prefix, Findings findings) {
    String id = prefix + "-0-0";
    try {
      Answer.of(admin.describeTransactions(List.of(id)).description(id), access);
    } catch (TransactionalIdAuthorizationException e) {
      findings.problem(
          access.who()
              + " may not write with the transactional id '"
              + id
              + "'; allow WRITE on all transactional ids that begin with '"
              + prefix
              + "-' by an ACL.");
    } catch (TransactionalIdNotFoundException e) {
      // Nobody has used it yet; who may not see it, is told so instead.
      return;
    } catch (ApiException e) {
      findings.notChecked("The transactional id '" + id + "'", e);
    }
  }
}
