package io.flinkinference.operator.types;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Type information of an immutable value that has a serializer of its own.
 *
 * @param <T> the type
 */
final class ValueTypeInfo<T> extends TypeInformation<T> {

  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final TypeInformation<?>[] nested;
  private final SerializableFunction<SerializerConfig, TypeSerializer<T>> serializer;

  /**
   * @param type of the values
   * @param nested types of their parts, as far as they differ
   * @param serializer makes the serializer, those of the parts by the job's own settings
   */
  ValueTypeInfo(
      Class<T> type,
      List<TypeInformation<?>> nested,
      SerializableFunction<SerializerConfig, TypeSerializer<T>> serializer) {
    this.type = Objects.requireNonNull(type, "type");
    this.nested = nested.toArray(TypeInformation[]::new);
    this.serializer = Objects.requireNonNull(serializer, "serializer");
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer.apply(config);
  }

  @Override
  public String toString() {
    return nested.length == 0
        ? type.getSimpleName()
        : type.getSimpleName() + Arrays.toString(nested);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValueTypeInfo<?> that
        && type.equals(that.type)
        && Arrays.equals(nested, that.nested);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(nested);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ValueTypeInfo<?>;
  }
}
