package io.flinkinference.batch;

/**
 * Records that are neighbours by length: some of the longest, and so many of the next shorter ones
 * as are needed for the number of rows. Of equally long ones the oldest are meant.
 *
 * @param longest tokens of the longest
 * @param ofLongest how many of that length, at least 1
 * @param rows how many in all, at least as many
 */
public record Neighbours(int longest, int ofLongest, int rows) {

  public Neighbours {
    if (ofLongest < 1 || rows < ofLongest) {
      throw new IllegalArgumentException(
          "A batch of " + rows + " rows cannot have " + ofLongest + " of the greatest length.");
    }
  }
}
