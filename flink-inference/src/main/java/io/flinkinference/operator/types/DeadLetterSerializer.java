package io.flinkinference.operator.types;

import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** The record, the name of the reason, the message, the attempts, the stamp, the stack digest. */
final class DeadLetterSerializer<IN> extends WrapperSerializer<DeadLetter<IN>> {

  private static final long serialVersionUID = 1L;

  private final TypeSerializer<IN> input;

  DeadLetterSerializer(TypeSerializer<IN> input) {
    this.input = input;
  }

  @Override
  public boolean isImmutableType() {
    return input.isImmutableType();
  }

  @Override
  public TypeSerializer<DeadLetter<IN>> duplicate() {
    return new DeadLetterSerializer<>(input.duplicate());
  }

  @Override
  public DeadLetter<IN> copy(DeadLetter<IN> from) {
    return isImmutableType()
        ? from
        : new DeadLetter<>(
            input.copy(from.input()),
            from.reason(),
            from.message(),
            from.attempts(),
            from.stamp(),
            from.stackDigest());
  }

  @Override
  public void serialize(DeadLetter<IN> value, DataOutputView target) throws IOException {
    input.serialize(value.input(), target);
    target.writeUTF(value.reason().name());
    StringValue.writeString(value.message(), target); // writeUTF ends at 65,535 bytes.
    target.writeInt(value.attempts());
    Stamps.write(value.stamp(), target);
    StringValue.writeString(value.stackDigest(), target);
  }

  @Override
  public DeadLetter<IN> deserialize(DataInputView source) throws IOException {
    return new DeadLetter<>(
        input.deserialize(source),
        DeadLetterReason.valueOf(source.readUTF()),
        StringValue.readString(source),
        source.readInt(),
        Stamps.read(source),
        StringValue.readString(source));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeadLetterSerializer<?> that && input.equals(that.input);
  }

  @Override
  public int hashCode() {
    return input.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<DeadLetter<IN>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** Written into checkpoints to name the format. */
  public static final class Snapshot<IN>
      extends FormSnapshot<DeadLetter<IN>, DeadLetterSerializer<IN>> {

    private static final int VERSION = 1;

    /** For reading. */
    public Snapshot() {}

    Snapshot(DeadLetterSerializer<IN> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return VERSION;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(DeadLetterSerializer<IN> outer) {
      return new TypeSerializer<?>[] {outer.input};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected DeadLetterSerializer<IN> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new DeadLetterSerializer<>((TypeSerializer<IN>) nested[0]);
    }
  }
}
