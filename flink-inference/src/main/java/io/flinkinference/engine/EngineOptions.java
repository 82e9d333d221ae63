package io.flinkinference.engine;

import io.flinkinference.batch.ShapeRounding;
import java.time.Duration;
import java.util.Objects;

/**
 * How an engine is opened.
 *
 * @param device where it is to run
 * @param concurrency runs that may be under way at once, or 0 for as many as suit the device
 * @param intraOpThreads threads that work on one run, at least 1
 * @param vocabularySize token ids must lie in 0 until this
 * @param padTokenId id that fills short rows
 * @param probeTokenId id of the single token on which a device is tried; the last of a text, for
 *     some graphs fail on a row without it
 * @param runLimit how long a run may take before it is ended
 * @param padsLeft whether padding comes before the tokens of a short row
 * @param firstPosition position of the first token of a row, for graphs that take positions
 * @param provider how the device's execution provider is set up
 * @param rounding how batches are to be rounded
 */
public record EngineOptions(
    Device device,
    int concurrency,
    int intraOpThreads,
    int vocabularySize,
    int padTokenId,
    int probeTokenId,
    Duration runLimit,
    boolean padsLeft,
    int firstPosition,
    ProviderOptions provider,
    ShapeRounding rounding) {

  /** One computes while the other's inputs and outputs are on their way. */
  private static final int RUNS_ON_A_DEVICE = 2;

  /** With the defaults of the device's execution provider, and tried on padding. */
  public EngineOptions(
      Device device,
      int concurrency,
      int intraOpThreads,
      int vocabularySize,
      int padTokenId,
      Duration runLimit,
      boolean padsLeft,
      int firstPosition) {
    this(
        device,
        concurrency,
        intraOpThreads,
        vocabularySize,
        padTokenId,
        padTokenId,
        runLimit,
        padsLeft,
        firstPosition,
        ProviderOptions.DEFAULT,
        ShapeRounding.EXACT);
  }

  /** Padding comes after the tokens, positions count from 0. */
  public EngineOptions(
      Device device,
      int concurrency,
      int intraOpThreads,
      int vocabularySize,
      int padTokenId,
      Duration runLimit) {
    this(device, concurrency, intraOpThreads, vocabularySize, padTokenId, runLimit, false, 0);
  }

  public EngineOptions {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(rounding, "rounding");
    if (concurrency < 0) {
      throw new IllegalArgumentException("concurrency is at least 0, not " + concurrency + ".");
    }
    requirePositive(intraOpThreads, "intraOpThreads");
    requirePositive(vocabularySize, "vocabularySize");
    Objects.requireNonNull(runLimit, "runLimit");
    if (runLimit.isNegative() || runLimit.isZero()) {
      throw new IllegalArgumentException("runLimit is longer than nothing, not " + runLimit + ".");
    }
    if (firstPosition < 0) {
      throw new IllegalArgumentException("firstPosition is at least 0, not " + firstPosition + ".");
    }
    if (padTokenId < 0 || padTokenId >= vocabularySize) {
      throw new IllegalArgumentException(
          "padTokenId " + padTokenId + " lies outside the vocabulary of " + vocabularySize + ".");
    }
  }

  /**
   * Runs that may be under way at once: where that is not said, one a processor on the CPU, and two
   * on another device. Processors may come and go.
   */
  public int runsAtOnce() {
    if (concurrency > 0) {
      return concurrency;
    }
    return device.kind().equals(Device.CPU.kind())
        ? Runtime.getRuntime().availableProcessors()
        : RUNS_ON_A_DEVICE;
  }

  /** The same on the CPU. */
  public EngineOptions onCpu() {
    return new EngineOptions(
        Device.CPU,
        concurrency,
        intraOpThreads,
        vocabularySize,
        padTokenId,
        probeTokenId,
        runLimit,
        padsLeft,
        firstPosition,
        ProviderOptions.DEFAULT,
        ShapeRounding.EXACT);
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is at least 1, not " + value + ".");
    }
  }
}
