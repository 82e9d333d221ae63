package io.flinkinference.operator.types;

import io.flinkinference.result.Classification;
import io.flinkinference.result.DeadLetter;
import io.flinkinference.result.Embedding;
import io.flinkinference.result.Scored;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Type information of all that the operator emits. */
public final class ResultTypes {

  /** Labels with their scores. */
  public static final TypeInformation<Classification> CLASSIFICATION =
      new ValueTypeInfo<>(Classification.class, ClassificationSerializer.INSTANCE);

  /** A vector. */
  public static final TypeInformation<Embedding> EMBEDDING =
      new ValueTypeInfo<>(Embedding.class, EmbeddingSerializer.INSTANCE);

  private ResultTypes() {}

  /** A record with its result. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // A class literal has no type parameters.
  public static <IN, R> TypeInformation<Scored<IN, R>> scored(
      TypeInformation<IN> input, TypeInformation<R> result) {
    return new ValueTypeInfo(
        Scored.class, new ScoredSerializer<>(serializer(input), serializer(result)));
  }

  /** A record that could not be scored. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // A class literal has no type parameters.
  public static <IN> TypeInformation<DeadLetter<IN>> deadLetter(TypeInformation<IN> input) {
    return new ValueTypeInfo(DeadLetter.class, new DeadLetterSerializer<>(serializer(input)));
  }

  private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
    return type.createSerializer(new SerializerConfigImpl());
  }
}
