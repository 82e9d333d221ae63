package io.flinkinference.benchmarks.peers.step;

import io.flinkinference.benchmarks.peers.job.NumberedText;
import io.flinkinference.benchmarks.peers.job.NumberedVector;
import io.flinkinference.benchmarks.peers.job.Step;
import io.flinkinference.benchmarks.peers.model.Embedder;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** What a user writes first: a map function that loads the model and runs one record at a time. */
public final class MapEach extends RichMapFunction<NumberedText, NumberedVector> {

  private static final long serialVersionUID = 1L;

  private final Embedder.Factory factory;
  private transient Embedder embedder;

  private MapEach(Embedder.Factory factory) {
    this.factory = factory;
  }

  /** A step of this function. */
  public static Step step(Embedder.Factory factory) {
    return texts -> texts.map(new MapEach(factory));
  }

  @Override
  public void open(OpenContext context) throws Exception {
    embedder = factory.open();
  }

  @Override
  public NumberedVector map(NumberedText text) throws Exception {
    return new NumberedVector(text.number(), embedder.embed(List.of(text.text())).get(0));
  }

  @Override
  public void close() {
    if (embedder != null) {
      embedder.close();
    }
  }
}
