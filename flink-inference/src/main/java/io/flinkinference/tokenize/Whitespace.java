package io.flinkinference.tokenize;

/** White space, by the Unicode property of that name. */
public final class Whitespace {

  private Whitespace() {}

  /** Whether a character is white space. */
  public static boolean is(int c) {
    return switch (c) {
      case ' ', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
      default -> (c >= 0x09 && c <= 0x0D) || (c >= 0x2000 && c <= 0x200A);
    };
  }

  /** Start of the white space that ends at an index, not below the least. */
  static int before(String text, int at, int least) {
    int start = at;
    while (start > least && is(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** End of the white space that begins at an index. */
  static int behind(String text, int at) {
    int end = at;
    while (end < text.length() && is(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
