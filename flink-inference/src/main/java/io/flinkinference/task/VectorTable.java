package io.flinkinference.task;

import java.util.List;

/**
 * Vectors with which that of each text is multiplied. They lie component by component: a sum along
 * one vector has to wait for each addition, sums along all of them at once do not. Each is the same
 * to the bit.
 *
 * <p>They take twice the room of floats: the JVM makes a loop over doubles one of vector
 * instructions, and one that widens floats not (Java 17; on a thousand vectors three times slower).
 *
 * <p><b>Thread safety:</b> immutable.
 */
final class VectorTable {

  private final int count;
  private final double[][] components;

  /**
   * @param vectors of one length
   */
  VectorTable(List<float[]> vectors) {
    this.count = vectors.size();
    this.components = new double[vectors.get(0).length][count];
    for (int vector = 0; vector < count; vector++) {
      for (int i = 0; i < components.length; i++) {
        components[i][vector] = vectors.get(vector)[i];
      }
    }
  }

  /** The products with a vector, in the order of the table's. */
  double[] times(float[] vector) {
    double[] products = new double[count];
    for (int i = 0; i < components.length; i++) {
      double factor = vector[i];
      double[] component = components[i];
      for (int one = 0; one < count; one++) {
        products[one] += factor * component[one];
      }
    }
    return products;
  }
}
