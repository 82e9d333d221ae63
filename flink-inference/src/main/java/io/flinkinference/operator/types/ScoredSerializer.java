package io.flinkinference.operator.types;

import io.flinkinference.result.Scored;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The record, the result, the stamp. */
final class ScoredSerializer<IN, R> extends WrapperSerializer<Scored<IN, R>> {

  private static final long serialVersionUID = 1L;

  private final TypeSerializer<IN> input;
  private final TypeSerializer<R> result;

  ScoredSerializer(TypeSerializer<IN> input, TypeSerializer<R> result) {
    this.input = input;
    this.result = result;
  }

  @Override
  public boolean isImmutableType() {
    return input.isImmutableType() && result.isImmutableType();
  }

  @Override
  public TypeSerializer<Scored<IN, R>> duplicate() {
    return new ScoredSerializer<>(input.duplicate(), result.duplicate());
  }

  @Override
  public Scored<IN, R> copy(Scored<IN, R> from) {
    return isImmutableType()
        ? from
        : new Scored<>(input.copy(from.input()), result.copy(from.result()), from.stamp());
  }

  @Override
  public void serialize(Scored<IN, R> value, DataOutputView target) throws IOException {
    input.serialize(value.input(), target);
    result.serialize(value.result(), target);
    Stamps.write(value.stamp(), target);
  }

  @Override
  public Scored<IN, R> deserialize(DataInputView source) throws IOException {
    return new Scored<>(input.deserialize(source), result.deserialize(source), Stamps.read(source));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoredSerializer<?, ?> that
        && input.equals(that.input)
        && result.equals(that.result);
  }

  @Override
  public int hashCode() {
    return Objects.hash(input, result);
  }

  @Override
  public TypeSerializerSnapshot<Scored<IN, R>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** Written into checkpoints to name the format. */
  public static final class Snapshot<IN, R>
      extends FormSnapshot<Scored<IN, R>, ScoredSerializer<IN, R>> {

    private static final int VERSION = 1;

    /** For reading. */
    public Snapshot() {}

    Snapshot(ScoredSerializer<IN, R> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return VERSION;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(ScoredSerializer<IN, R> outer) {
      return new TypeSerializer<?>[] {outer.input, outer.result};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected ScoredSerializer<IN, R> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new ScoredSerializer<>((TypeSerializer<IN>) nested[0], (TypeSerializer<R>) nested[1]);
    }
  }
}
