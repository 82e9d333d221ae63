package io.flinkinference.operator.types;

import io.flinkinference.result.ModelStamp;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes and reads a model stamp. */
final class Stamps {

  private Stamps() {}

  static void write(ModelStamp stamp, DataOutputView target) throws IOException {
    target.writeUTF(stamp.name());
    target.writeUTF(stamp.sha256());
    target.writeUTF(stamp.precision());
    target.writeUTF(stamp.device());
    target.writeBoolean(stamp.batchInvariant());
  }

  static ModelStamp read(DataInputView source) throws IOException {
    return new ModelStamp(
        source.readUTF(),
        source.readUTF(),
        source.readUTF(),
        source.readUTF(),
        source.readBoolean());
  }
}
