package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.flinkinference.testing.TestingThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunHandleTest {

  @Test
  void lateAlarmTouchesNothing() throws OrtException {
    OrtSession.RunOptions options = new OrtSession.RunOptions();
    RunHandle handle = new RunHandle(options);
    handle.ended();
    options.close();

    handle.run();
    handle.endEarly(RunHandle.Reason.CLOSED);

    assertThat(handle.reason()).isNull();
  }

  @Test
  void reasonOutlivesTheRun() throws OrtException {
    try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      RunHandle handle = new RunHandle(options);
      handle.run();
      handle.ended();
      assertThat(handle.reason()).isEqualTo(RunHandle.Reason.TIME_LIMIT);
    }
  }

  @Test
  void closeIsFinal() throws OrtException {
    try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      RunHandle handle = new RunHandle(options);
      handle.run();
      handle.endEarly(RunHandle.Reason.CLOSED);
      assertThat(handle.reason()).isEqualTo(RunHandle.Reason.CLOSED);
      handle.run();
      assertThat(handle.reason()).isEqualTo(RunHandle.Reason.CLOSED);
    }
  }

  /** To touch options that are freed throws, or ends the JVM. */
  @Test
  void alarmThatMeetsTheEndOfItsRunDoesNoHarm() throws Exception {
    ExecutorService watchdog = Executors.newSingleThreadExecutor(TestingThreads::daemon);
    for (int i = 0; i < 5_000; i++) {
      OrtSession.RunOptions options = new OrtSession.RunOptions();
      RunHandle handle = new RunHandle(options);
      CountDownLatch start = new CountDownLatch(1);
      Future<?> alarm =
          watchdog.submit(
              () -> {
                start.countDown();
                handle.run();
              });
      start.await();
      handle.ended();
      options.close();
      alarm.get();
    }
    watchdog.shutdown();
  }
}
