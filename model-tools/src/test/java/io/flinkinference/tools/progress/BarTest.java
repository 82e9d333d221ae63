package io.flinkinference.tools.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BarTest {

  private static final long LIMIT_SECONDS = 60;

  private final Screen screen = new Screen();
  private final AtomicLong clock = new AtomicLong();

  @Test
  void longStepIsSeenWhileItIsUnderWay() throws InterruptedException {
    try (Bar bar = bar(screen, clock, 1, true)) {
      clock.set(TimeUnit.HOURS.toNanos(3));
      screen.await();
      assertThat(screen.text()).contains("working", "0%", "0/1 (3:00:0", " / ?)");
      bar.step();
    }
    assertThat(screen.text()).contains("100%", "1/1 (3:00:0", " / 0:00:00)");
  }

  @Test
  void timeLeftIsToldByTheStepsSoFar() throws InterruptedException {
    try (Bar bar = bar(screen, clock, 4, true)) {
      clock.set(TimeUnit.HOURS.toNanos(1));
      bar.step();
      screen.await();
      assertThat(screen.text()).contains("25%", "1/4 (1:00:0", " / 3:00:00)");
      clock.set(TimeUnit.MINUTES.toNanos(90));
    }
    assertThat(screen.text()).contains(" / 2:30:00)");
  }

  @Test
  void timeLeftIsUnknownWhereAStepTakesLongerThanOthers() throws InterruptedException {
    try (Bar bar = bar(screen, clock, 2, true)) {
      clock.set(TimeUnit.HOURS.toNanos(1));
      bar.step();
      screen.await();
      clock.set(TimeUnit.HOURS.toNanos(5));
    }
    assertThat(screen.text()).contains("1/2 (1:00:0", " / ?)");
  }

  @Test
  void nothingIsSeenOfShortWorkAndWhereThereIsNoTerminal() throws InterruptedException {
    AtomicLong hours = new AtomicLong();
    Screen other = new Screen();
    Screen file = new Screen();
    // The last is seen last, for one thread looks after all.
    try (Bar brief = bar(other, clock, 2, true);
        Bar unseen = bar(file, hours, 2, false);
        Bar seen = bar(screen, hours, 2, true)) {
      clock.set(TimeUnit.MILLISECONDS.toNanos(1_999));
      hours.set(TimeUnit.HOURS.toNanos(3));
      brief.step();
      unseen.step();
      seen.step();
      screen.await();
    }
    assertThat(other.text()).isEmpty();
    assertThat(file.text()).isEmpty();
  }

  @Test
  void nothingIsSeenOfWorkThatWasOverInTime() throws InterruptedException {
    Screen other = new Screen();
    try (Bar seen = bar(screen, clock, 2, true)) {
      bar(other, clock, 2, true).close();
      clock.set(TimeUnit.HOURS.toNanos(3));
      seen.step();
      screen.await();
    }
    assertThat(other.text()).isEmpty();
  }

  private static Bar bar(Screen screen, AtomicLong clock, long steps, boolean isTerminal) {
    return Bar.of("working", steps, clock::get, isTerminal, new PrintStream(screen));
  }

  private static final class Screen extends ByteArrayOutputStream {

    private final CountDownLatch written = new CountDownLatch(1);

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
      super.write(bytes, from, count);
      written.countDown();
    }

    void await() throws InterruptedException {
      assertThat(written.await(LIMIT_SECONDS, TimeUnit.SECONDS)).as("it is seen").isTrue();
    }

    String text() {
      return toString(StandardCharsets.UTF_8);
    }
  }
}
