package io.flinkinference.table;

import io.flinkinference.AsyncTextScorer;
import io.flinkinference.result.UnscorableException;
import io.flinkinference.table.OnnxModelOptions.ErrorHandling;
import io.flinkinference.task.BatchReport;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.data.RowData;

/**
 * Scores the texts of one subtask: from a row of a model's INPUT to rows of its OUTPUT.
 *
 * <p><b>Thread safety:</b> the subtask's thread asks; mostly an engine thread answers.
 */
final class Predictor<R> implements AutoCloseable {

  private final PredictSpec<R> spec;
  private final AsyncTextScorer<R> scorer;
  private final PredictMetrics metrics;

  private volatile boolean closed;

  Predictor(PredictSpec<R> spec, MetricGroup metrics) {
    this.spec = spec;
    this.scorer = AsyncTextScorer.open(spec.scoring(), this::batchDone);
    PredictMetrics opened = null;
    try {
      opened = new PredictMetrics(metrics.addGroup("model", scorer.stamp().name()));
    } finally {
      if (opened == null) {
        scorer.close();
      }
    }
    this.metrics = opened;
  }

  /**
   * One row for each text, or pair of texts, or none for a text that the options say is skipped.
   */
  CompletableFuture<Collection<RowData>> predict(RowData input) {
    boolean isPair = input.getArity() > 1;
    if (input.isNullAt(0) || (isPair && input.isNullAt(1))) {
      return CompletableFuture.completedFuture(List.of(spec.writer().write(Outcome.ofNull())));
    }
    String text = input.getString(0).toString();
    return (isPair ? scorer.score(text, input.getString(1).toString()) : scorer.score(text))
        .handle(this::rows)
        .exceptionallyCompose(this::failed);
  }

  private CompletableFuture<Collection<RowData>> failed(Throwable failure) {
    // Flink has the rows that wait at the end in its savepoint. To fail them would fail the job
    // that is stopped, so that it runs again.
    return closed ? new CompletableFuture<>() : CompletableFuture.failedFuture(failure);
  }

  private void batchDone(BatchReport<?> report) {
    metrics.batchDone(report);
  }

  private Collection<RowData> rows(R result, Throwable failure) {
    if (failure instanceof UnscorableException unscorable) {
      metrics.unscorable();
      return List.of(row(null, failing(unscorable)));
    }
    if (failure != null) {
      throw new CompletionException(failure);
    }
    if (result == null) {
      metrics.skipped();
      return List.of();
    }
    return List.of(row(result, null));
  }

  private RowData row(R result, UnscorableException failure) {
    return spec.writer().write(new Outcome<>(result, failure, scorer.stamp()));
  }

  /** Throws where the job is to fail. */
  private UnscorableException failing(UnscorableException failure) {
    if (spec.errors() == ErrorHandling.FAIL) {
      throw new TableException(
          "A text cannot be scored ("
              + failure.reason()
              + "): "
              + failure.getMessage()
              + " To go on without it, set '"
              + OnnxModelOptions.ERROR_HANDLING.key()
              + "' of the model to 'NULL', or to 'COLUMN' with error STRING in its OUTPUT.",
          failure);
    }
    return failure;
  }

  /** Rows that still wait are never answered. */
  @Override
  public void close() {
    closed = true;
    scorer.close();
  }
}
