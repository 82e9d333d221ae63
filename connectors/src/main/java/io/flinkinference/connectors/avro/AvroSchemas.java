package io.flinkinference.connectors.avro;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The schemas of what the sinks write, as their files say them. Those of the generated classes mean
 * the same, but also say which Java class is to hold a string, which is nobody else's matter.
 */
public final class AvroSchemas {

  /** In this order: each names types of those before it. */
  private static final List<String> FILES =
      List.of("ScoredText", "InferenceResult", "BestLabel", "TextEmbedding", "TextEntities");

  private static final Schema.Parser FOUND = parse();

  private AvroSchemas() {}

  /** A text with what a model says about it. */
  public static Schema scoredText() {
    return schema("ScoredText");
  }

  /** What a model says about a text of the record that holds this. */
  public static Schema inferenceResult() {
    return schema("InferenceResult");
  }

  /** The best label alone. */
  public static Schema bestLabel() {
    return schema("BestLabel");
  }

  /** The vector alone. */
  public static Schema textEmbedding() {
    return schema("TextEmbedding");
  }

  /** The entities alone. */
  public static Schema textEntities() {
    return schema("TextEntities");
  }

  private static Schema schema(String name) {
    return FOUND.getTypes().get(AvroSchemas.class.getPackageName() + "." + name);
  }

  private static Schema.Parser parse() {
    Schema.Parser parser = new Schema.Parser();
    for (String file : FILES) {
      try (InputStream in = AvroSchemas.class.getResourceAsStream(file + ".avsc")) {
        parser.parse(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return parser;
  }
}
