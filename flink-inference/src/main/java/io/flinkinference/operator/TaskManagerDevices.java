package io.flinkinference.operator;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;

/** Reads the indices of a TaskManager's devices from what Flink tells of an external resource. */
final class TaskManagerDevices {

  /** What the GPU driver of Flink calls the index. */
  private static final String INDEX = "index";

  private TaskManagerDevices() {}

  /**
   * The indices; none where the TaskManager has no such resource.
   *
   * @throws IllegalStateException if one has no index, or one that is no number
   */
  static SortedSet<Integer> indices(String resource, Set<ExternalResourceInfo> infos) {
    SortedSet<Integer> indices = new TreeSet<>();
    for (ExternalResourceInfo info : infos) {
      indices.add(index(resource, info));
    }
    return indices;
  }

  private static int index(String resource, ExternalResourceInfo info) {
    Optional<String> index = info.getProperty(INDEX);
    if (index.isPresent() && index.get().strip().matches("\\d{1,4}")) {
      return Integer.parseInt(index.get().strip());
    }
    throw new IllegalStateException(
        "The TaskManager's external resource '"
            + resource
            + "' has the index "
            + index.map(text -> "'" + text + "'").orElse("of none")
            + ", which is no number. Its discovery script has to print whole numbers such as 0,1.");
  }

  /** For a TaskManager that has no device though the slot was asked for one. */
  static IllegalStateException none(String resource) {
    return new IllegalStateException(
        "The inference is placed on TaskManagers with the external resource '"
            + resource
            + "', but this one tells of none. Either its discovery script failed, which Flink only"
            + " warns of in the TaskManager's log: see external-resource."
            + resource
            + ".param.discovery-script.path. Or it has no driver: external-resource."
            + resource
            + ".driver-factory.class. Or the cluster's scheduler passes over resources:"
            + " jobmanager.scheduler must not be adaptive, nor scheduler-mode reactive.");
  }

  /** For a device that is named but not there. */
  static IllegalStateException other(String device, String resource, SortedSet<Integer> indices) {
    return new IllegalStateException(
        "The inference is to run on "
            + device
            + ", but this TaskManager has the indices "
            + indices
            + " of the external resource '"
            + resource
            + "'. Leave the index out, or take one of these.");
  }
}
