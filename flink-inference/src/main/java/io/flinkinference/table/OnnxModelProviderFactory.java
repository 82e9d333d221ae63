package io.flinkinference.table;

import io.flinkinference.InferenceOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModelProviderFactory;
import org.apache.flink.table.ml.ModelProvider;

/**
 * Makes models of {@code CREATE MODEL … WITH ('provider' = 'onnx', …)}. Found by Flink as a
 * service.
 *
 * <pre>{@code
 * CREATE MODEL sentiment
 * INPUT (text STRING)
 * OUTPUT (label STRING, score DOUBLE)
 * WITH ('provider' = 'onnx', 'path' = '/models/sentiment', 'task' = 'text-classification');
 *
 * SELECT * FROM ML_PREDICT(TABLE reviews, MODEL sentiment, DESCRIPTOR(body),
 *     MAP['max-concurrent-operations', '1024']);
 * }</pre>
 *
 * <p>The declaration is checked when a query that uses the model is planned; its files are looked
 * for where the job runs.
 */
public final class OnnxModelProviderFactory implements ModelProviderFactory {

  /** The value of {@code provider}. */
  public static final String IDENTIFIER = "onnx";

  /** For Flink, which finds it as a service. */
  public OnnxModelProviderFactory() {}

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(OnnxModelOptions.PATH, OnnxModelOptions.TASK);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> optional = new LinkedHashSet<>(OnnxModelOptions.ALL);
    optional.removeAll(requiredOptions());
    optional.addAll(inferenceOptions());
    return optional;
  }

  /** Those of the operator that mean something here too. */
  static List<ConfigOption<?>> inferenceOptions() {
    return InferenceOptions.ALL.stream()
        .filter(option -> !OptionChecks.OF_THE_OPERATOR.contains(option))
        .toList();
  }

  @Override
  public ModelProvider createModelProvider(Context context) {
    FactoryUtil.ModelProviderFactoryHelper helper =
        FactoryUtil.createModelProviderFactoryHelper(this, context);
    OptionChecks.rejectThoseOfTheOperator(context.getCatalogModel().getOptions());
    helper.validate();
    return new OnnxModelProvider(
        Declaration.check(context.getCatalogModel(), helper.getOptions()),
        context.getConfiguration());
  }
}
