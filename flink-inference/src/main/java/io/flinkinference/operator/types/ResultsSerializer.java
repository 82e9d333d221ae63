package io.flinkinference.operator.types;

import io.flinkinference.result.Results;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Each result after its name, in the order of the tasks. */
final class ResultsSerializer extends WrapperSerializer<Results> {

  private static final long serialVersionUID = 1L;

  private final List<TypeSerializer<?>> results;

  /**
   * @param results serializers of immutable results, in the order of the tasks
   */
  ResultsSerializer(List<TypeSerializer<?>> results) {
    this.results = List.copyOf(results);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<Results> duplicate() {
    return new ResultsSerializer(
        results.stream().<TypeSerializer<?>>map(TypeSerializer::duplicate).toList());
  }

  @Override
  public Results copy(Results from) {
    return from;
  }

  @Override
  public void serialize(Results value, DataOutputView target) throws IOException {
    int index = 0;
    for (Map.Entry<String, Object> result : value.byName().entrySet()) {
      target.writeUTF(result.getKey());
      write(results.get(index++), result.getValue(), target);
    }
  }

  @SuppressWarnings("unchecked") // The results of the tasks come in their order.
  private static <R> void write(TypeSerializer<R> serializer, Object value, DataOutputView target)
      throws IOException {
    serializer.serialize((R) value, target);
  }

  @Override
  public Results deserialize(DataInputView source) throws IOException {
    Map<String, Object> byName = new LinkedHashMap<>();
    for (TypeSerializer<?> result : results) {
      byName.put(source.readUTF(), result.deserialize(source));
    }
    return new Results(byName);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResultsSerializer that && results.equals(that.results);
  }

  @Override
  public int hashCode() {
    return results.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Results> snapshotConfiguration() {
    return new Snapshot(this);
  }

  /** Written into checkpoints to name the format. */
  public static final class Snapshot extends FormSnapshot<Results, ResultsSerializer> {

    private static final int VERSION = 1;

    /** For reading. */
    public Snapshot() {}

    Snapshot(ResultsSerializer serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return VERSION;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(ResultsSerializer outer) {
      return outer.results.toArray(TypeSerializer<?>[]::new);
    }

    @Override
    protected ResultsSerializer createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new ResultsSerializer(List.of(nested));
    }
  }
}
