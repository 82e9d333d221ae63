package io.flinkinference.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The special tokens around a text and around a pair of texts, from the {@code post_processor} of a
 * {@code tokenizer.json}. Immutable.
 */
public final class Template {

  /** Stand for the texts among the ids of the special tokens. */
  private static final int TEXT = -1;

  private static final int SECOND = -2;

  private final List<Part> single;
  private final List<Part> pair;

  /**
   * @param id of a special token, or {@link #TEXT} or {@link #SECOND}
   * @param typeId segment
   */
  private record Part(int id, int typeId) {}

  private Template(List<Part> single, List<Part> pair) {
    this.single = single;
    this.pair = pair;
  }

  /**
   * Reads a post-processor.
   *
   * @return empty if it is of a kind that is not known here, adds no special token, or has not each
   *     text once and in order
   */
  public static Optional<Template> read(JsonNode processor) {
    return switch (processor.path("type").asText()) {
      // With the fields of the other one the library takes it for that.
      case "BertProcessing" ->
          processor.has("trim_offsets")
              ? Optional.empty()
              : Optional.of(processing(processor, false));
      case "RobertaProcessing" -> Optional.of(processing(processor, true));
      case "TemplateProcessing" -> template(processor);
      case "Sequence" -> sequence(processor.path("processors"));
      default -> Optional.empty();
    };
  }

  private static Template processing(JsonNode processor, boolean roberta) {
    int start = processor.path("cls").path(1).asInt();
    int end = processor.path("sep").path(1).asInt();
    List<Part> single = List.of(new Part(start, 0), new Part(TEXT, 0), new Part(end, 0));
    List<Part> pair = new ArrayList<>(single);
    if (roberta) {
      pair.add(new Part(end, 0));
    }
    int typeId = roberta ? 0 : 1;
    pair.add(new Part(SECOND, typeId));
    pair.add(new Part(end, typeId));
    return new Template(single, List.copyOf(pair));
  }

  /** That of bytes only changes where tokens stand in the text. */
  private static Optional<Template> sequence(JsonNode processors) {
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode processor : processors) {
      if (!processor.path("type").asText().equals("ByteLevel")) {
        others.add(processor);
      }
    }
    return others.size() == 1 ? read(others.get(0)) : Optional.empty();
  }

  private static Optional<Template> template(JsonNode processor) {
    JsonNode special = processor.path("special_tokens");
    List<Part> single = parts(processor.path("single"), special);
    List<Part> pair = parts(processor.path("pair"), special);
    boolean known =
        texts(single).equals(List.of(TEXT)) && texts(pair).equals(List.of(TEXT, SECOND));
    return known && single.size() > 1 ? Optional.of(new Template(single, pair)) : Optional.empty();
  }

  private static List<Integer> texts(List<Part> parts) {
    return parts.stream().map(Part::id).filter(id -> id < 0).toList();
  }

  private static List<Part> parts(JsonNode template, JsonNode special) {
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : template) {
      JsonNode text = part.path("Sequence");
      JsonNode token = part.path("SpecialToken");
      if (text.isObject()) {
        int id = text.path("id").asText().equals("A") ? TEXT : SECOND;
        parts.add(new Part(id, text.path("type_id").asInt()));
      } else {
        for (JsonNode id : special.path(token.path("id").asText()).path("ids")) {
          parts.add(new Part(id.asInt(), token.path("type_id").asInt()));
        }
      }
    }
    return List.copyOf(parts);
  }

  WholeText around(TokenIds text, int maxTokens, boolean cut) {
    return around(single, text, null, maxTokens, cut);
  }

  WholeText around(TokenIds text, TokenIds second, int maxTokens, boolean cut) {
    return around(pair, text, second, maxTokens, cut);
  }

  private static WholeText around(
      List<Part> parts, TokenIds text, TokenIds second, int maxTokens, boolean cut) {
    int texts = second == null ? 1 : 2;
    int length = parts.size() - texts + text.size() + (second == null ? 0 : second.size());
    int[] ids = new int[length];
    int[] typeIds = new int[length];
    int[] places = new int[2 * texts];
    boolean typed = false;
    int at = 0;
    for (Part part : parts) {
      int from = at;
      if (part.id >= 0) {
        ids[at++] = part.id;
      } else {
        TokenIds tokens = part.id == TEXT ? text : second;
        tokens.copyTo(ids, at);
        at += tokens.size();
        int place = part.id == TEXT ? 0 : 2;
        places[place] = from;
        places[place + 1] = at;
      }
      if (part.typeId != 0 && at > from) {
        Arrays.fill(typeIds, from, at, part.typeId);
        typed = true;
      }
    }
    return WholeText.of(ids, typed ? typeIds : null, null, maxTokens, cut, places);
  }
}
