package io.flinkinference.operator.types;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.result.Entities;
import io.flinkinference.result.Entity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Number of entities, then the parts of each; then the redacted text, behind its length in bytes of
 * UTF-8, -1 where there is none.
 */
public final class EntitiesSerializer extends ImmutableSerializer<Entities> {

  private static final long serialVersionUID = 1L;

  public static final EntitiesSerializer INSTANCE = new EntitiesSerializer();

  private static final int NULL = -1;

  @Override
  public void serialize(Entities value, DataOutputView target) throws IOException {
    target.writeInt(value.entities().size());
    for (Entity entity : value.entities()) {
      target.writeUTF(entity.label());
      target.writeFloat(entity.score());
      target.writeInt(entity.start());
      target.writeInt(entity.end());
      target.writeInt(entity.startCodePoint());
      target.writeInt(entity.endCodePoint());
      write(entity.text(), target);
    }
    write(value.redacted(), target);
  }

  @Override
  public Entities deserialize(DataInputView source) throws IOException {
    int size = source.readInt();
    List<Entity> entities = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      entities.add(
          new Entity(
              source.readUTF(),
              source.readFloat(),
              source.readInt(),
              source.readInt(),
              source.readInt(),
              source.readInt(),
              read(source)));
    }
    return new Entities(entities, read(source));
  }

  /** Not writeUTF, which takes no more than 65,535 bytes. */
  private static void write(String text, DataOutputView target) throws IOException {
    if (text == null) {
      target.writeInt(NULL);
      return;
    }
    byte[] bytes = text.getBytes(UTF_8);
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  private static String read(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length == NULL) {
      return null;
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return new String(bytes, UTF_8);
  }

  @Override
  public TypeSerializerSnapshot<Entities> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into checkpoints to name the format. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Entities> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
