package io.flinkinference.operator.types;

import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.DeadLetterReason;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * The record, the name of the reason, the message, the attempts, the stamp, the stack digest.
 * Version 1 has no digest; it is read, and never written.
 */
final class DeadLetterSerializer<IN> extends WrapperSerializer<DeadLetter<IN>> {

  private static final long serialVersionUID = 1L;

  private static final int VERSION = 2;
  private static final int WITHOUT_DIGEST = 1;

  private final TypeSerializer<IN> input;
  private final int version;

  DeadLetterSerializer(TypeSerializer<IN> input) {
    this(input, VERSION);
  }

  private DeadLetterSerializer(TypeSerializer<IN> input, int version) {
    this.input = input;
    this.version = version;
  }

  @Override
  public boolean isImmutableType() {
    return input.isImmutableType();
  }

  @Override
  public TypeSerializer<DeadLetter<IN>> duplicate() {
    return new DeadLetterSerializer<>(input.duplicate(), version);
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
    if (version > WITHOUT_DIGEST) {
      StringValue.writeString(value.stackDigest(), target);
    }
  }

  @Override
  public DeadLetter<IN> deserialize(DataInputView source) throws IOException {
    return new DeadLetter<>(
        input.deserialize(source),
        DeadLetterReason.valueOf(source.readUTF()),
        StringValue.readString(source),
        source.readInt(),
        Stamps.read(source),
        version > WITHOUT_DIGEST ? StringValue.readString(source) : null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeadLetterSerializer<?> that
        && input.equals(that.input)
        && version == that.version;
  }

  @Override
  public int hashCode() {
    return 31 * input.hashCode() + version;
  }

  @Override
  public TypeSerializerSnapshot<DeadLetter<IN>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** Written into checkpoints to name the format. */
  public static final class Snapshot<IN>
      extends CompositeTypeSerializerSnapshot<DeadLetter<IN>, DeadLetterSerializer<IN>> {

    private int version = VERSION;

    /** For reading. */
    public Snapshot() {}

    Snapshot(DeadLetterSerializer<IN> serializer) {
      super(serializer);
      version = serializer.version;
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return version;
    }

    @Override
    protected void readOuterSnapshot(int written, DataInputView in, ClassLoader classLoader)
        throws IOException {
      if (written > VERSION) {
        throw new IOException(
            "The checkpoint holds dead letters in version "
                + written
                + ", and this program reads versions up to "
                + VERSION
                + ". Run the job with the version of flink-inference that wrote it or a later one.");
      }
      version = written;
    }

    @Override
    protected OuterSchemaCompatibility resolveOuterSchemaCompatibility(
        TypeSerializerSnapshot<DeadLetter<IN>> old) {
      return old instanceof Snapshot<IN> before && before.version == version
          ? OuterSchemaCompatibility.COMPATIBLE_AS_IS
          : OuterSchemaCompatibility.COMPATIBLE_AFTER_MIGRATION;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(DeadLetterSerializer<IN> outer) {
      return new TypeSerializer<?>[] {outer.input};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected DeadLetterSerializer<IN> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new DeadLetterSerializer<>((TypeSerializer<IN>) nested[0], version);
    }
  }
}
