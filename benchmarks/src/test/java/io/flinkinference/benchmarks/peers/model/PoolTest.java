package io.flinkinference.benchmarks.peers.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.model.Pooling;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTest {

  private static final FloatBuffer VALUES = FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, 6, 7, 8});

  @Test
  void tokensArePooledWithoutPadding() {
    long[] shape = {2, 2, 2};
    assertThat(Pool.row(VALUES, shape, 0, 2, model(Pooling.MEAN))).containsExactly(2, 3);
    assertThat(Pool.row(VALUES, shape, 1, 1, model(Pooling.MEAN))).containsExactly(5, 6);
    assertThat(Pool.row(VALUES, shape, 1, 2, model(Pooling.CLS))).containsExactly(5, 6);
  }

  /** As the optimizer makes it of encoders that pool by the first token. */
  @Test
  void vectorsThatTheGraphPooledAreTaken() {
    long[] shape = {4, 2};
    assertThat(Pool.row(VALUES, shape, 1, 5, model(Pooling.CLS))).containsExactly(3, 4);
    assertThat(Pool.row(VALUES, shape, 3, 5, model(Pooling.MEAN))).containsExactly(7, 8);
  }

  private static ModelSettings model(Pooling pooling) {
    return new ModelSettings("", "", 8, pooling, false, 0, List.of());
  }
}
