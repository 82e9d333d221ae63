package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.flinkinference.engine.EngineMemoryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class DirectMemoryTest {

  @Test
  void memoryIsInTheOrderOfTheMachine() {
    ByteBuffer memory = DirectMemory.allocate(3, Long.BYTES);
    assertThat(memory.capacity()).isEqualTo(24);
    assertThat(memory.order()).isEqualTo(ByteOrder.nativeOrder());
  }

  @Test
  void bufferThatIsTooLargeIsWantOfMemory() {
    assertThatThrownBy(() -> DirectMemory.allocate(1L << 29, Float.BYTES))
        .isInstanceOf(EngineMemoryException.class)
        .hasMessageContaining("a buffer of 2147483648 bytes");
  }

  @Test
  void noMemoryLeftIsWantOfMemory() {
    assumeThat(Runtime.getRuntime().maxMemory())
        .as("direct memory of this JVM")
        .isLessThan(Integer.MAX_VALUE);
    assertThatThrownBy(() -> DirectMemory.allocate(Integer.MAX_VALUE, 1))
        .isInstanceOf(EngineMemoryException.class)
        .hasMessageContaining("No direct memory is left")
        .hasCauseInstanceOf(OutOfMemoryError.class);
  }
}
