package io.flinkinference.connectors;

import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.result.Classification;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.LabelScore;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.avro.io.Encoder;

/**
 * Writes the two fields of {@link ScoredText} that depend on the task: {@code labels}, then {@code
 * embedding}. Stateless.
 *
 * @param <R> type of the results
 */
@FunctionalInterface
interface ResultWriter<R> extends Serializable {

  /** Ranked labels, no embedding. */
  ResultWriter<Classification> CLASSIFICATION =
      (result, names, out) -> {
        List<LabelScore> labels = result.labels();
        out.writeArrayStart();
        out.setItemCount(labels.size());
        for (LabelScore label : labels) {
          out.startItem();
          out.writeString(names.utf8(label.label()));
          out.writeFloat(label.score());
        }
        out.writeArrayEnd();
        out.writeIndex(Branch.NULL);
        out.writeNull();
      };

  /** An embedding, no labels. */
  ResultWriter<Embedding> EMBEDDING =
      (result, names, out) -> {
        out.writeArrayStart();
        out.setItemCount(0);
        out.writeArrayEnd();
        out.writeIndex(Branch.VALUE);
        float[] values = result.values();
        out.writeArrayStart();
        out.setItemCount(values.length);
        for (float value : values) {
          out.startItem();
          out.writeFloat(value);
        }
        out.writeArrayEnd();
      };

  /**
   * Writes both fields.
   *
   * @param names labels that were written before
   */
  void write(R result, Names names, Encoder out) throws IOException;
}
