package io.flinkinference.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most memory outside the heap that this process held at once, looked at a few times a second:
 * what is resident less what is committed of the heap. The models are there.
 *
 * <p><b>Thread safety:</b> a thread of its own looks; all methods may be called by any thread.
 */
public final class ResidentMemory implements AutoCloseable {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final long PERIOD_MILLIS = 100;

  private volatile long mostBytes;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "resident-memory");
            thread.setDaemon(true);
            return thread;
          });

  /** Begins to look. */
  public ResidentMemory() {
    var unused =
        clock.scheduleAtFixedRate(
            () -> mostBytes = Math.max(mostBytes, nativeBytes()),
            0,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** The most until now, in MiB; 0 on systems that do not tell. */
  public double mostMebibytes() {
    return mostBytes / (double) (1 << 20);
  }

  private static long nativeBytes() {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try {
      Matcher resident = RESIDENT.matcher(Files.readString(STATUS));
      return resident.find()
          ? Math.max(
              0, Long.parseLong(resident.group(1)) * 1_024 - Runtime.getRuntime().totalMemory())
          : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
