package io.flinkinference.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.types.DataType;

/** Declares a model as CREATE MODEL does, and has Flink find its provider. */
final class Declarations {

  static final DataType STRING = DataTypes.STRING();
  static final DataType DOUBLE = DataTypes.DOUBLE();

  private final Map<String, String> options = new HashMap<>();
  private List<Column> input = List.of(Column.physical("text", STRING));
  private List<Column> output = List.of();

  private Declarations() {}

  /** A zero-shot model that is in order but for its OUTPUT. */
  static Declarations zeroShot() {
    return new Declarations()
        .with("provider", "onnx")
        .with("path", "all-minilm-l6-v2")
        .with("task", "zero-shot")
        .with("labels.sport", "football and tennis")
        .with("labels.cooking", "recipes and how to bake");
  }

  /** An embedding model that is in order. */
  static Declarations embedding() {
    return new Declarations()
        .with("provider", "onnx")
        .with("path", "all-minilm-l6-v2")
        .with("task", "embedding")
        .output(Column.physical("embedding", DataTypes.ARRAY(DataTypes.FLOAT())));
  }

  Declarations with(String key, String value) {
    options.put(key, value);
    return this;
  }

  Declarations without(String key) {
    options.remove(key);
    return this;
  }

  Declarations input(Column... columns) {
    input = List.of(columns);
    return this;
  }

  Declarations output(Column... columns) {
    output = List.of(columns);
    return this;
  }

  OnnxModelProvider provider() {
    ModelProvider provider =
        FactoryUtil.createModelProvider(
            null,
            ObjectIdentifier.of("catalog", "database", "model"),
            model(),
            new Configuration(),
            Declarations.class.getClassLoader(),
            true);
    return (OnnxModelProvider) provider;
  }

  ResolvedCatalogModel model() {
    return ResolvedCatalogModel.of(
        CatalogModel.of(Schema.derived(), Schema.derived(), options, ""),
        ResolvedSchema.of(input),
        ResolvedSchema.of(output));
  }
}
