package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.testing.TestingThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CameBackTest {

  private static final int THREADS = 4;
  private static final int EACH = 50_000;

  @Test
  void oneMailIsForAllThatCameBackBeforeItIsOpened() {
    CameBack<Integer> cameBack = new CameBack<>();
    assertThat(cameBack.add(1)).isTrue();
    assertThat(cameBack.add(2)).isFalse();
    cameBack.opened();
    assertThat(cameBack.add(3)).as("it may be too late for the mail that is open").isTrue();
    assertThat(IntStream.range(0, 4).mapToObj(i -> cameBack.next())).containsExactly(1, 2, 3, null);
  }

  @Test
  void aMailThatCouldNotBeSentIsSentByTheNext() {
    CameBack<Integer> cameBack = new CameBack<>();
    assertThat(cameBack.add(1)).isTrue();
    cameBack.notSent();
    assertThat(cameBack.add(2)).isTrue();
    assertThat(IntStream.range(0, 3).mapToObj(i -> cameBack.next())).containsExactly(1, 2, null);
  }

  @Test
  void whatThreadsHandBackIsFoundByTheMailsThatTheySend() throws Exception {
    CameBack<Integer> cameBack = new CameBack<>();
    Semaphore mails = new Semaphore(0);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int first = i * EACH;
      threads.add(
          TestingThreads.daemon(
              () -> {
                for (int number = first; number < first + EACH; number++) {
                  if (cameBack.add(number)) {
                    mails.release();
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    List<Integer> found = new ArrayList<>();
    while (found.size() < THREADS * EACH) {
      assertThat(mails.tryAcquire(10, TimeUnit.SECONDS)).as("mails for all").isTrue();
      cameBack.opened();
      for (Integer one = cameBack.next(); one != null; one = cameBack.next()) {
        found.add(one);
      }
    }
    assertThat(found).doesNotHaveDuplicates();
  }
}
