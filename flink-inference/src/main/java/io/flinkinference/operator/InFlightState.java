package io.flinkinference.operator;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamElement;
import org.apache.flink.streaming.runtime.streamrecord.StreamElementSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What a checkpoint holds of the operator: the inputs of all records in flight, in the order of
 * arrival, and the version of this form. Owned by the mailbox thread.
 *
 * <p>Version 1 has the records alone; version 2 says its version too. A form that adds a state, or
 * gives one another meaning, takes the next number, so that an older program refuses what it would
 * misread.
 *
 * <p>After a change of parallelism each subtask has its share of the records, and all of them have
 * the version. It is a broadcast state and not a union list, for with one of those Flink takes no
 * checkpoint any more once one of several subtasks has come to the end of its input.
 *
 * @param <IN> type of the records
 */
final class InFlightState<IN> {

  /** The version that is written. */
  static final int VERSION = 2;

  static final MapStateDescriptor<String, Integer> FORM =
      new MapStateDescriptor<>("in-flight-form", StringSerializer.INSTANCE, IntSerializer.INSTANCE);

  static final String FORM_VERSION = "version";

  private static final String RECORDS = "in-flight-records";

  private final ListState<StreamElement> records;

  private InFlightState(ListState<StreamElement> records) {
    this.records = records;
  }

  /**
   * Opens the state, which holds what is restored.
   *
   * @throws IllegalStateException if a newer program wrote it
   */
  static <IN> InFlightState<IN> open(
      OperatorStateStore store, StreamElementSerializer<IN> serializer) throws Exception {
    // Flink has read all states by now: a form whose records this program's classes could not read
    // needs another name for its state, or nobody comes so far.
    BroadcastState<String, Integer> form = store.getBroadcastState(FORM);
    Integer version = form.get(FORM_VERSION); // None where nothing is restored, or version 1.
    if (version != null && version > VERSION) {
      throw new IllegalStateException(
          "The checkpoint holds the operator's records in version "
              + version
              + ", and this program reads versions up to "
              + VERSION
              + ". Run the job with the version of flink-inference that wrote the checkpoint or a"
              + " later one, or restore a checkpoint that this one wrote.");
    }
    form.put(FORM_VERSION, VERSION);
    return new InFlightState<>(store.getListState(new ListStateDescriptor<>(RECORDS, serializer)));
  }

  /** Takes out the records that were in flight, oldest first. */
  List<StreamRecord<IN>> takeRestored() throws Exception {
    List<StreamRecord<IN>> restored = new ArrayList<>();
    for (StreamElement element : records.get()) {
      restored.add(element.asRecord());
    }
    records.clear();
    return restored;
  }

  /** Puts what is in flight into the checkpoint that is being taken. */
  void save(InFlightBuffer buffer) throws Exception {
    List<StreamElement> inputs = new ArrayList<>(buffer.size());
    for (InFlight element : buffer) {
      if (element instanceof InFlightRecord<?, ?> record) {
        inputs.add(record.input());
      }
    }
    records.update(inputs);
  }
}
