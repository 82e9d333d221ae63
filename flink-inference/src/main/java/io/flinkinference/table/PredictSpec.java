package io.flinkinference.table;

import io.flinkinference.ScoringSpec;
import io.flinkinference.runtime.DeviceLoss;
import io.flinkinference.table.OnnxModelOptions.ErrorHandling;
import java.io.Serializable;
import java.util.Objects;
import org.apache.flink.metrics.MetricGroup;

/**
 * A model as it was declared, checked. Travels with the job.
 *
 * @param scoring what scores the texts
 * @param writer makes the rows
 * @param errors what becomes of texts that cannot be scored
 * @param <R> type of the result
 */
record PredictSpec<R>(ScoringSpec<R> scoring, RowWriter<R> writer, ErrorHandling errors)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  PredictSpec {
    Objects.requireNonNull(scoring, "scoring");
    Objects.requireNonNull(writer, "writer");
    Objects.requireNonNull(errors, "errors");
  }

  /** Loads the model, unless it is loaded. Called by a task's own thread. */
  Predictor<R> open(MetricGroup metrics) {
    try {
      return new Predictor<>(this, metrics);
    } catch (RuntimeException e) {
      // A device that was lost while texts were scored failed the job, and is found here again.
      DeviceLoss.endProcess(e);
      throw e;
    }
  }
}
