package io.flinkinference.operator;

import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.Watchdog;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Fails a subtask whose model is not open in time.
 *
 * <p>Opening is done by the task's own thread, and a device that hangs does not let that go. So the
 * task is failed from outside. Flink then cancels it, and where it does not come to its end within
 * {@code task.cancellation.timeout}, ends the process: the one cure for such a device.
 */
final class OpenLimit {

  private final Watchdog watchdog = new Watchdog(OpenLimit::thread);

  /**
   * @param limit from now to {@link #end}
   * @param fail called by another thread where that takes longer
   */
  OpenLimit(Duration limit, Consumer<EngineException> fail) {
    watchdog.after(limit.toNanos(), () -> fail.accept(tooLate(limit)));
  }

  private static EngineException tooLate(Duration limit) {
    return new EngineException(
        "The model is not open after "
            + limit.toMillis()
            + " ms: a device that hangs, files that come slowly, an engine that is built for longer,"
            + " or many reference texts. In all cases but the first raise"
            + " inference.engine.open-limit.");
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "inference-open-limit");
    thread.setDaemon(true);
    thread.setContextClassLoader(OpenLimit.class.getClassLoader());
    return thread;
  }

  /** The model is open, or will not be. */
  void end() {
    watchdog.close();
  }
}
