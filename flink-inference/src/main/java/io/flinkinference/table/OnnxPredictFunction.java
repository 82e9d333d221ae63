package io.flinkinference.table;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.PredictFunction;

/**
 * What Flink calls for each row of an ML_PREDICT that is not asynchronous: it waits for each
 * result, so all batches have one row. Public because Flink's generated code calls it; made by
 * {@link OnnxModelProviderFactory} alone.
 *
 * <p><b>Thread safety:</b> called by the subtask's thread.
 */
public final class OnnxPredictFunction extends PredictFunction {

  private static final long serialVersionUID = 1L;

  private final PredictSpec<?> spec;

  private transient Predictor<?> predictor;

  OnnxPredictFunction(PredictSpec<?> spec) {
    this.spec = spec;
  }

  @Override
  public void open(FunctionContext context) {
    predictor = spec.open(context.getMetricGroup());
  }

  @Override
  public Collection<RowData> predict(RowData input) {
    try {
      return predictor.predict(input).get();
    } catch (ExecutionException e) {
      throw new TableException("The prediction failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TableException("Interrupted while a text was scored.", e);
    }
  }

  @Override
  public void close() {
    if (predictor != null) { // Also after an open() that failed.
      predictor.close();
    }
  }
}
