package io.flinkinference.tools.evaluate;

/** The interval in which a share lies with 95 %, after Wilson (1927). */
record Wilson(double low, double high) {

  private static final double Z = 1.959964;

  static Wilson of(int right, int all) {
    double n = all;
    double share = right / n;
    double z2 = Z * Z / n;
    double middle = (share + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt((share * (1 - share) + z2 / 4) / n) / (1 + z2);
    return new Wilson(Math.max(0, middle - half), Math.min(1, middle + half));
  }
}
