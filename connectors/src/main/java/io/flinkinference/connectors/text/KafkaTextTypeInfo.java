package io.flinkinference.connectors.text;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Tells Flink how to serialize {@link KafkaText}; found by itself wherever one is part of a type.
 */
public final class KafkaTextTypeInfo extends TypeInformation<KafkaText> {

  /** The only one there is. */
  public static final KafkaTextTypeInfo INSTANCE = new KafkaTextTypeInfo();

  private static final long serialVersionUID = 1L;

  private KafkaTextTypeInfo() {}

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
  public Class<KafkaText> getTypeClass() {
    return KafkaText.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<KafkaText> createSerializer(SerializerConfig config) {
    return KafkaTextSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "KafkaText";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KafkaTextTypeInfo;
  }

  @Override
  public int hashCode() {
    return KafkaTextTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof KafkaTextTypeInfo;
  }

  /** How Flink's type extraction gets here from {@link KafkaText}'s annotation. */
  public static final class Factory extends TypeInfoFactory<KafkaText> {

    @Override
    public TypeInformation<KafkaText> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return INSTANCE;
    }
  }
}
