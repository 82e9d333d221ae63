package io.flinkinference.tokenize;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.flinkinference.model.ModelException;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.text.TokenSpans;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;

/**
 * The Hugging Face tokenizers library, through DJL's binding.
 *
 * <p>Padding and truncation that the file asks for are overruled: nothing is padded, and the limit
 * is the one given to {@link #open}.
 *
 * <p><b>Thread safety:</b> the native tokenizer does not change once it is open, and encodes for
 * any number of threads at once. {@link #close} waits for encodings that are under way; one that is
 * asked for later is refused.
 */
public final class DjlTokenizer implements Tokenizer {

  private static final TokenizersLibrary NATIVE = TokenizersLibrary.LIB;

  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final long handle;
  private final int maxTokens;
  private final int maxCharacters;
  private final boolean truncateLeft;

  /** Encoding reads, closing writes: a native handle must not be used once it is freed. */
  private final StampedLock lifetime = new StampedLock();

  private boolean closed;

  /** Read when it is first asked for: few tasks do. */
  private volatile Subwords subwords;

  private DjlTokenizer(
      Path file,
      HuggingFaceTokenizer tokenizer,
      int maxTokens,
      int maxCharacters,
      boolean truncateLeft) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.handle = tokenizer.getHandle();
    this.maxTokens = maxTokens;
    this.maxCharacters = maxCharacters;
    this.truncateLeft = truncateLeft;
  }

  /**
   * Opens a tokenizer.
   *
   * @param tokenizerJson the {@code tokenizer.json} of a fast tokenizer
   * @param maxTokens most tokens of an encoding, special tokens included
   * @param maxCharacters most characters (UTF-16 units) of a text that are looked at; a text, or a
   *     text of a pair, is cut there before it is encoded
   * @throws ModelException if the file is missing or no tokenizer
   * @throws IllegalStateException if the native library cannot be loaded on this machine
   */
  public static DjlTokenizer open(Path tokenizerJson, int maxTokens, int maxCharacters) {
    return open(tokenizerJson, maxTokens, maxCharacters, false);
  }

  /**
   * As {@link #open(Path, int, int)}, with a choice of the side on which a long text is cut.
   *
   * @param truncateLeft whether the first tokens go; a pair that is too long is then refused
   */
  public static DjlTokenizer open(
      Path tokenizerJson, int maxTokens, int maxCharacters, boolean truncateLeft) {
    requirePositive(maxTokens, "maxTokens");
    requirePositive(maxCharacters, "maxCharacters");
    // Without modelMaxLength, DJL takes 512 and lowers a higher limit to it.
    Map<String, String> options =
        Map.of(
            "addSpecialTokens",
            "true",
            "padding",
            "false",
            // DJL always cuts on the right; the other way is done here.
            "truncation",
            truncateLeft ? "false" : "true",
            "maxLength",
            Integer.toString(maxTokens),
            "modelMaxLength",
            Integer.toString(maxTokens),
            "stride",
            "0");
    if (!Files.isRegularFile(tokenizerJson)) {
      throw new ModelException("There is no file " + tokenizerJson + ".");
    }
    return new DjlTokenizer(
        tokenizerJson,
        NativeTokenizers.with(() -> load(tokenizerJson, options)),
        maxTokens,
        maxCharacters,
        truncateLeft);
  }

  private static HuggingFaceTokenizer load(Path tokenizerJson, Map<String, String> options) {
    try {
      return HuggingFaceTokenizer.newInstance(tokenizerJson, options);
    } catch (IOException e) {
      throw new ModelException("Cannot read " + tokenizerJson + ": " + e + ".", e);
    } catch (RuntimeException e) {
      throw new ModelException(
          tokenizerJson
              + " is not a tokenizer that the tokenizers library can read: "
              + e.getMessage()
              + ". Save the model's fast tokenizer again.",
          e);
    }
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is at least 1, not " + value + ".");
    }
  }

  @Override
  public Encoding encode(TextInput input) {
    String text = TextCleaner.cut(input.text(), maxCharacters);
    boolean cut = text.length() < input.text().length();
    String pair = input.pair();
    if (pair != null) {
      pair = TextCleaner.cut(pair, maxCharacters);
      cut |= pair.length() < input.pair().length();
      pair = TextCleaner.replaceLoneSurrogates(pair);
    }
    return encode(TextCleaner.replaceLoneSurrogates(text), pair, cut, null);
  }

  @Override
  public Encoding encodeWithSpans(TextInput input) {
    if (input.pair() != null) {
      throw new IllegalArgumentException("Spans are those of a single text, not of a pair.");
    }
    // Neither changes the index of a character that stays.
    String text = TextCleaner.cut(input.text(), maxCharacters);
    boolean cut = text.length() < input.text().length();
    return encode(TextCleaner.replaceLoneSurrogates(text), null, cut, input.text());
  }

  private Encoding encode(String text, String pair, boolean cut, String spansOf) {
    long stamp = lifetime.readLock();
    try {
      if (closed) {
        throw new IllegalStateException(
            "The tokenizer " + file + " is closed and cannot encode any more.");
      }
      long encoding = encodeNatively(text, pair);
      try {
        return truncateLeft
            ? readEnd(encoding, pair != null, cut, spansOf)
            : read(encoding, cut, spansOf);
      } finally {
        NATIVE.deleteEncoding(encoding);
      }
    } finally {
      lifetime.unlockRead(stamp);
      // DJL frees the native tokenizer when its object is found to be unreachable.
      Reference.reachabilityFence(tokenizer);
    }
  }

  // Not HuggingFaceTokenizer.encode: it copies out six further arrays, among them a string and an
  // object for each token.
  private long encodeNatively(String text, String pair) {
    try {
      return pair == null
          ? NATIVE.encode(handle, text, true)
          : NATIVE.encodeDual(handle, text, pair, true);
    } catch (RuntimeException e) {
      throw new TokenizationException(
          "The tokenizer "
              + file
              + " cannot encode a text of "
              + text.length()
              + " characters: "
              + e.getMessage()
              + ".",
          e);
    }
  }

  private Encoding read(long encoding, boolean cut, String spansOf) {
    long[] ids = NATIVE.getTokenIds(encoding);
    if (ids.length == 0) {
      throw new TokenizationException(
          "The tokenizer " + file + " makes no token of this text and adds no special tokens.");
    }
    // The library does not truncate where special tokens alone fill the limit.
    if (ids.length > maxTokens) {
      throw new TokenizationException(
          "The limit of " + maxTokens + " tokens leaves no room for a text. Raise it.");
    }
    boolean truncated = cut || NATIVE.getOverflowCount(encoding) > 0;
    return new Encoding(
        toInts(ids),
        nullIfZero(NATIVE.getTypeIds(encoding)),
        truncated,
        spansOf == null ? null : spans(encoding, spansOf));
  }

  /** The library counts code points, Java UTF-16 units. */
  private TokenSpans spans(long encoding, String text) {
    CharSpan[] found = NATIVE.getTokenCharSpans(encoding);
    String[] tokens = NATIVE.getTokens(encoding);
    int[] starts = new int[found.length];
    int[] ends = new int[found.length];
    boolean[] continuing = new boolean[found.length];
    CodePoints codePoints = new CodePoints(text);
    for (int i = 0; i < found.length; i++) {
      if (found[i] == null) {
        starts[i] = TokenSpans.NONE;
        ends[i] = TokenSpans.NONE;
      } else {
        starts[i] = codePoints.index(found[i].getStart());
        ends[i] = codePoints.index(found[i].getEnd());
        continuing[i] = subwords().continues(tokens[i], text, starts[i], ends[i]);
      }
    }
    return new TokenSpans(text, starts, ends, continuing);
  }

  private Subwords subwords() {
    Subwords known = subwords;
    if (known == null) {
      known = Subwords.read(file);
      subwords = known; // Two threads may both read it; either will do.
    }
    return known;
  }

  /** The special tokens, and of the others the last that fit between them. */
  private Encoding readEnd(long encoding, boolean pair, boolean cut, String spansOf) {
    long[] ids = NATIVE.getTokenIds(encoding);
    int surplus = ids.length - maxTokens;
    if (surplus <= 0) {
      return read(encoding, cut, spansOf);
    }
    if (spansOf != null) {
      throw new TokenizationException(
          "The text has "
              + ids.length
              + " tokens, but the limit is "
              + maxTokens
              + ", and where tokenizers cut on the left nobody knows where the others stand. Shorten"
              + " the text.");
    }
    if (pair) {
      throw new TokenizationException(
          "A pair of texts has "
              + ids.length
              + " tokens, but the limit is "
              + maxTokens
              + ", and tokenizers that cut on the left cut single texts only. Shorten the texts.");
    }
    long[] special = NATIVE.getSpecialTokenMask(encoding);
    int first = 0;
    while (first < ids.length && special[first] == 1) {
      first++;
    }
    int specials = first;
    for (int i = first; i < ids.length; i++) {
      specials += (int) special[i];
    }
    if (specials >= maxTokens) {
      throw new TokenizationException(
          "The limit of " + maxTokens + " tokens leaves no room for a text. Raise it.");
    }
    return new Encoding(
        without(ids, first, surplus),
        zeroAsNull(without(NATIVE.getTypeIds(encoding), first, surplus)),
        true);
  }

  private static int[] without(long[] values, int from, int count) {
    int[] rest = new int[values.length - count];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = (int) values[i < from ? i : i + count];
    }
    return rest;
  }

  private static int[] toInts(long[] values) {
    int[] ints = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      ints[i] = (int) values[i];
    }
    return ints;
  }

  private static int[] zeroAsNull(int[] typeIds) {
    for (int typeId : typeIds) {
      if (typeId != 0) {
        return typeIds;
      }
    }
    return null;
  }

  private static int[] nullIfZero(long[] typeIds) {
    for (long typeId : typeIds) {
      if (typeId != 0) {
        return toInts(typeIds);
      }
    }
    return null;
  }

  @Override
  public void close() {
    long stamp = lifetime.writeLock();
    try {
      closed = true;
      tokenizer.close();
    } finally {
      lifetime.unlockWrite(stamp);
    }
  }
}
