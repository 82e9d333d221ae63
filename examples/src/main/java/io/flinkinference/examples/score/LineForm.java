package io.flinkinference.examples.score;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.result.UnscorableException;
import java.util.function.Function;

/**
 * Where the text of a line is, and its second text where there is one. What is not there is an
 * {@link UnscorableException}, so that the line is reported by its number.
 *
 * @param text finds the text
 * @param pair finds the second text; null where lines have one
 */
public record LineForm(Function<Line, String> text, Function<Line, String> pair) {

  /** The line is the text. */
  public static final LineForm TEXT = new LineForm(Line::text, null);

  /** Two texts with a tab between. */
  public static final LineForm TAB =
      new LineForm(
          line -> line.text().substring(0, tab(line)),
          line -> line.text().substring(tab(line) + 1));

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * The line is a JSON object.
   *
   * @param field JSON Pointer of the text, such as /body
   * @param pairField that of the second text, or null
   * @throws IllegalArgumentException if one is no JSON Pointer
   */
  public static LineForm json(String field, String pairField) {
    return new LineForm(at(field), pairField == null ? null : at(pairField));
  }

  private static int tab(Line line) {
    String text = line.text();
    int tab = text.indexOf('\t');
    if (tab < 0 || text.indexOf('\t', tab + 1) >= 0) {
      throw new UnscorableException(
          DeadLetterReason.UNDECODABLE, "The line is not two texts with one tab between.");
    }
    return tab;
  }

  private static Function<Line, String> at(String pointer) {
    JsonPointer place = JsonPointer.compile(pointer);
    return line -> {
      JsonNode found = parse(line).at(place);
      if (!found.isTextual()) {
        throw new UnscorableException(
            found.isMissingNode() || found.isNull()
                ? DeadLetterReason.NULL_TEXT
                : DeadLetterReason.UNDECODABLE,
            "There is no text at " + pointer + " of the line's JSON.");
      }
      return found.textValue();
    };
  }

  private static JsonNode parse(Line line) {
    try {
      return JSON.readTree(line.text());
    } catch (JsonProcessingException e) {
      // Its own message shows the line.
      throw new UnscorableException(DeadLetterReason.UNDECODABLE, "The line is no JSON.");
    }
  }
}
