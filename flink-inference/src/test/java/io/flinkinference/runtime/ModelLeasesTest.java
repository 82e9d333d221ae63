package io.flinkinference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelLeasesTest {

  private static final LoadOptions OPTIONS =
      new LoadOptions("cpu", 1, 1, 0, 1_000, Duration.ofMinutes(1));

  @Test
  void aModelIsLoadedOnceAndClosedWithTheLastLease() {
    ModelLeases leases = new ModelLeases();
    TestingEngine engine = TestingEngine.free();
    LoadedModel model = TestingModel.around(engine);
    ModelLease first = leases.acquire(model.model(), OPTIONS, () -> model);
    ModelLease second =
        leases.acquire(
            model.model(),
            OPTIONS,
            () -> {
              throw new AssertionError("loaded twice");
            });
    assertThat(second.model()).isSameAs(first.model());
    first.close();
    first.close();
    assertThat(engine.isClosed()).isFalse();
    second.close();
    assertThat(engine.isClosed()).isTrue();
    assertThat(leases.size()).isZero();
  }

  @Test
  void otherOptionsMakeAnotherCopy() {
    ModelLeases leases = new ModelLeases();
    LoadedModel one = TestingModel.around(TestingEngine.free());
    LoadedModel two = TestingModel.around(TestingEngine.free());
    LoadOptions shorter = new LoadOptions("cpu", 1, 1, 64, 1_000, Duration.ofMinutes(1));
    try (ModelLease a = leases.acquire(one.model(), OPTIONS, () -> one);
        ModelLease b = leases.acquire(one.model(), shorter, () -> two)) {
      assertThat(a.model()).isNotSameAs(b.model());
      assertThat(leases.size()).isEqualTo(2);
    }
    assertThat(leases.size()).isZero();
  }

  @Test
  void aModelThatDoesNotLoadLeavesNothingBehind() {
    ModelLeases leases = new ModelLeases();
    LoadedModel model = TestingModel.around(TestingEngine.free());
    assertThatThrownBy(
            () ->
                leases.acquire(
                    model.model(),
                    OPTIONS,
                    () -> {
                      throw new IllegalStateException("no file");
                    }))
        .hasMessage("no file");
    assertThat(leases.size()).isZero();
    leases.acquire(model.model(), OPTIONS, () -> model).close();
  }

  @Test
  void underContentionThereIsNeverMoreThanOneCopy() throws Exception {
    ModelLeases leases = new ModelLeases();
    List<TestingEngine> loaded = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    var model = TestingModel.around(TestingEngine.free()).model();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 200; i++) {
                  ModelLease lease =
                      leases.acquire(
                          model,
                          OPTIONS,
                          () -> {
                            synchronized (loaded) {
                              assertThat(loaded).allMatch(TestingEngine::isClosed);
                              TestingEngine engine = TestingEngine.free();
                              loaded.add(engine);
                              return TestingModel.around(engine);
                            }
                          });
                  assertThat(((TestingEngine) lease.model().engine()).isClosed()).isFalse();
                  lease.close();
                }
              });
      thread.setUncaughtExceptionHandler(
          (ended, failure) -> {
            synchronized (failures) {
              failures.add(failure);
            }
          });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(leases.size()).isZero();
  }
}
