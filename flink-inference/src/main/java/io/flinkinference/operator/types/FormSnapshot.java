package io.flinkinference.operator.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;

/**
 * Names the form of what a checkpoint holds. Who changes the bytes of one, those of its stamp or of
 * a result too, gives it the next version, so that an older program refuses what it would misread.
 */
abstract class FormSnapshot<T, S extends TypeSerializer<T>>
    extends CompositeTypeSerializerSnapshot<T, S> {

  /** For reading. */
  FormSnapshot() {}

  FormSnapshot(S serializer) {
    super(serializer);
  }

  @Override
  protected final void readOuterSnapshot(int written, DataInputView in, ClassLoader classLoader)
      throws IOException {
    int version = getCurrentOuterSnapshotVersion();
    if (written > version) {
      throw new IOException(
          "The checkpoint holds results or dead letters in version "
              + written
              + " ("
              + getClass().getName()
              + "), and this program reads versions up to "
              + version
              + ". Run the job with the version of flink-inference that wrote it or a later one.");
    }
  }
}
