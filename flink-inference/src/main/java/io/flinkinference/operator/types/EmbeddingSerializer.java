package io.flinkinference.operator.types;

import io.flinkinference.result.Embedding;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Number of components, then each of them. */
public final class EmbeddingSerializer extends ImmutableSerializer<Embedding> {

  private static final long serialVersionUID = 1L;

  public static final EmbeddingSerializer INSTANCE = new EmbeddingSerializer();

  @Override
  public void serialize(Embedding value, DataOutputView target) throws IOException {
    target.writeInt(value.dimension());
    for (float component : value.values()) {
      target.writeFloat(component);
    }
  }

  @Override
  public Embedding deserialize(DataInputView source) throws IOException {
    float[] values = new float[source.readInt()];
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
