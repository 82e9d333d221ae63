package io.flinkinference.connectors.format;

import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.util.function.SerializableFunction;

/**
 * The text in a field of an Avro value.
 *
 * <pre>{@code
 * AvroEncoding reviews = AvroEncoding.registry(RegistryOptions.at("http://registry:8081"));
 * TextInference.on(records).text(AvroText.field("review.body", reviews))
 * }</pre>
 *
 * <p>Each value is read with the schema that it was written with, so a schema may change in the
 * middle of a stream as long as it has the field. Where the field, or a record around it, is null,
 * the record has no text.
 *
 * <p><b>Thread safety:</b> for one thread; each subtask has a copy.
 */
public final class AvroText implements SerializableFunction<KafkaText, String> {

  private static final long serialVersionUID = 1L;

  /** Schemas of a topic are few; it bounds what a registry that makes new ones each time can do. */
  private static final int REMEMBERED = 1_000;

  private final ArrayList<String> names;
  private final AvroEncoding encoding;

  /** Field that a sink is to add, or null. */
  private final String added;

  private transient IdentityHashMap<Schema, AvroField> fields;

  private AvroText(List<String> names, AvroEncoding encoding, String added) {
    this.names = new ArrayList<>(names);
    this.encoding = encoding;
    this.added = added;
  }

  /**
   * The text in a field.
   *
   * @param path names of fields from the outside in, separated by dots
   * @param encoding how values say with which schema they were written
   */
  public static AvroText field(String path, AvroEncoding encoding) {
    List<String> names = List.of(path.split("\\.", -1));
    if (names.contains("")) {
      throw new IllegalArgumentException(
          "'" + path + "' names no field. Give names separated by dots, such as review.body.");
    }
    return new AvroText(names, encoding, null);
  }

  /**
   * The same text, of records to which a sink can add a field with the result: those that cannot be
   * enriched have to become dead letters before they are scored. That is where the value is no
   * record, or has such a field already.
   *
   * @param name of the field that {@code OutputFormat.enriched} is told too
   */
  public AvroText enrichedBy(String name) {
    return new AvroText(names, encoding, Enrichment.requireName(name));
  }

  @Override
  public String apply(KafkaText record) {
    byte[] value = record.value();
    return value == null
        ? null
        : fieldOf(encoding.schema(value)).read(value, encoding.dataOffset());
  }

  /**
   * By the object, not by what it says: comparing schemas costs more than reading the value.
   *
   * @throws UnscorableException with {@link DeadLetterReason#UNDECODABLE} if there is no such
   *     field, or none can be added where one is to be
   */
  private AvroField fieldOf(Schema schema) {
    if (fields == null || fields.size() > REMEMBERED) {
      fields = new IdentityHashMap<>();
    }
    return fields.computeIfAbsent(schema, this::look);
  }

  private AvroField look(Schema written) {
    AvroField field = AvroField.of(written, names);
    if (added != null) {
      Enrichment.schema(written, added); // For its refusals; the sink derives it anew.
    }
    return field;
  }
}
