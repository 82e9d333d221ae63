package io.flinkinference.recovery;

import io.flinkinference.result.Embedding;
import io.flinkinference.result.Scored;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The end of a job: keeps a line for each result in its state, over savepoints and failures, and
 * publishes them at the end of the input. A record that a checkpoint has nowhere is missing here,
 * and one that it has twice is here twice.
 */
final class Ledger extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<Scored<String, Embedding>, Void>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private static final Map<String, Book> BOOKS = new ConcurrentHashMap<>();

  private final String job;
  private transient ListState<String> state;
  private transient List<String> lines;

  Ledger(String job) {
    this.job = job;
  }

  /** What is told of a job, under a name that no other job has. */
  static Book book(String job) {
    return BOOKS.computeIfAbsent(job, name -> new Book());
  }

  /** The line of a result: its text, the model's precision, and a checksum of the vector's bits. */
  static String line(String text, String precision, Embedding result) {
    ByteBuffer bits = ByteBuffer.allocate(Float.BYTES * result.dimension());
    bits.asFloatBuffer().put(result.values());
    CRC32C checksum = new CRC32C();
    checksum.update(bits);
    return text + " | " + precision + " | " + checksum.getValue();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("lines", Types.STRING));
    lines = new ArrayList<>();
    for (String line : state.get()) {
      lines.add(line);
    }
  }

  @Override
  public void processElement(StreamRecord<Scored<String, Embedding>> record) {
    Scored<String, Embedding> scored = record.getValue();
    lines.add(line(ScoringJob.text(scored.input()), scored.stamp().precision(), scored.result()));
    book(job).count();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(lines);
  }

  @Override
  public void endInput() {
    book(job).publish(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), lines);
  }

  /** Thread-safe. */
  static final class Book {

    private final Map<Integer, List<String>> published = new ConcurrentHashMap<>();
    private int results;

    private synchronized void count() {
      results++;
      notifyAll();
    }

    private void publish(int subtask, List<String> lines) {
      published.put(subtask, List.copyOf(lines));
    }

    /** Waits until the job has given so many results; one that it gave twice counts twice. */
    synchronized void awaitResults(int count) throws InterruptedException {
      while (results < count) {
        wait();
      }
    }

    /** All lines of the job and of those that it was restored from. */
    List<String> lines() {
      return published.values().stream().flatMap(List::stream).toList();
    }
  }
}
