package io.flinkinference.operator.types;

import io.flinkinference.result.Classification;
import io.flinkinference.result.LabelScore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Number of labels, then name and score of each. */
public final class ClassificationSerializer extends ImmutableSerializer<Classification> {

  private static final long serialVersionUID = 1L;

  public static final ClassificationSerializer INSTANCE = new ClassificationSerializer();

  @Override
  public void serialize(Classification value, DataOutputView target) throws IOException {
    List<LabelScore> labels = value.labels();
    target.writeInt(labels.size());
    for (LabelScore label : labels) {
      target.writeUTF(label.label());
      target.writeFloat(label.score());
    }
  }

  @Override
  public Classification deserialize(DataInputView source) throws IOException {
    int size = source.readInt();
    List<LabelScore> labels = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      labels.add(new LabelScore(source.readUTF(), source.readFloat()));
    }
    return new Classification(labels);
  }

  @Override
  public TypeSerializerSnapshot<Classification> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into checkpoints to name the format. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Classification> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
