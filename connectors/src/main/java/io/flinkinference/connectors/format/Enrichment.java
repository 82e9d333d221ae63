package io.flinkinference.connectors.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.connectors.avro.InferenceResult;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * The schema of records to which the result of a model is added.
 *
 * <p>It is that of the records with one more field at the end, null or an {@link InferenceResult},
 * null by default; all else stays, also what Avro does not look at. So either schema can read what
 * was written with the other.
 */
public final class Enrichment {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS) // Numbers stay as they are.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Enrichment() {}

  /**
   * Derives the schema.
   *
   * @param record schema of the records
   * @param field name of the field to add
   * @throws UnscorableException with {@link DeadLetterReason#UNDECODABLE} if it is not the schema
   *     of a record, or has such a field
   */
  public static Schema schema(Schema record, String field) {
    requireName(field);
    check(record, field);
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(record.toString());
      ((ArrayNode) json.get("fields")).add(added(record, field));
      // What is in the schema was judged when it was read.
      return new Schema.Parser()
          .setValidate(false)
          .setValidateDefaults(false)
          .parse(json.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro shows a schema not as JSON: " + record, e);
    }
  }

  private static ObjectNode added(Schema record, String field) throws JsonProcessingException {
    ObjectNode added = JSON.createObjectNode();
    added.put("name", field);
    added.putArray("type").add("null").add(ResultType.within(record, field));
    added.put("doc", "What a model says about a text of this record.");
    added.putNull("default");
    return added;
  }

  private static void check(Schema record, String field) {
    if (record.getType() != Schema.Type.RECORD) {
      throw refuse(
          "only a record can have a field added, and this is of the type "
              + record.getType()
              + ".");
    }
    for (Schema.Field existing : record.getFields()) {
      // A reader takes a field for another one that has its name as an alias.
      if (existing.name().equals(field) || existing.aliases().contains(field)) {
        throw refuse(
            "its schema "
                + record.getFullName()
                + " has the field "
                + existing.name()
                + " already.");
      }
    }
  }

  static UnscorableException refuse(String why) {
    return new UnscorableException(
        DeadLetterReason.UNDECODABLE, "The value cannot be enriched: " + why);
  }

  /**
   * Returns the name of a field to add.
   *
   * @throws IllegalArgumentException if Avro has no such names
   */
  public static String requireName(String field) {
    if (field == null || !NAME.matcher(field).matches()) {
      throw new IllegalArgumentException(
          "'"
              + field
              + "' cannot be the name of an added field. Avro's names have letters, digits and"
              + " underscores, and begin with no digit.");
    }
    return field;
  }
}
