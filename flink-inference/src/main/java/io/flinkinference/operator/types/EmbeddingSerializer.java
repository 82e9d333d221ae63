package io.flinkinference.operator.types;

import io.flinkinference.result.Embedding;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Number of components, then each of them. Of bytes, the complement of their number and then they:
 * a negative number cannot be that of components.
 */
public final class EmbeddingSerializer extends ImmutableSerializer<Embedding> {

  private static final long serialVersionUID = 1L;

  public static final EmbeddingSerializer INSTANCE = new EmbeddingSerializer();

  @Override
  public void serialize(Embedding value, DataOutputView target) throws IOException {
    if (value.isQuantized()) {
      target.writeInt(~value.dimension());
      target.write(value.bytes());
      return;
    }
    target.writeInt(value.dimension());
    for (float component : value.values()) {
      target.writeFloat(component);
    }
  }

  @Override
  public Embedding deserialize(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length < 0) {
      byte[] bytes = new byte[~length];
      source.readFully(bytes);
      return Embedding.quantized(bytes);
    }
    float[] values = new float[length];
    for (int i = 0; i < values.length; i++) {
      values[i] = source.readFloat();
    }
    return new Embedding(values);
  }

  @Override
  public TypeSerializerSnapshot<Embedding> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into checkpoints to name the format. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Embedding> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
