package io.flinkinference.task;

/**
 * The label of a token, taken apart: where in an entity it stands, and of which kind that is. Reads
 * IOB, IOB2, and what IOBES and BILOU call the ends ({@code E-}, {@code L-}) and the single ones
 * ({@code S-}, {@code U-}). A label without a prefix goes on with its like, as in transformers.
 *
 * @param begins whether a new entity begins here, also behind one of the same kind
 * @param kind such as {@code PER}
 */
record Tag(boolean begins, String kind) {

  private static final String BEGIN = "BSU";
  private static final String GO_ON = "IEL";

  static Tag of(String label) {
    if (label.length() > 2 && label.charAt(1) == '-') {
      char prefix = label.charAt(0);
      if (BEGIN.indexOf(prefix) >= 0 || GO_ON.indexOf(prefix) >= 0) {
        return new Tag(BEGIN.indexOf(prefix) >= 0, label.substring(2));
      }
    }
    return new Tag(false, label);
  }
}
