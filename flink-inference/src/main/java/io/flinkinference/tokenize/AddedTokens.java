package io.flinkinference.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that stand for themselves wherever they are in a text, such as {@code [MASK]}: the first
 * one, and of those that begin there the longest (<a
 * href="https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/tokenizer/added_vocabulary.rs">added
 * vocabulary</a> of the tokenizers library). Immutable.
 */
public final class AddedTokens {

  /** Those whose first character is above it share one list. */
  private static final int ASCII = 0x80;

  private final Token[][] byFirst = new Token[ASCII + 1][];

  /**
   * One of them.
   *
   * @param content what stands in a text
   * @param id token id
   * @param normalized whether it is looked for in the text as it is normalised
   * @param takesBefore whether white space before it is part of it
   * @param takesAfter whether white space behind it is part of it
   */
  public record Token(
      String content, int id, boolean normalized, boolean takesBefore, boolean takesAfter) {}

  /** Takes a stretch of text between these tokens, never an empty one. */
  @FunctionalInterface
  public interface Stretches {

    /** From and to these characters. */
    void text(int from, int to);
  }

  /**
   * @param tokens none of them empty
   */
  public AddedTokens(List<Token> tokens) {
    for (int first = 0; first <= ASCII; first++) {
      int bucket = first;
      List<Token> found = new ArrayList<>();
      for (Token token : tokens) {
        if (bucket(token.content.charAt(0)) == bucket) {
          found.add(token);
        }
      }
      found.sort(Comparator.comparingInt((Token token) -> token.content.length()).reversed());
      byFirst[first] = found.isEmpty() ? null : found.toArray(Token[]::new);
    }
  }

  private static int bucket(char first) {
    return Math.min(first, ASCII);
  }

  /**
   * Reads {@code added_tokens} of a {@code tokenizer.json}.
   *
   * @param vocabulary of the file's model
   * @return empty if one must stand as a word of its own, if two might reach into each other, or if
   *     the ids are not those that the tokenizers library would give
   */
  public static Optional<List<Token>> read(JsonNode tokens, Map<String, Integer> vocabulary) {
    List<Token> read = new ArrayList<>();
    int highest = -1;
    for (JsonNode token : tokens) {
      String content = token.path("content").asText();
      // The library does not read the id: it looks it up, or counts on.
      int next = Math.max(highest + 1, vocabulary.size());
      int id = vocabulary.getOrDefault(content, next);
      if (content.isEmpty()
          || token.path("single_word").asBoolean()
          || id != token.path("id").asInt(-1)) {
        return Optional.empty();
      }
      highest = Math.max(highest, id);
      read.add(
          new Token(
              content,
              id,
              token.path("normalized").asBoolean(true),
              token.path("lstrip").asBoolean(),
              token.path("rstrip").asBoolean()));
    }
    boolean overlap =
        read.stream().anyMatch(Token::takesAfter)
            && read.stream().anyMatch(token -> Whitespace.is(token.content.charAt(0)));
    return overlap ? Optional.empty() : Optional.of(read);
  }

  /**
   * Splits a text at these tokens.
   *
   * @param ids where they go
   * @param between takes the rest, each stretch before the token behind it is added
   */
  public void split(String text, TokenIds ids, Stretches between) {
    int from = 0;
    for (int at = 0; at < text.length(); ) {
      Token token = at(text, at);
      if (token == null) {
        at++;
        continue;
      }
      int start = token.takesBefore ? Whitespace.before(text, at, from) : at;
      if (start > from) {
        between.text(from, start);
      }
      ids.add(token.id);
      at += token.content.length();
      at = token.takesAfter ? Whitespace.behind(text, at) : at;
      from = at;
    }
    if (from < text.length()) {
      between.text(from, text.length());
    }
  }

  /** The longest that stands there, or null. */
  private Token at(String text, int at) {
    Token[] candidates = byFirst[bucket(text.charAt(at))];
    if (candidates != null) {
      for (Token token : candidates) {
        if (text.startsWith(token.content, at)) {
          return token;
        }
      }
    }
    return null;
  }
}
