package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends one run early.
 *
 * <p>It belongs to that run alone, not to its slot: an alarm that comes late finds that its run has
 * ended, and cannot hit the next one. The native options are touched only while the run is under
 * way, so never after they were freed.
 *
 * <p><b>Thread safety:</b> all methods may be called by any thread.
 */
final class RunHandle implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(RunHandle.class);

  /** Why a run was ended early. */
  enum Reason {
    TIME_LIMIT,
    CLOSED
  }

  // Both guarded by this. Options are null once the run has ended.
  private OrtSession.RunOptions options;
  private Reason reason;

  /**
   * @param options of the run; they stay open until {@link #ended}
   */
  RunHandle(OrtSession.RunOptions options) {
    this.options = options;
  }

  /** The alarm of the watchdog. */
  @Override
  public void run() {
    endEarly(Reason.TIME_LIMIT);
  }

  /** Asks the run to end, if it is still under way. Does not wait for that. */
  synchronized void endEarly(Reason why) {
    if (options == null) {
      return;
    }
    if (reason == null) {
      try {
        options.setTerminate(true);
      } catch (OrtException e) {
        LOG.error("A run could not be told to end ({}).", why, e);
        return;
      }
    }
    // A close is final: it is what the caller has to know, also of a run that was late.
    reason = why == Reason.CLOSED || reason == null ? why : reason;
  }

  /** The run has left the runtime: from here on nothing ends it. */
  synchronized void ended() {
    options = null;
  }

  /** Why the run was ended early; null where it was not. */
  synchronized Reason reason() {
    return reason;
  }
}
