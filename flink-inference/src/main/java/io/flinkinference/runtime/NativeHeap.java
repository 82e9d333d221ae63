package io.flinkinference.runtime;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory that native code has freed back to the operating system.
 *
 * <p>The C library of Linux keeps what a thread has freed for that thread's arena. Each restart of
 * a job loads its model in new threads, often with other arenas, so each time another 40 to 80 MB
 * would stay resident, for up to eight arenas a processor.
 *
 * <p>The JVM has a command for it, but not on other systems and not in all older versions; nothing
 * is done there.
 *
 * <p><b>Thread safety:</b> may be called by any thread.
 */
final class NativeHeap {

  private static final Logger LOG = LoggerFactory.getLogger(NativeHeap.class);

  /** What {@code jcmd} calls {@code System.trim_native_heap}. */
  private static final String COMMAND = "systemTrimNativeHeap";

  private NativeHeap() {}

  /** Takes some milliseconds. Never fails. */
  static void trim() {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
      LOG.debug("{}", server.invoke(commands, COMMAND, new Object[0], new String[0]));
    } catch (MalformedObjectNameException e) {
      throw new AssertionError(e);
    } catch (JMException | RuntimeException e) {
      LOG.debug("The JVM has no command to give native memory back: {}", e.toString());
    }
  }
}
