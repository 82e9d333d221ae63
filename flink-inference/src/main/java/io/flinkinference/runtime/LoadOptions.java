package io.flinkinference.runtime;

import io.flinkinference.engine.Device;
import io.flinkinference.engine.ProviderOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How a model is loaded.
 *
 * @param device name of the device, as {@link Device#parse} reads it
 * @param concurrency engine runs that may be under way at once, or 0 for as many as suit the device
 * @param intraOpThreads threads that work on one run, at least 1
 * @param maxTokens most tokens of a text, or 0 for the model's own limit
 * @param maxCharacters characters of a text that the tokenizer gets to see, at least 1
 * @param nativeTokenizer whether the native tokenizer is wanted also where one in Java does
 * @param runLimit how long an engine run may take before it is ended
 * @param provider how the device's execution provider is set up
 * @param roundsShapes whether batches are rounded to few shapes
 * @param fuses whether a faster graph is made of the model's; on the CPU only
 */
public record LoadOptions(
    String device,
    int concurrency,
    int intraOpThreads,
    int maxTokens,
    int maxCharacters,
    boolean nativeTokenizer,
    Duration runLimit,
    ProviderOptions provider,
    boolean roundsShapes,
    boolean fuses)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public LoadOptions {
    Device.parse(Objects.requireNonNull(device, "device"));
    requireAtLeast(0, concurrency, "inference.engine.concurrency");
    requireAtLeast(1, intraOpThreads, "inference.engine.intra-op-threads");
    requireAtLeast(0, maxTokens, "inference.text.max-tokens");
    requireAtLeast(1, maxCharacters, "inference.text.max-characters");
    Objects.requireNonNull(runLimit, "runLimit");
    Objects.requireNonNull(provider, "provider");
    if (fuses && !Device.parse(device).kind().equals(Device.CPU.kind())) {
      throw new IllegalArgumentException(
          "inference.model.fuse is true, and the device is "
              + device
              + ". Graphs are fused at the start for the CPU only: set inference.device to cpu,"
              + " leave the option out, or make the model with the command optimize.");
    }
  }

  /** The same, with the native tokenizer. */
  public LoadOptions withNativeTokenizer() {
    return new LoadOptions(
        device,
        concurrency,
        intraOpThreads,
        maxTokens,
        maxCharacters,
        true,
        runLimit,
        provider,
        roundsShapes,
        fuses);
  }

  /** The same on another device; settings of a provider go with its kind. */
  public LoadOptions withDevice(Device other) {
    boolean sameKind = other.kind().equals(Device.parse(device).kind());
    return new LoadOptions(
        other.toString(),
        concurrency,
        intraOpThreads,
        maxTokens,
        maxCharacters,
        nativeTokenizer,
        runLimit,
        sameKind ? provider : provider.withoutSettings(),
        sameKind && roundsShapes,
        fuses);
  }

  private static void requireAtLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is at least " + least + ", not " + value + ".");
    }
  }
}
