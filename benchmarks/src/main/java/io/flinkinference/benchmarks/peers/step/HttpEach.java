package io.flinkinference.benchmarks.peers.step;

import io.flinkinference.benchmarks.peers.job.NumberedText;
import io.flinkinference.benchmarks.peers.job.NumberedVector;
import io.flinkinference.benchmarks.peers.job.Step;
import io.flinkinference.benchmarks.peers.model.EmbeddingServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * The model behind HTTP, as the model providers of ML_PREDICT have it: one request a record,
 * asynchronous, over connections that stay open.
 */
public final class HttpEach extends RichAsyncFunction<NumberedText, NumberedVector> {

  private static final long serialVersionUID = 1L;
  private static final int OK = 200;

  /** Flink's default for asynchronous operators; ML_PREDICT has 10, which is slower. */
  private static final int CAPACITY = 100;

  private final URI address;
  private transient HttpClient client;

  private HttpEach(URI address) {
    this.address = address;
  }

  /**
   * A step of this function.
   *
   * @param server is closed with the step
   */
  public static Step step(EmbeddingServer server) {
    Step step = AsyncStep.unordered(new HttpEach(server.address()), CAPACITY);
    return new Step() {
      @Override
      public DataStream<NumberedVector> on(DataStream<NumberedText> texts) {
        return step.on(texts);
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  @Override
  public void open(OpenContext context) {
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @Override
  public void asyncInvoke(NumberedText text, ResultFuture<NumberedVector> result) {
    HttpRequest request =
        HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(text.text())).build();
    var unused =
        client
            .sendAsync(request, BodyHandlers.ofByteArray())
            .whenComplete(
                (response, failure) -> {
                  if (failure != null) {
                    result.completeExceptionally(failure);
                  } else {
                    complete(text, response, result);
                  }
                });
  }

  private static void complete(
      NumberedText text, HttpResponse<byte[]> response, ResultFuture<NumberedVector> result) {
    if (response.statusCode() != OK) {
      result.completeExceptionally(
          new IllegalStateException(
              "The server answered %d: %s"
                  .formatted(
                      response.statusCode(), new String(response.body(), StandardCharsets.UTF_8))));
      return;
    }
    float[] vector = new float[response.body().length / Float.BYTES];
    ByteBuffer.wrap(response.body()).asFloatBuffer().get(vector);
    result.complete(List.of(new NumberedVector(text.number(), vector)));
  }
}
