package io.flinkinference.local;

import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * What a process of a Flink cluster is: its main class, and the memory that its JVM gets, worked
 * out of the {@code *.memory.*} options as Flink's own start scripts do it.
 */
enum FlinkRole {
  JOB_MANAGER(StandaloneSessionClusterEntrypoint.class.getName()) {
    @Override
    List<String> jvmFlags(Configuration config) {
      return words(
          JobManagerProcessUtils.generateJvmParametersStr(
              JobManagerProcessUtils.processSpecFromConfig(config), config));
    }

    @Override
    void addMemory(Configuration config) {
      // The JVM's flags say it all.
    }
  },

  TASK_MANAGER(TaskManagerRunner.class.getName()) {
    @Override
    List<String> jvmFlags(Configuration config) {
      return words(ProcessMemoryUtils.generateJvmParametersStr(spec(config)));
    }

    @Override
    void addMemory(Configuration config) {
      // A sequence of "-D key=value".
      for (String word : words(TaskExecutorProcessUtils.generateDynamicConfigsStr(spec(config)))) {
        int equals = word.indexOf('=');
        if (equals > 0) {
          String key = word.substring(0, equals);
          config.addAll(Configuration.fromMap(Map.of(key, word.substring(equals + 1))));
        }
      }
    }

    private TaskExecutorProcessSpec spec(Configuration config) {
      return TaskExecutorProcessUtils.processSpecFromConfig(config);
    }
  };

  private final String mainClass;

  FlinkRole(String mainClass) {
    this.mainClass = mainClass;
  }

  String mainClass() {
    return mainClass;
  }

  /** Sizes of heap, direct memory and metaspace. */
  abstract List<String> jvmFlags(Configuration config);

  /** Adds the sizes of the single memory pools, which the process does not work out itself. */
  abstract void addMemory(Configuration config);

  private static List<String> words(String text) {
    return List.of(text.trim().split("\\s+", -1));
  }
}
