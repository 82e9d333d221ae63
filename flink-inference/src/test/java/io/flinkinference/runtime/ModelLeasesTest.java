package io.flinkinference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.ProviderOptions;
import io.flinkinference.model.Model;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.testing.TestingThreads;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.Tokenizer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModelLeasesTest {

  private static final LoadOptions OPTIONS = options(1, 0);
  private static final Model MODEL = TestingModel.around(TestingEngine.free()).model();

  private final ModelLeases leases = new ModelLeases();

  static LoadOptions options(int concurrency, int maxTokens) {
    return new LoadOptions(
        "cpu",
        concurrency,
        1,
        maxTokens,
        1_000,
        false,
        Duration.ofMinutes(1),
        ProviderOptions.DEFAULT,
        false,
        false);
  }

  @Test
  void aModelIsLoadedOnceAndClosedWithTheLastLease() throws InterruptedException {
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
  void aBrokenModelIsLoadedAnewThoughSomebodyStillHoldsIt() throws InterruptedException {
    TestingEngine hanging = TestingEngine.free();
    LoadedModel broken = TestingModel.around(hanging);
    ModelLease held = leases.acquire(MODEL, OPTIONS, () -> broken);
    broken.executor().breakDown(new EngineException("It hangs."));

    TestingEngine sound = TestingEngine.free();
    ModelLease anew = leases.acquire(MODEL, OPTIONS, () -> TestingModel.around(sound));

    assertThat(anew.model()).isNotSameAs(broken);
    held.close();
    assertThat(hanging.isClosed()).isTrue();
    assertThat(sound.isClosed()).isFalse();
    leases.acquire(MODEL, OPTIONS, () -> broken).close();
    anew.close();
    assertThat(sound.isClosed()).isTrue();
    assertThat(leases.size()).isZero();
  }

  @Test
  void otherOptionsMakeAnotherCopy() throws InterruptedException {
    LoadedModel one = TestingModel.around(TestingEngine.free());
    LoadedModel two = TestingModel.around(TestingEngine.free());
    LoadOptions shorter = options(1, 64);
    try (ModelLease a = leases.acquire(one.model(), OPTIONS, () -> one);
        ModelLease b = leases.acquire(one.model(), shorter, () -> two)) {
      assertThat(a.model()).isNotSameAs(b.model());
      assertThat(leases.size()).isEqualTo(2);
    }
    assertThat(leases.size()).isZero();
  }

  @Test
  void aModelThatDoesNotLoadLeavesNothingBehind() throws InterruptedException {
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
  void failedLoadIsToldToAllWhoWaitAndForgotten() throws Exception {
    IllegalStateException failure = new IllegalStateException("no file");
    Load first =
        new Load(
            () -> {
              throw failure;
            });
    List<Caller> waiting =
        List.of(new Caller(this::leaseThatNeedNotLoad), new Caller(this::leaseThatNeedNotLoad));
    waiting.forEach(Caller::awaitWaiting);

    first.mayEnd.countDown();

    assertThat(first.caller.failure()).isSameAs(failure);
    for (Caller caller : waiting) {
      assertThat(caller.failure())
          .isInstanceOf(EngineException.class)
          .hasMessage(
              "The model testing could not be loaded, by another subtask that did so for this one"
                  + " too: no file")
          .hasCause(failure);
    }
    assertThat(leases.size()).isZero();
    leases.acquire(MODEL, OPTIONS, () -> TestingModel.around(TestingEngine.free())).close();
  }

  @Test
  void whoWaitsForALoadThatIsCancelledLoads() throws Exception {
    Load first =
        new Load(
            () -> {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("closed by interrupt");
            });
    LoadedModel model = TestingModel.around(TestingEngine.free());
    Caller second = new Caller(() -> leases.acquire(MODEL, OPTIONS, () -> model));
    second.awaitWaiting();

    first.mayEnd.countDown();

    assertThat(first.caller.failure()).hasMessage("closed by interrupt");
    assertThat(second.lease().model()).isSameAs(model);
    second.lease().close();
    assertThat(leases.size()).isZero();
  }

  @Test
  void whoWaitsForALoadGetsTheSameModel() throws Exception {
    Load load = new Load();
    Caller second = new Caller(this::leaseThatNeedNotLoad);
    second.awaitWaiting();
    load.mayEnd.countDown();
    assertThat(second.lease().model()).isSameAs(load.caller.lease().model());
    load.caller.lease().close();
    second.lease().close();
    assertThat(leases.size()).isZero();
  }

  @Test
  void waitForALoadIsInterruptible() throws Exception {
    Load load = new Load();
    Caller cancelled = new Caller(this::leaseThatNeedNotLoad);
    cancelled.awaitWaiting();

    cancelled.thread.interrupt();

    assertThat(cancelled.failure()).isInstanceOf(InterruptedException.class);
    load.mayEnd.countDown();
    load.caller.lease().close();
    assertThat(leases.size()).as("leases of who gave up").isZero();
  }

  @Test
  void modelThatIsBeingClosedIsOpenedOnlyAfterThat() throws Exception {
    HeldEngine closing = new HeldEngine();
    ModelLease last = leases.acquire(MODEL, OPTIONS, () -> TestingModel.around(closing));
    Thread closer = TestingThreads.daemon(last::close);
    closer.start();
    closing.closing.await();
    AtomicInteger loads = new AtomicInteger();
    Callable<ModelLease> opening =
        () ->
            leases.acquire(
                MODEL,
                OPTIONS,
                () -> {
                  loads.incrementAndGet();
                  return TestingModel.around(TestingEngine.free());
                });
    Caller next = new Caller(opening);
    Caller cancelled = new Caller(opening);
    next.awaitWaiting();
    cancelled.awaitWaiting();

    cancelled.thread.interrupt();
    assertThat(cancelled.failure()).isInstanceOf(InterruptedException.class);
    assertThat(loads).as("loads during the close").hasValue(0);
    closing.mayClose.countDown();

    next.lease().close();
    assertThat(loads).hasValue(1);
    closer.join();
    assertThat(leases.size()).isZero();
  }

  @Test
  void modelsDoNotWaitForEachOther() throws Exception {
    Load load = new Load();
    LoadOptions other = options(2, 0);

    leases.acquire(MODEL, other, () -> TestingModel.around(TestingEngine.free())).close();

    assertThat(leases.size()).as("still loading").isEqualTo(1);
    load.mayEnd.countDown();
    load.caller.lease().close();
  }

  @Test
  void failedCloseFreesTheKey() throws Exception {
    IllegalStateException failure = new IllegalStateException("tokenizer");
    LoadedModel model = TestingModel.around(TestingEngine.free());
    LoadedModel faulty =
        new LoadedModel(
            MODEL,
            new Tokenizer() {
              @Override
              public Encoding encode(TextInput input) {
                return model.tokenizer().encode(input);
              }

              @Override
              public void close() {
                throw failure;
              }
            },
            model.engine(),
            model.executor(),
            model.watchdog(),
            model.probeText(),
            model.warmUp(),
            List.of());
    ModelLease lease = leases.acquire(MODEL, OPTIONS, () -> faulty);
    assertThatThrownBy(lease::close).isSameAs(failure);
    assertThat(leases.size()).isZero();
  }

  @Test
  void closedLeaseGivesNoModel() throws Exception {
    ModelLease lease =
        leases.acquire(MODEL, OPTIONS, () -> TestingModel.around(TestingEngine.free()));
    lease.close();
    assertThatThrownBy(lease::model)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The lease of the model testing is closed.");
  }

  private ModelLease leaseThatNeedNotLoad() throws InterruptedException {
    return leases.acquire(
        MODEL,
        OPTIONS,
        () -> {
          throw new AssertionError("loaded twice");
        });
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A load of the model that has begun, and ends when it may. */
  private final class Load {
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final Caller caller;

    Load() throws InterruptedException {
      this(() -> TestingModel.around(TestingEngine.free()));
    }

    Load(Supplier<LoadedModel> end) throws InterruptedException {
      CountDownLatch loading = new CountDownLatch(1);
      caller =
          new Caller(
              () ->
                  leases.acquire(
                      MODEL,
                      OPTIONS,
                      () -> {
                        loading.countDown();
                        awaitUninterruptibly(mayEnd);
                        return end.get();
                      }));
      loading.await();
    }
  }

  /** A subtask that asks for a lease, on a thread of its own. */
  private static final class Caller {
    private final FutureTask<ModelLease> call;
    private final Thread thread;

    Caller(Callable<ModelLease> acquire) {
      call = new FutureTask<>(acquire);
      thread = TestingThreads.daemon(call);
      thread.start();
    }

    void awaitWaiting() {
      assertThat(TestingThreads.await(() -> thread.getState() == Thread.State.WAITING)).isTrue();
    }

    ModelLease lease() throws Exception {
      return call.get();
    }

    Throwable failure() throws InterruptedException {
      try {
        call.get().close();
        throw new AssertionError("It got a lease.");
      } catch (ExecutionException e) {
        return e.getCause();
      }
    }
  }
}
