package io.flinkinference.runtime;

import io.flinkinference.engine.Device;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How a model is loaded.
 *
 * @param device name of the device, as {@link Device#parse} reads it
 * @param concurrency engine runs that may be under way at once, or 0 for one a processor
 * @param intraOpThreads threads that work on one run, at least 1
 * @param maxTokens most tokens of a text, or 0 for the model's own limit
 * @param maxCharacters characters of a text that the tokenizer gets to see, at least 1
 * @param nativeTokenizer whether the native tokenizer is wanted also where one in Java does
 * @param runLimit how long an engine run may take before it is ended
 */
public record LoadOptions(
    String device,
    int concurrency,
    int intraOpThreads,
    int maxTokens,
    int maxCharacters,
    boolean nativeTokenizer,
    Duration runLimit)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public LoadOptions {
    Device.parse(Objects.requireNonNull(device, "device"));
    requireAtLeast(0, concurrency, "concurrency");
    requireAtLeast(1, intraOpThreads, "intraOpThreads");
    requireAtLeast(0, maxTokens, "maxTokens");
    requireAtLeast(1, maxCharacters, "maxCharacters");
    Objects.requireNonNull(runLimit, "runLimit");
  }

  /** The same, with the native tokenizer. */
  public LoadOptions withNativeTokenizer() {
    return new LoadOptions(
        device, concurrency, intraOpThreads, maxTokens, maxCharacters, true, runLimit);
  }

  /** The same on another device. */
  public LoadOptions withDevice(Device other) {
    return new LoadOptions(
        other.toString(),
        concurrency,
        intraOpThreads,
        maxTokens,
        maxCharacters,
        nativeTokenizer,
        runLimit);
  }

  private static void requireAtLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is at least " + least + ", not " + value + ".");
    }
  }
}
