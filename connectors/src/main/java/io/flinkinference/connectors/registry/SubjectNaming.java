package io.flinkinference.connectors.registry;

import org.apache.avro.Schema;

/** Under which subject a schema is registered, as Confluent's serializers name it. */
public enum SubjectNaming {
  /** By the topic: all values of a topic have one subject. */
  TOPIC {
    @Override
    public String subject(String topic, Schema schema) {
      return topic + "-value";
    }
  },
  /** By the full name of the record: it may be in several topics. */
  RECORD {
    @Override
    public String subject(String topic, Schema schema) {
      return recordName(schema);
    }
  },
  /** By both: a topic may have several records. */
  TOPIC_RECORD {
    @Override
    public String subject(String topic, Schema schema) {
      return topic + "-" + recordName(schema);
    }
  };

  /** The subject of the values of a topic. */
  public abstract String subject(String topic, Schema schema);

  private static String recordName(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "Subjects by the name of the record need a record, not "
              + schema
              + ". Name subjects by the topic.");
    }
    return schema.getFullName();
  }
}
