package io.flinkinference.tools.fuse;

import java.util.List;

/**
 * What a pass did.
 *
 * @param pass name of what it makes
 * @param made how many of them
 * @param missed what looked like one and was left, each as a sentence that says why
 */
public record PassReport(String pass, int made, List<String> missed) {

  /** Takes a copy. */
  public PassReport {
    missed = List.copyOf(missed);
  }
}
