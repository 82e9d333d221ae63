package io.flinkinference.tools.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what it was told, and lets no work begin within another: both would draw one line. */
public final class TestingProgress implements Progress {

  private final List<Told> works = new ArrayList<>();
  private boolean underWay;

  /**
   * Work that began.
   *
   * @param steps that it should have
   * @param done that it had
   */
  private record Told(String what, long steps, AtomicLong done) {}

  @Override
  public Work begin(String what, long steps) {
    assertThat(underWay).as("work under way when there begins: %s", what).isFalse();
    underWay = true;
    Told told = new Told(what, steps, new AtomicLong());
    works.add(told);
    return new Work() {
      @Override
      public void step() {
        told.done().incrementAndGet();
      }

      @Override
      public void close() {
        underWay = false;
      }
    };
  }

  /** Names of the works that began. */
  public List<String> works() {
    return works.stream().map(Told::what).toList();
  }

  /** Checks that each work had several steps, and that all of them were told. */
  public void assertStepsDone() {
    assertThat(works)
        .isNotEmpty()
        .allSatisfy(
            work -> {
              assertThat(work.steps()).as(work.what()).isGreaterThan(1);
              assertThat(work.done()).as(work.what()).hasValue(work.steps());
            });
  }
}
