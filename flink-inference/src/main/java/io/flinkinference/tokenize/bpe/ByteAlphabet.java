package io.flinkinference.tokenize.bpe;

/**
 * The characters by which a vocabulary writes bytes: those of Latin-1 that can be seen stand for
 * themselves, the others are counted up from U+0100 (<a
 * href="https://github.com/openai/gpt-2/blob/master/src/encoder.py">bytes_to_unicode</a> of GPT-2).
 */
final class ByteAlphabet {

  static final int BYTES = 256;

  private ByteAlphabet() {}

  /** Whether a byte stands in any UTF-8. Vocabularies may lack those that never do. */
  static boolean isInText(int b) {
    return b != 0xC0 && b != 0xC1 && b <= 0xF4;
  }

  /** The character of each byte. */
  static char[] characters() {
    char[] characters = new char[BYTES];
    int hidden = BYTES;
    for (int b = 0; b < BYTES; b++) {
      boolean seen = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xFF && b != 0xAD);
      characters[b] = (char) (seen ? b : hidden++);
    }
    return characters;
  }
}
