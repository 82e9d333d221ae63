package io.flinkinference.table;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Flink's asynchronous operator calls for each row of ML_PREDICT. Public because Flink's
 * generated code calls it; made by {@link OnnxModelProviderFactory} alone.
 *
 * <p><b>Thread safety:</b> called by the subtask's thread.
 */
public final class OnnxAsyncPredictFunction extends AsyncPredictFunction {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(OnnxAsyncPredictFunction.class);

  private final PredictSpec<?> spec;
  private final AsyncCapacity capacity;

  private transient Predictor<?> predictor;

  OnnxAsyncPredictFunction(PredictSpec<?> spec, AsyncCapacity capacity) {
    this.spec = spec;
    this.capacity = capacity;
  }

  @Override
  public void open(FunctionContext context) {
    capacity.warning().ifPresent(LOG::warn);
    predictor = spec.open(context.getMetricGroup());
  }

  @Override
  public CompletableFuture<Collection<RowData>> asyncPredict(RowData input) {
    return predictor.predict(input);
  }

  @Override
  public void close() {
    if (predictor != null) { // Also after an open() that failed.
      predictor.close();
    }
  }
}
