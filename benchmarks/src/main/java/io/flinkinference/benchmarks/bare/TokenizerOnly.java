package io.flinkinference.benchmarks.bare;

import io.flinkinference.benchmarks.measure.Contender;
import io.flinkinference.benchmarks.measure.Sample;
import io.flinkinference.model.Model;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Tokenizer;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Encodes the texts on all cores, and does nothing with the token ids.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class TokenizerOnly implements Contender, AutoCloseable {

  /** Texts that a thread takes at once. */
  private static final int CHUNK = 64;

  private final Tokenizer tokenizer;
  private final List<String> texts;
  private final long tokens;
  private final Callers callers = new Callers(Runtime.getRuntime().availableProcessors());

  public TokenizerOnly(Model model, Tokenized texts) {
    this.tokenizer = Models.tokenizer(model);
    this.texts = texts.workload().texts();
    this.tokens = texts.tokens();
  }

  @Override
  public String name() {
    return "tokenizer only";
  }

  @Override
  public Sample run() throws InterruptedException, ExecutionException {
    return callers.run((texts.size() + CHUNK - 1) / CHUNK, this::encodeChunk, texts.size(), tokens);
  }

  private void encodeChunk(int chunk) {
    int end = Math.min(texts.size(), (chunk + 1) * CHUNK);
    for (int i = chunk * CHUNK; i < end; i++) {
      if (tokenizer.encode(TextInput.of(texts.get(i))).length() == 0) {
        throw new IllegalStateException("Text " + i + " has no tokens.");
      }
    }
  }

  @Override
  public void close() {
    callers.close();
    tokenizer.close();
  }
}
