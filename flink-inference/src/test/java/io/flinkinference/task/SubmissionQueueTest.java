package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.RunCost;
import io.flinkinference.batch.ShapeRounding;
import io.flinkinference.batch.TokenBudget;
import io.flinkinference.engine.EngineException;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.testing.TestingPartDecoder;
import io.flinkinference.testing.TestingPartsTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each text is three inputs of the model, which a decoder with a fault cannot merge. */
@Timeout(60)
class SubmissionQueueTest {

  @Test
  void anExceptionOfTheDecoderFailsTheText() throws Exception {
    Text text = score(() -> List.of().get(0)).get(10, TimeUnit.SECONDS);
    assertThat(text.failure().reason()).isEqualTo(DeadLetterReason.INVALID_OUTPUT);
    assertThat(text.failure().stackDigest()).contains("IndexOutOfBoundsException");
  }

  @Test
  void anErrorOfTheDecoderIsToldToTheTaker() {
    CompletableFuture<Text> back =
        score(
            () -> {
              throw new NoClassDefFoundError("some/Missing");
            });
    assertThat(back)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(EngineException.class)
        .withMessageContaining("some/Missing");
  }

  private static CompletableFuture<Text> score(Runnable fault) {
    CompletableFuture<Text> back = new CompletableFuture<>();
    TestingPartDecoder decoder =
        new TestingPartDecoder() {
          @Override
          public String finish(List<String> inputs) {
            fault.run();
            return "";
          }
        };
    BatchSizing sizing =
        new BatchSizing(
            new TokenBudget(64), RunCost.TYPICAL, ShapeRounding.EXACT, Optional.empty(), 0);
    BatchOptions batching =
        new BatchOptions(BatchOptions.Mode.FIXED, 64, Duration.ZERO, Duration.ZERO, false);
    try (LoadedModel model = TestingModel.around(TestingEngine.free());
        SubmissionQueue<Text, String> queue =
            new SubmissionQueue<>(model, decoder, batching, sizing, 100, new Taker(back))) {
      Text text = new Text();
      TextReader<String> reader =
          new TextReader<>(
              t -> t, null, TestingPartsTask.THREE_INPUTS, model, TextPolicy.DEFAULT, false);
      text.read("text", reader, decoder);
      queue.add(text);
      back.exceptionally(e -> null).completeOnTimeout(null, 10, TimeUnit.SECONDS).join();
    }
    return back;
  }

  private record Taker(CompletableFuture<Text> back) implements SubmissionQueue.Taker<Text> {

    @Override
    public void done(BatchReport<Text> report) {
      report.entries().forEach(back::complete);
    }

    @Override
    public void broken(EngineException why) {
      back.completeExceptionally(why);
    }
  }

  private static final class Text extends Submission<Text, String> {
    @Override
    protected Text self() {
      return this;
    }
  }
}
