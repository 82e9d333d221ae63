package io.flinkinference.benchmarks.operator;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/** An async function whose client, a pool of threads, answers at once. */
final class NullAsync extends RichAsyncFunction<String, String> {

  private static final long serialVersionUID = 1L;

  private transient ExecutorService client;

  @Override
  public void open(OpenContext context) {
    client = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  }

  @Override
  public void asyncInvoke(String input, ResultFuture<String> result) {
    client.execute(() -> result.complete(List.of(input)));
  }

  @Override
  public void close() {
    if (client != null) {
      client.shutdownNow();
    }
  }
}
