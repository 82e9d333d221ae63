package io.flinkinference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.testing.TestingThreads;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {

  private static final long LONG = TimeUnit.HOURS.toNanos(1);
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(20);

  private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> acted = new LinkedBlockingQueue<>();
  private final Watchdog watchdog = new Watchdog(this::thread);

  private Thread thread(Runnable work) {
    Thread thread = TestingThreads.daemon(work);
    threads.add(thread);
    return thread;
  }

  @AfterEach
  void closes() throws InterruptedException {
    watchdog.close();
    for (Thread thread : threads) {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void actsOnWhatTakesTooLongAlsoIfItIsDueBeforeWhatIsWatchedAlready() throws Exception {
    watchdog.after(LONG, () -> acted.add("late"));
    watchdog.after(50 * SHORT, () -> acted.add("second"));
    watchdog.after(SHORT, () -> acted.add("first"));

    assertThat(List.of(acted.take(), acted.take())).containsExactly("first", "second");
    assertThat(threads).as("one for all").hasSize(1);
  }

  @Test
  void doesNotActOnWhatCameToItsEnd() throws Exception {
    Watchdog.Watch ended = watchdog.after(50 * SHORT, () -> acted.add("ended"));
    ended.end();
    ended.end();
    watchdog.after(50 * SHORT, () -> acted.add("other"));

    assertThat(acted.take()).isEqualTo("other");
  }

  @Test
  void watchesOnAfterAnActionFailed() throws Exception {
    watchdog.after(
        SHORT,
        () -> {
          throw new NoClassDefFoundError("wanted by the test");
        });
    watchdog.after(2 * SHORT, () -> acted.add("next"));

    assertThat(acted.take()).isEqualTo("next");
  }

  @Test
  void watchesOnAfterAnInterrupt() throws Exception {
    watchdog.after(LONG, () -> acted.add("late"));
    threads.element().interrupt();
    watchdog.after(SHORT, () -> acted.add("next"));

    assertThat(acted.take()).isEqualTo("next");
  }

  @Test
  void startsAThreadLaterWhereTheFirstDoesNotStart() throws Exception {
    BlockingQueue<Thread> started = new LinkedBlockingQueue<>();
    try (Watchdog hindered =
        new Watchdog(
            work -> {
              if (started.isEmpty()) {
                started.add(Thread.currentThread());
                throw new OutOfMemoryError("unable to create native thread, says the test");
              }
              return thread(work);
            })) {
      assertThatThrownBy(() -> hindered.after(SHORT, () -> acted.add("first")))
          .isInstanceOf(OutOfMemoryError.class);
      hindered.after(SHORT, () -> acted.add("second"));

      assertThat(acted.take()).isEqualTo("second");
    }
  }

  @Test
  void hasNoThreadBeforeItWatches() {
    assertThat(threads).isEmpty();
  }

  @Test
  void takesTimesWithoutEnd() throws Exception {
    watchdog.after(Long.MAX_VALUE, () -> acted.add("never"));
    watchdog.after(SHORT, () -> acted.add("next"));

    assertThat(acted.take()).isEqualTo("next");
  }

  @Test
  void watchesNothingMoreWhenClosed() {
    watchdog.after(LONG, () -> acted.add("late"));
    watchdog.close();

    assertThatThrownBy(() -> watchdog.after(LONG, () -> acted.add("later")))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(acted).isEmpty();
  }
}
