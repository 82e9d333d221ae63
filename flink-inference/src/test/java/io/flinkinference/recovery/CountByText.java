package io.flinkinference.recovery;

import io.flinkinference.result.Embedding;
import io.flinkinference.result.Scored;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** Keyed state behind the results, for checkpoints that are incremental; lets no text by twice. */
final class CountByText
    extends RichMapFunction<Scored<String, Embedding>, Scored<String, Embedding>> {

  private static final long serialVersionUID = 1L;

  private transient ValueState<Integer> count;

  @Override
  public void open(OpenContext context) {
    count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.INT));
  }

  @Override
  public Scored<String, Embedding> map(Scored<String, Embedding> scored) throws Exception {
    if (count.value() != null) {
      throw new IllegalStateException(
          "'" + ScoringJob.text(scored.input()) + "' came for the second time.");
    }
    count.update(1);
    return scored;
  }
}
