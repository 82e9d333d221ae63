package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VectorTableTest {

  @Test
  void productsAreThoseOfOneVectorAfterTheOtherToTheBit() {
    Random random = new Random(5);
    List<float[]> vectors = IntStream.range(0, 70).mapToObj(i -> vector(random)).toList();
    float[] text = vector(random);
    double[] expected = vectors.stream().mapToDouble(vector -> product(text, vector)).toArray();
    assertThat(new VectorTable(vectors).times(text)).isEqualTo(expected);
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  private static float[] vector(Random random) {
    float[] vector = new float[384];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
