package io.flinkinference.connectors.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import org.apache.flink.util.function.SerializableFunction;

/**
 * The text at a place of a JSON value.
 *
 * <pre>{@code
 * TextInference.on(records).text(JsonText.at("/review/body"))
 * }</pre>
 *
 * <p>Where there is no such place, or null is there, the record has no text. Where something else
 * than a text is there, or the value is no JSON, it cannot be decoded.
 *
 * <p><b>Thread safety:</b> has no state that changes.
 */
public final class JsonText implements SerializableFunction<KafkaText, String> {

  private static final long serialVersionUID = 1L;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              // Names of fields come from records: interning them would fill the JVM's table.
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String pointer;
  private transient JsonPointer compiled;

  private JsonText(String pointer) {
    this.pointer = pointer;
  }

  /**
   * The text at a place.
   *
   * @param pointer a JSON Pointer (RFC 6901), such as {@code /review/body}; the empty one stands
   *     for the whole value
   * @throws IllegalArgumentException if it is no pointer
   */
  public static JsonText at(String pointer) {
    try {
      JsonPointer.compile(pointer);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + pointer + "' is no JSON Pointer. One begins with a slash, such as /review/body.",
          e);
    }
    return new JsonText(pointer);
  }

  @Override
  public String apply(KafkaText record) {
    if (record.value() == null) {
      return null;
    }
    if (compiled == null) {
      compiled = JsonPointer.compile(pointer);
    }
    JsonNode found = read(record).at(compiled);
    if (found.isMissingNode() || found.isNull()) {
      return null;
    }
    if (!found.isTextual()) {
      throw new UnscorableException(
          DeadLetterReason.UNDECODABLE,
          "At " + pointer + " there is no text but of the type " + found.getNodeType() + ".");
    }
    return found.textValue();
  }

  private static JsonNode read(KafkaText record) {
    String value = record.decode();
    JsonNode root;
    try {
      root = JSON.readTree(value.startsWith(BYTE_ORDER_MARK) ? value.substring(1) : value);
    } catch (JsonProcessingException e) {
      // Where in the value, but not what is there: texts do not belong into logs.
      JsonLocation location = e.getLocation();
      throw undecodable(location == null ? "" : " at character " + location.getCharOffset());
    }
    if (root.isMissingNode()) {
      throw undecodable(": it is empty");
    }
    return root;
  }

  private static UnscorableException undecodable(String why) {
    return new UnscorableException(
        DeadLetterReason.UNDECODABLE, "The value is no JSON" + why + ".");
  }
}
