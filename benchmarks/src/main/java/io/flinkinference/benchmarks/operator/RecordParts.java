package io.flinkinference.benchmarks.operator;

import io.flinkinference.batch.Batcher;
import io.flinkinference.batch.Entry;
import io.flinkinference.batch.Failure;
import io.flinkinference.batch.RunCost;
import io.flinkinference.batch.TokenBudget;
import io.flinkinference.batch.TokenBudgetPolicy;
import io.flinkinference.benchmarks.bare.Models;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.workload.EuroparlTexts;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.operator.types.ResultTypes;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.result.Scored;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tokenize.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The parts of a record's way that cost processor time, each alone, for JMH. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RecordParts {

  private static final int TEXTS = 1_024;
  private static final int MAX_CHARACTERS = 100_000;
  private static final int TOKEN_BUDGET = 256;
  private static final int LARGE_BUDGET = 8_192;
  private static final int VECTOR = 384;

  /** Name of a bundled model, or a model directory. */
  @Param("all-minilm-l6-v2")
  public String model;

  private List<String> texts;
  private int next;
  private Tokenizer chosen;
  private Tokenizer nativeOne;
  private Batcher<Waiting> batcher;
  private Batcher<Waiting> large;
  private TypeSerializer<Scored<String, Embedding>> serializer;
  private Scored<String, Embedding> scored;
  private final DataOutputSerializer out = new DataOutputSerializer(4_096);

  /** Opens both tokenizers, and lets a full buffer of texts wait. */
  @Setup
  public void open() throws IOException {
    Model opened = ModelRepositories.standard().resolve(model);
    Tokenized tokenized = Tokenized.of(EuroparlTexts.read().mixed(TEXTS), opened);
    texts = tokenized.workload().texts();
    chosen = Models.tokenizer(opened);
    nativeOne =
        DjlTokenizer.open(opened.tokenizerFile(), opened.config().maxTokens(), MAX_CHARACTERS);
    batcher = full(TOKEN_BUDGET, tokenized);
    large = full(LARGE_BUDGET, tokenized);
    serializer =
        ResultTypes.scored(Types.STRING, ResultTypes.EMBEDDING)
            .createSerializer(new SerializerConfigImpl());
    scored =
        new Scored<>(
            texts.get(0),
            new Embedding(new float[VECTOR]),
            new ModelStamp("model", "0".repeat(64), "fp32", "cpu", true));
  }

  private static Batcher<Waiting> full(int budget, Tokenized texts) {
    Batcher<Waiting> batcher =
        new Batcher<>(new TokenBudgetPolicy(RunCost.TYPICAL), new TokenBudget(budget), 0);
    texts.encodings().forEach(encoding -> batcher.add(new Waiting(encoding)));
    return batcher;
  }

  /** Closes the tokenizers. */
  @TearDown
  public void close() {
    chosen.close();
    nativeOne.close();
  }

  /** Encodes a text as the operator does. */
  @Benchmark
  public Encoding encode() {
    return chosen.encode(nextText());
  }

  /** Encodes a text with the native library. */
  @Benchmark
  public Encoding encodeNatively() {
    return nativeOne.encode(nextText());
  }

  /** Chooses a batch from all that waits and takes it out; then the same texts wait again. */
  @Benchmark
  public int formBatch() {
    return takeAndAdd(batcher);
  }

  /** The same with the budget of a device with large batches. */
  @Benchmark
  public int formLargeBatch() {
    return takeAndAdd(large);
  }

  private static int takeAndAdd(Batcher<Waiting> from) {
    List<Waiting> batch = from.take();
    batch.forEach(from::add);
    return batch.size();
  }

  /** Writes a result with its vector and reads it back, as between tasks. */
  @Benchmark
  public Scored<String, Embedding> passOn() throws IOException {
    out.clear();
    serializer.serialize(scored, out);
    return serializer.deserialize(
        new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
  }

  private TextInput nextText() {
    next = next + 1 < texts.size() ? next + 1 : 0;
    return TextInput.of(texts.get(next));
  }

  /** A text that waits. */
  private record Waiting(Encoding encoding) implements Entry<Embedding> {

    @Override
    public long acceptedNanos() {
      return 0;
    }

    @Override
    public void startAttempt() {}

    @Override
    public int attempts() {
      return 0;
    }

    @Override
    public void complete(Embedding result) {}

    @Override
    public void fail(Failure failure) {}
  }
}
