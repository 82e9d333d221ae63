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
 * <p>Padding and truncation that the file asks for are overruled: nothing is padded, and a text is
 * cut as {@link WholeText} does it, at the limit given to {@link #open}.
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
  private final Kept kept;

  /** Encoding reads, closing writes: a native handle must not be used once it is freed. */
  private final StampedLock lifetime = new StampedLock();

  // Written before the lock is asked for: readers that come meanwhile pass who waits to write, and
  // as long as they overlapped, close would wait.
  private volatile boolean closed;

  /** Read when it is first asked for: few tasks do. */
  private volatile Subwords subwords;

  private DjlTokenizer(
      Path file, HuggingFaceTokenizer tokenizer, int maxTokens, int maxCharacters, Kept kept) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.handle = tokenizer.getHandle();
    this.maxTokens = maxTokens;
    this.maxCharacters = maxCharacters;
    this.kept = kept;
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
    return open(tokenizerJson, maxTokens, maxCharacters, Kept.START);
  }

  /** As {@link #open(Path, int, int)}, with a choice of what is kept of a long text. */
  public static DjlTokenizer open(Path tokenizerJson, int maxTokens, int maxCharacters, Kept kept) {
    requirePositive(maxTokens, "maxTokens");
    requirePositive(maxCharacters, "maxCharacters");
    // WholeText cuts; the library knows fewer ways, and cuts all that it leaves out into encodings.
    Map<String, String> options =
        Map.of("addSpecialTokens", "true", "padding", "false", "truncation", "false");
    if (!Files.isRegularFile(tokenizerJson)) {
      throw new ModelException("There is no file " + tokenizerJson + ".");
    }
    return new DjlTokenizer(
        tokenizerJson,
        NativeTokenizers.with(() -> load(tokenizerJson, options)),
        maxTokens,
        maxCharacters,
        kept);
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
    return encodeWhole(input, kept, false).keep(kept);
  }

  @Override
  public Encoding encodeWithSpans(TextInput input) {
    return encodeWhole(input, kept, true).keep(kept);
  }

  @Override
  public int maxCharacters() {
    return maxCharacters;
  }

  @Override
  public WholeText encodeWhole(TextInput input, Kept ofCharacters, boolean spans) {
    if (spans && input.pair() != null) {
      throw new IllegalArgumentException("Spans are those of a single text, not of a pair.");
    }
    Excerpt text = Excerpt.of(input.text(), maxCharacters, ofCharacters);
    Excerpt pair =
        input.pair() == null ? null : Excerpt.of(input.pair(), maxCharacters, ofCharacters);
    boolean cut = text.cut() || (pair != null && pair.cut());
    long stamp = lifetime.readLock();
    try {
      if (closed) {
        throw new IllegalStateException(
            "The tokenizer " + file + " is closed and cannot encode any more.");
      }
      // Replacing changes the index of no character.
      long encoding =
          encodeNatively(
              TextCleaner.replaceLoneSurrogates(text.text()),
              pair == null ? null : TextCleaner.replaceLoneSurrogates(pair.text()));
      try {
        return read(encoding, pair != null, cut, spans ? spans(encoding, input, text) : null);
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

  private WholeText read(long encoding, boolean pair, boolean cut, TokenSpans spans) {
    long[] ids = NATIVE.getTokenIds(encoding);
    if (ids.length == 0) {
      throw new TokenizationException(
          "The tokenizer " + file + " makes no token of this text and adds no special tokens.");
    }
    return WholeText.of(
        toInts(ids),
        nullIfZero(NATIVE.getTypeIds(encoding)),
        spans,
        maxTokens,
        cut,
        ids.length <= maxTokens ? new int[0] : texts(encoding, pair));
  }

  /** Where the texts are among the special tokens. */
  private static int[] texts(long encoding, boolean pair) {
    long[] sequences = NATIVE.getSequenceIds(encoding);
    long[] special = NATIVE.getSpecialTokenMask(encoding);
    int[] texts = new int[pair ? 4 : 2];
    for (int i = 0; i < special.length; i++) {
      if (special[i] == 0) {
        int text = pair && sequences[i] == 1 ? 2 : 0;
        texts[text] = texts[text + 1] == 0 ? i : texts[text];
        texts[text + 1] = i + 1;
      }
    }
    if (pair && texts[3] == 0) {
      texts[2] = texts[1]; // Empty, and in its place.
      texts[3] = texts[1];
    }
    return texts;
  }

  /** The library counts code points, Java UTF-16 units. */
  private TokenSpans spans(long encoding, TextInput input, Excerpt excerpt) {
    String text = input.text();
    CharSpan[] found = NATIVE.getTokenCharSpans(encoding);
    String[] tokens = NATIVE.getTokens(encoding);
    long[] ids = NATIVE.getTokenIds(encoding);
    int[] starts = new int[found.length];
    int[] ends = new int[found.length];
    boolean[] continuing = new boolean[found.length];
    CodePoints codePoints = new CodePoints(excerpt.text());
    for (int i = 0; i < found.length; i++) {
      if (found[i] == null) {
        starts[i] = TokenSpans.NONE;
        ends[i] = TokenSpans.NONE;
      } else {
        starts[i] = excerpt.index(codePoints.index(found[i].getStart()));
        ends[i] = excerpt.index(codePoints.index(found[i].getEnd()));
        continuing[i] = subwords().continues((int) ids[i], tokens[i], text, starts[i], ends[i]);
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

  private static int[] toInts(long[] values) {
    int[] ints = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      ints[i] = (int) values[i];
    }
    return ints;
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
    closed = true;
    long stamp = lifetime.writeLock();
    try {
      tokenizer.close();
    } finally {
      lifetime.unlockWrite(stamp);
    }
  }
}
