package io.flinkinference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.batch.Batcher;
import io.flinkinference.batch.Entry;
import io.flinkinference.batch.Failure;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.batch.TokenBudget;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineExecutor;
import io.flinkinference.engine.LostDeviceException;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.runtime.LoadedModel;
import io.flinkinference.testing.TakeAll;
import io.flinkinference.testing.TestingEngine;
import io.flinkinference.testing.TestingModel;
import io.flinkinference.testing.TestingThreads;
import io.flinkinference.text.Encoding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchRunnerTest {

  @Test
  void halvesABatchUntilTheRecordAtFaultStandsAlone() {
    BatchReport<Text> report = run(TestingModel.DECODER, "aa", "bb", "!!", "dd", "ee", "ff", "gg");

    assertThat(report.entries()).hasSize(7);
    for (Text text : report.entries()) {
      if (text.text.equals("!!")) {
        assertThat(text.failure.reason()).isEqualTo(DeadLetterReason.ENGINE_FAILURE);
        assertThat(text.failure.message()).contains("Cannot run");
        assertThat(text.failure.attempts()).isEqualTo(4);
        assertThat(text.failure.stackDigest()).contains("EngineException at io.flinkinference");
      } else {
        assertThat(text.result).isEqualTo(TestingModel.expected(text.text));
      }
    }
    assertThat(report.counts().halvings()).isEqualTo(3);
    // 7, its halves of 3 and 4, of the 3 one and two, of the two each alone.
    assertThat(report.counts().runs()).isEqualTo(7);
    assertThat(report.counts().realTokens()).isEqualTo(2 * (7 + 3 + 4 + 1 + 2 + 1 + 1));
    assertThat(report.fatal()).isNull();
  }

  @Test
  void aRowThatCannotBeDecodedFailsWithoutAnotherRun() {
    BatchReport<Text> report = run(TestingModel.DECODER, "aa", "~~", "cc");

    assertThat(report.counts().runs()).isEqualTo(1);
    assertThat(report.entries().get(1).failure)
        .isEqualTo(new Failure(DeadLetterReason.INVALID_OUTPUT, "not a number", 1));
    assertThat(report.entries().get(2).result).isEqualTo(TestingModel.expected("cc"));
  }

  @Test
  void whereRowsAffectEachOtherARowWithoutNumbersRunsAgainAlone() {
    // In a form that quantises over the batch, an infinite row leaves no numbers in any.
    TaskDecoder<String> spoiled =
        (batch, row, outputs) -> {
          for (int other = 0; other < batch.rows(); other++) {
            TestingModel.DECODER.decode(batch, other, outputs);
          }
          return TestingModel.DECODER.decode(batch, row, outputs);
        };
    Bench bench = new Bench(TestingModel.varying(TestingEngine.free()), spoiled);
    bench.add("aa", "~~", "cc");
    bench.runAll();
    assertThat(bench.finished()).extracting(text -> text.text).containsExactly("aa", "~~", "cc");
    assertThat(bench.finished().get(0).result).isEqualTo(TestingModel.expected("aa"));
    assertThat(bench.finished().get(1).failure.reason()).isEqualTo(DeadLetterReason.INVALID_OUTPUT);
    assertThat(bench.finished().get(2).result).isEqualTo(TestingModel.expected("cc"));
  }

  @Test
  void onlyTheTimeOfAGoodRunSaysWhatARunTakes() {
    assertThat(countsOf("aa").isOneGoodRun()).isTrue();
    assertThat(countsOf("~~").isOneGoodRun()).isTrue();
    assertThat(countsOf("#").isOneGoodRun()).isFalse();
    assertThat(countsOf("!").isOneGoodRun()).isFalse();
    assertThat(countsOf("aa", "!").isOneGoodRun()).isFalse();
  }

  private static RunCounts countsOf(String... texts) {
    Bench bench = new Bench(TestingEngine.free());
    bench.add(texts);
    bench.runNext();
    return bench.reports.get(0).counts();
  }

  @Test
  void whatNobodyWantsAnyMoreIsHandedBackButNotRun() {
    TestingEngine engine = TestingEngine.free();
    Bench bench = new Bench(engine);
    bench.add("aa", "bb");
    bench.addUnwanted("cc");
    bench.runNext();

    BatchReport<Text> report = bench.reports.get(0);
    assertThat(report.entries()).extracting(text -> text.text).containsExactly("aa", "bb", "cc");
    assertThat(report.entries()).extracting(Text::attempts).containsExactly(1, 1, 0);
    assertThat(report.counts().runs()).isEqualTo(1);
    assertThat(report.counts().rows()).isEqualTo(2);
    assertThat(engine.batches()).extracting(TokenBatch::rows).containsExactly(2);
  }

  @Test
  void aBatchThatNobodyWantsAnyMoreCostsNoRun() {
    TestingEngine engine = TestingEngine.free();
    Bench bench = new Bench(engine);
    bench.addUnwanted("aa");
    bench.runNext();

    assertThat(bench.finished()).hasSize(1);
    assertThat(bench.reports.get(0).counts().rows()).isZero();
    assertThat(engine.started()).isZero();
  }

  @Test
  void anErrorIsNoRecordsFault() {
    BatchReport<Text> report =
        run(
            (batch, row, outputs) -> {
              throw new OutOfMemoryError("no heap");
            },
            "aa",
            "bb");

    assertThat(report.fatal()).hasMessage("no heap");
    assertThat(report.entries()).allMatch(text -> text.failure == null && text.result == null);
  }

  @Test
  void anEngineThatFailsOnTheProbeTooIsBrokenAndNoRecordIsBlamed() {
    TestingEngine engine = TestingEngine.free();
    engine.breakDown();
    Bench bench = new Bench(engine);
    bench.add("aa", "bb");
    bench.runNext();
    BatchReport<Text> report = bench.reports.get(0);
    assertThat(report.fatal())
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("fails on every text");
    assertThat(report.entries()).allMatch(text -> text.failure == null);
  }

  @Test
  void aLostDeviceIsToldAtOnceWithoutAProbe() {
    TestingEngine engine = TestingEngine.free();
    engine.loseDevice();
    Bench bench = new Bench(engine);
    bench.add("a1", "a2", "a3", "a4");
    bench.runNext();
    assertThat(bench.reports.get(0).fatal()).isInstanceOf(LostDeviceException.class);
    assertThat(engine.batches()).hasSize(1);
  }

  @Test
  void theRecordsOfARunThatTookTooLongRunAgainEachAlone() {
    Bench bench = new Bench(TestingEngine.free());
    bench.add("aa", "#b", "cc");
    bench.runNext();
    assertThat(bench.reports.get(0).entries()).isEmpty();
    assertThat(bench.reports.get(0).counts().timeouts()).isEqualTo(1);
    assertThat(bench.reports.get(0).counts().retried()).isEqualTo(3);
    assertThat(bench.runner.nanosUntilWork()).isZero();

    bench.runAll();
    assertThat(bench.finished()).extracting(text -> text.text).containsExactly("aa", "#b", "cc");
    assertThat(bench.finished().get(0).result).isEqualTo(TestingModel.expected("aa"));
    assertThat(bench.finished().get(2).result).isEqualTo(TestingModel.expected("cc"));
    Failure failure = bench.finished().get(1).failure;
    assertThat(failure.reason()).isEqualTo(DeadLetterReason.ENGINE_TIMEOUT);
    assertThat(failure.attempts()).isEqualTo(2);
  }

  @Test
  void aTurnBeginsNoRunAfterItsFirstThirdAndWhatIsLeftRunsAlone() {
    // The first run lasts longer than a third of the turn, by far less than the whole.
    TestingEngine engine = TestingEngine.free().withRunLimit(Duration.ofMillis(500));
    engine.slowAbove(2, Duration.ofMillis(550));
    Bench bench = new Bench(engine);
    bench.add("aa", "!!", "cc");
    bench.runNext();

    BatchReport<Text> turn = bench.reports.get(0);
    assertThat(turn.fatal()).isNull();
    assertThat(turn.entries()).isEmpty();
    assertThat(turn.counts().runs()).isEqualTo(1);
    assertThat(turn.counts().retried()).isEqualTo(3);
    assertThat(engine.started()).as("its halves were not run").isEqualTo(1);

    bench.runAll();
    assertThat(bench.finished()).extracting(text -> text.text).containsExactly("aa", "!!", "cc");
    assertThat(bench.finished())
        .filteredOn(text -> text.failure != null)
        .extracting(text -> text.text)
        .containsExactly("!!");
  }

  @Test
  void aDeviceOnWhichEveryRunTakesTooLongIsBrokenInTheFirstTurn() {
    TestingEngine engine = TestingEngine.free();
    engine.stall();
    Bench bench = new Bench(engine);
    bench.add("aa", "bb");
    bench.runNext();
    assertThat(bench.reports.get(0).fatal()).hasMessageContaining("fails on every text");
    assertThat(bench.reports.get(0).entries()).hasSize(2);
    assertThat(engine.started()).as("the batch and the probe").isEqualTo(2);
  }

  @Test
  void aSingleRecordIsTriedTwiceBeforeItIsBlamedForATimeout() {
    Bench bench = new Bench(TestingEngine.free());
    bench.add("#");
    bench.runAll();
    assertThat(bench.finished()).hasSize(1);
    assertThat(bench.finished().get(0).failure.attempts()).isEqualTo(2);
  }

  @Test
  void aLackOfMemoryHalvesTheBudgetAndTheBatch() {
    TestingEngine engine = TestingEngine.free();
    engine.limitMemory(4);
    Bench bench = new Bench(engine);
    bench.add("aa", "bb", "cc", "dd");
    bench.runNext();
    BatchReport<Text> report = bench.reports.get(0);
    assertThat(report.entries())
        .allSatisfy(text -> assertThat(text.result).isEqualTo(TestingModel.expected(text.text)));
    assertThat(report.counts().memoryFailures()).isEqualTo(1);
    assertThat(bench.budget.tokens()).isEqualTo(500);
  }

  @Test
  void whoLacksMemoryWhileOthersHaveItIsScoredLater() {
    TestingEngine engine = TestingEngine.free();
    engine.limitMemory(1);
    Bench bench = new Bench(engine);
    bench.add("aa", "bb");
    bench.runNext();
    engine.limitMemory(100);
    bench.runAll();
    assertThat(bench.finished()).hasSize(2);
    assertThat(bench.finished())
        .allSatisfy(text -> assertThat(text.result).isEqualTo(TestingModel.expected(text.text)));
  }

  @Test
  void aRecordForWhichAloneTheMemoryIsLackingBecomesADeadLetter() {
    TestingEngine engine = TestingEngine.free();
    engine.limitMemory(4);
    Bench bench = new Bench(engine);
    bench.add("a text that is too long");
    bench.runAll();
    assertThat(bench.finished().get(0).failure.reason())
        .isEqualTo(DeadLetterReason.ENGINE_OUT_OF_MEMORY);
  }

  @Test
  void aRunThatNeverEndsIsReportedAsAnEngineThatHangs() throws Exception {
    TestingEngine engine = TestingEngine.held(1).withRunLimit(Duration.ofMillis(20));
    Bench bench = new Bench(engine);
    bench.add("aa", "bb");
    Thread stuck = TestingThreads.daemon(bench::runNext);
    stuck.start();
    BatchReport<Text> report = bench.reports.take();
    assertThat(report.fatal()).hasMessageContaining("The engine hangs on cpu");
    assertThat(report.entries()).hasSize(2);

    engine.letGo(10);
    stuck.join();
    assertThat(bench.reports).as("the batch comes back once").isEmpty();
  }

  @Test
  void allWhoShareAnEngineThatHangsAreToldAlsoThoseWhoComeLater() throws Exception {
    TestingEngine engine = TestingEngine.held(1).withRunLimit(Duration.ofMillis(20));
    Bench first = new Bench(engine);
    Bench second = new Bench(first.model, TestingModel.DECODER);
    EngineExecutor executor = first.model.executor();
    EngineExecutor.Registration turns = executor.register(first.runner);
    executor.register(second.runner);
    assertThat(first.model.isBroken()).isFalse();

    first.add("aa");
    turns.signal();

    assertThat(second.reports.take().fatal()).hasMessageContaining("The engine hangs on cpu");
    assertThat(first.model.isBroken()).isTrue();
    Bench later = new Bench(first.model, TestingModel.DECODER);
    executor.register(later.runner);
    assertThat(later.reports.take().fatal()).hasMessageContaining("The engine hangs on cpu");
    engine.letGo(10);
    first.model.close();
  }

  @Test
  void allWhoShareAnEngineThatFailsOnTheProbeAreTold() throws Exception {
    Bench first = new Bench(TestingEngine.free());
    Bench second = new Bench(first.model, TestingModel.DECODER);
    first.model.executor().register(second.runner);
    first.model.engine().close();

    first.add("aa");
    first.runNext();

    assertThat(second.reports.take().fatal()).hasMessageContaining("fails on every text");
  }

  @Test
  void aLackOfMemoryDoesNotBreakTheEngineForOthers() {
    TestingEngine engine = TestingEngine.free();
    Bench bench = new Bench(engine);
    engine.limitMemory(0);
    bench.add("aa");
    bench.runAll();
    assertThat(bench.reports).anyMatch(report -> report.fatal() != null);
    assertThat(bench.model.isBroken()).isFalse();
  }

  @Test
  void aFaultThatIsNotTheEnginesIsItsOwnAlone() {
    Bench first =
        new Bench(
            TestingEngine.free(),
            (batch, row, outputs) -> {
              throw new LinkageError("no such class");
            });
    first.add("aa");
    first.runNext();
    assertThat(first.reports.get(0).fatal()).hasMessage("no such class");
    assertThat(first.model.isBroken()).isFalse();
  }

  @Test
  void aBatchThatCannotBeWatchedGoesBackToo() {
    Bench bench = new Bench(TestingEngine.free());
    bench.model.watchdog().close();
    bench.add("aa");
    bench.runNext();
    assertThat(bench.reports).hasSize(1);
    assertThat(bench.reports.get(0).fatal()).isNotNull();
  }

  @Test
  void theWatchCountsEveryKindOfEngineFailure() {
    FailureWatch watch = new FailureWatch(3);
    watch.observe(new Failure(DeadLetterReason.ENGINE_TIMEOUT, "slow", 2));
    watch.observe(new Failure(DeadLetterReason.ENGINE_OUT_OF_MEMORY, "full", 2));
    assertThatThrownBy(() -> watch.observe(new Failure(DeadLetterReason.ENGINE_FAILURE, "no", 1)))
        .hasMessageContaining("3 records in a row");
  }

  @Test
  void theWatchCountsOnlyEngineFailuresInARow() {
    FailureWatch watch = new FailureWatch(2);
    Failure engine = new Failure(DeadLetterReason.ENGINE_FAILURE, "broken", 1);
    watch.observe(engine);
    watch.observe(null);
    watch.observe(new Failure(DeadLetterReason.INVALID_OUTPUT, "not a number", 1));
    watch.observe(null);
    watch.observe(engine);
    watch.observe(new Failure(DeadLetterReason.NULL_TEXT, "none", 0));
    assertThatThrownBy(() -> watch.observe(engine))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("2 records in a row")
        .hasMessageContaining("broken");
  }

  private static BatchReport<Text> run(TaskDecoder<String> decoder, String... texts) {
    Bench bench = new Bench(TestingEngine.free(), decoder);
    bench.add(texts);
    assertThat(bench.runner.nanosUntilWork()).isZero();
    bench.runNext();
    assertThat(bench.runner.nanosUntilWork()).isEqualTo(EngineExecutor.NO_WORK);
    bench.runNext();
    assertThat(bench.reports).hasSize(1);
    return bench.reports.remove();
  }

  /** A runner around an engine. */
  private static final class Bench {

    private final TokenBudget budget = new TokenBudget(1_000);
    private final Reports reports = new Reports();
    private final LoadedModel model;
    private final Batcher<Text> batcher;
    private final BatchRunner<Text, String> runner;

    Bench(TestingEngine engine) {
      this(engine, TestingModel.DECODER);
    }

    Bench(TestingEngine engine, TaskDecoder<String> decoder) {
      this(TestingModel.around(engine), decoder);
    }

    Bench(LoadedModel model, TaskDecoder<String> decoder) {
      batcher = new Batcher<>(new TakeAll(), budget, 0);
      this.model = model;
      runner = new BatchRunner<>(batcher, budget, model, decoder, reports::add);
    }

    void add(String... texts) {
      for (String text : texts) {
        batcher.add(new Text(text));
      }
    }

    /** A text of which nobody wants the result any more. */
    void addUnwanted(String text) {
      Text unwanted = new Text(text);
      unwanted.obsolete = true;
      batcher.add(unwanted);
    }

    void runNext() {
      Runnable batch = runner.take();
      if (batch != null) {
        batch.run();
      }
    }

    void runAll() {
      for (int turn = 0; runner.nanosUntilWork() == 0; turn++) {
        assertThat(turn).as("turns").isLessThan(100); // What runs again does so once.
        runNext();
      }
    }

    List<Text> finished() {
      return reports.stream().flatMap(report -> report.entries().stream()).toList();
    }
  }

  private static final class Reports extends LinkedBlockingQueue<BatchReport<Text>> {
    private static final long serialVersionUID = 1L;

    BatchReport<Text> get(int index) {
      return stream().skip(index).findFirst().orElseThrow();
    }
  }

  private static final class Text implements Entry<String> {
    private final String text;
    private String result;
    private Failure failure;
    private int attempts;
    private boolean obsolete;

    Text(String text) {
      this.text = text;
    }

    @Override
    public Encoding encoding() {
      return Encoding.of(text.chars().toArray());
    }

    @Override
    public boolean isObsolete() {
      return obsolete;
    }

    @Override
    public long acceptedNanos() {
      return 0;
    }

    @Override
    public void startAttempt() {
      attempts++;
    }

    @Override
    public int attempts() {
      return attempts;
    }

    @Override
    public void complete(String value) {
      result = value;
    }

    @Override
    public void fail(Failure why) {
      failure = why;
    }
  }
}
