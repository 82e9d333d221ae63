package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart counts the heap of tasks as Flink does. */
class MemoryTest {

  private static final Pattern LEFT = Pattern.compile("there are (-?\\d+) MB left for the heap");

  @TempDir Path directory;

  private String answer(String over) throws Exception {
    return Chart.answer(Values.write(directory.resolve("values.yaml"), "cpu", over));
  }

  private String answer(String memory, String nativeMemory, double managed) throws Exception {
    return answer(
        "taskManager: {memory: %s, nativeMemory: %s, managedFraction: %s}"
            .formatted(memory, nativeMemory, managed));
  }

  private static long heapOfFlink(String memory, String nativeMemory, double managed) {
    Configuration configuration = new Configuration();
    configuration.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse(memory));
    configuration.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, MemorySize.parse(nativeMemory));
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_FRACTION, (float) managed);
    return TaskExecutorProcessUtils.processSpecFromConfig(configuration)
        .getTaskHeapSize()
        .getMebiBytes();
  }

  /** With the least and the most overhead, and the least memory for networks. */
  @ParameterizedTest
  @CsvSource({
    "3072m, 1700m, 0.1",
    "1g, 150m, 0.1",
    "16g, 11700m, 0.1",
    "3g, 256m, 0.68",
    "8g, 6100m, 0"
  })
  void whatIsLeftIsWhatFlinkLeaves(String memory, String nativeMemory, double managed)
      throws Exception {
    Matcher left = LEFT.matcher(answer(memory, nativeMemory, managed));
    assertThat(left.find()).isTrue();
    assertThat(Long.parseLong(left.group(1)))
        .isCloseTo(heapOfFlink(memory, nativeMemory, managed), within(1L));
  }

  @ParameterizedTest
  @CsvSource({"3072m, 1600m, 0.1", "16g, 11600m, 0.1", "3g, 1g, 0.3"})
  void enoughIsTaken(String memory, String nativeMemory, double managed) throws Exception {
    assertThat(heapOfFlink(memory, nativeMemory, managed)).isGreaterThanOrEqualTo(128);
    assertThat(answer(memory, nativeMemory, managed)).contains("kind: FlinkDeployment");
  }

  @Test
  void lessThanNothingIsRefusedByFlinkToo() throws Exception {
    assertThat(answer("3072m", "3g", 0.1)).contains("-", "MB left for the heap, which needs 128");
    assertThatThrownBy(() -> heapOfFlink("3072m", "3g", 0.1))
        .isInstanceOf(IllegalConfigurationException.class);
  }

  @Test
  void otherPartsOfTheMemoryAreForFlinkToCount() throws Exception {
    assertThat(
            answer(
                """
                taskManager: {nativeMemory: 1750m}
                flink: {taskmanager.memory.network.max: 64m}
                """))
        .contains("kind: FlinkDeployment");
  }
}
