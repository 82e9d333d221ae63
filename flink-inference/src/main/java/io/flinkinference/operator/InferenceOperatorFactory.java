package io.flinkinference.operator;

import io.flinkinference.result.Scored;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;

/**
 * Makes the operator of each subtask.
 *
 * <p>It is marked as yielding, for that alone keeps Flink from chaining it to a legacy source
 * ({@code fromCollection}, {@code addSource}), whose thread is not the mailbox's.
 *
 * @param <IN> type of the records
 * @param <R> type of the results
 */
@SuppressWarnings("deprecation") // Flink has no other word for it yet.
public final class InferenceOperatorFactory<IN, R>
    extends AbstractStreamOperatorFactory<Scored<IN, R>>
    implements OneInputStreamOperatorFactory<IN, Scored<IN, R>>,
        YieldingOperatorFactory<Scored<IN, R>> {

  private static final long serialVersionUID = 1L;

  private final InferenceSpec<IN, R> spec;

  public InferenceOperatorFactory(InferenceSpec<IN, R> spec) {
    this.spec = Objects.requireNonNull(spec, "spec");
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // So the interface asks.
  public <T extends StreamOperator<Scored<IN, R>>> T createStreamOperator(
      StreamOperatorParameters<Scored<IN, R>> parameters) {
    return (T) new InferenceOperator<>(parameters, spec);
  }

  @Override
  @SuppressWarnings("rawtypes") // The interface asks for a raw class.
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return InferenceOperator.class;
  }
}
