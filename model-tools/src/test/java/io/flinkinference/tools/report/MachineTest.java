package io.flinkinference.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MachineTest {

  @Test
  void nothingIsLeftUnsaid() {
    Machine machine = Machine.describe();
    assertThat(machine.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(machine.memoryBytes()).isGreaterThan(Runtime.getRuntime().totalMemory());
    assertThat(machine.cpu()).isNotBlank();
    assertThat(machine.os()).contains(System.getProperty("os.name"));
    assertThat(machine.java()).contains(System.getProperty("java.version"));
    assertThat(machine.flink()).startsWith("2.");
    assertThat(machine.onnxRuntime()).startsWith("1.");
    assertThat(machine.date()).endsWith("Z");
  }
}
