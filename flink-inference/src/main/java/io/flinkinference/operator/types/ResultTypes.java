package io.flinkinference.operator.types;

import io.flinkinference.result.Classification;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Entities;
import io.flinkinference.result.Results;
import io.flinkinference.result.Scored;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Type information of all that the operator emits. */
public final class ResultTypes {

  /** Labels with their scores. */
  public static final TypeInformation<Classification> CLASSIFICATION =
      new ValueTypeInfo<>(
          Classification.class, List.of(), config -> ClassificationSerializer.INSTANCE);

  /** A vector. */
  public static final TypeInformation<Embedding> EMBEDDING =
      new ValueTypeInfo<>(Embedding.class, List.of(), config -> EmbeddingSerializer.INSTANCE);

  /** Parts of a text with their labels. */
  public static final TypeInformation<Entities> ENTITIES =
      new ValueTypeInfo<>(Entities.class, List.of(), config -> EntitiesSerializer.INSTANCE);

  private ResultTypes() {}

  /**
   * Results side by side.
   *
   * @param types of immutable results, in the order of the tasks
   */
  public static TypeInformation<Results> results(List<TypeInformation<?>> types) {
    // Not a field of a list: what travels must be serializable.
    ArrayList<TypeInformation<?>> nested = new ArrayList<>(types);
    return new ValueTypeInfo<>(
        Results.class,
        nested,
        config ->
            new ResultsSerializer(
                nested.stream()
                    .<TypeSerializer<?>>map(type -> type.createSerializer(config))
                    .toList()));
  }

  /** A record with its result. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // A class literal has no type parameters.
  public static <IN, R> TypeInformation<Scored<IN, R>> scored(
      TypeInformation<IN> input, TypeInformation<R> result) {
    return new ValueTypeInfo<Scored<IN, R>>(
        (Class) Scored.class,
        List.of(input, result),
        config ->
            new ScoredSerializer<>(
                input.createSerializer(config), result.createSerializer(config)));
  }

  /** A record that could not be scored. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // A class literal has no type parameters.
  public static <IN> TypeInformation<DeadLetter<IN>> deadLetter(TypeInformation<IN> input) {
    return new ValueTypeInfo<DeadLetter<IN>>(
        (Class) DeadLetter.class,
        List.of(input),
        config -> new DeadLetterSerializer<>(input.createSerializer(config)));
  }
}
