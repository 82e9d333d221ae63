package io.flinkinference.tools.quantize;

import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts by which a form is made and tried.
 *
 * @param calibration the ranges of activations come from these
 * @param heldOut forms are compared on these
 * @param otherDomain of another kind than the first two, and forms are compared on these as well;
 *     may be empty
 */
public record CalibrationTexts(
    List<Encoding> calibration, List<Encoding> heldOut, List<Encoding> otherDomain) {

  /** Fewer texts cannot be split: one of so many is held out. */
  public static final int LEAST = 4;

  /** Checks that there is something to calibrate on and to compare on. */
  public CalibrationTexts {
    calibration = List.copyOf(calibration);
    heldOut = List.copyOf(heldOut);
    otherDomain = List.copyOf(otherDomain);
    if (calibration.isEmpty() || heldOut.isEmpty()) {
      throw new IllegalArgumentException(
          "There are %d texts for calibration and %d held-out ones. Give at least %d texts."
              .formatted(calibration.size(), heldOut.size(), LEAST));
    }
  }

  /**
   * Holds every fourth text out.
   *
   * @param texts like those that the model will get
   * @param otherDomain texts of another kind, or none
   */
  public static CalibrationTexts split(List<Encoding> texts, List<Encoding> otherDomain) {
    List<Encoding> calibration = new ArrayList<>();
    List<Encoding> heldOut = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      (isHeldOut(i) ? heldOut : calibration).add(texts.get(i));
    }
    return new CalibrationTexts(calibration, heldOut, otherDomain);
  }

  /** Whether a text is held out, by its place: every fourth is. */
  public static boolean isHeldOut(int index) {
    return index % LEAST == LEAST - 1;
  }
}
