package io.flinkinference.reliability.rig;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory mappings of this process. Linux only. */
public final class Mappings {

  /** Address, permissions, offset, device, inode, and perhaps a path. */
  private static final Pattern HEAD =
      Pattern.compile("[0-9a-f]+-[0-9a-f]+ (\\S+) \\S+ (\\S+ \\d+)(?:\\s+(\\S.*)?)?");

  private static final double LEAST_SHARE_OF_HEAP = 0.9;

  private Mappings() {}

  /**
   * The mapped copies of a native library: one entry for each file, also for files that were
   * deleted since.
   *
   * @param name part of the file's path
   */
  public static Set<String> copiesOf(String name) {
    Set<String> files = new TreeSet<>();
    for (String line : ProcessMemory.lines("maps")) {
      Matcher head = HEAD.matcher(line);
      if (head.matches() && head.group(3) != null && head.group(3).contains(name)) {
        files.add(head.group(2) + " " + head.group(3));
      }
    }
    return files;
  }

  /**
   * Resident kB of the Java heap: the anonymous mapping that is as large as the heap. 0 where the
   * heap is not committed from the start ({@code -Xms} below {@code -Xmx}).
   */
  static long heapResident() {
    long heap = (long) (LEAST_SHARE_OF_HEAP * Runtime.getRuntime().maxMemory() / 1024);
    List<String> lines = ProcessMemory.lines("smaps");
    boolean anonymous = false;
    boolean isHeap = false;
    for (String line : lines) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        anonymous = head.group(1).startsWith("rw") && head.group(3) == null;
        isHeap = false;
      } else if (line.startsWith("Size:")) {
        isHeap = anonymous && ProcessMemory.kilobytes(line) >= heap;
      } else if (isHeap && line.startsWith("Rss:")) {
        return ProcessMemory.kilobytes(line);
      }
    }
    return 0;
  }
}
