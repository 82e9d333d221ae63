package io.flinkinference.tools.vocabulary;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.text.Encoding;
import io.flinkinference.tools.graph.Graph;
import io.flinkinference.tools.graph.GraphException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/**
 * Makes a model's vocabulary smaller: tokens that its texts do not use are taken out of the
 * tokenizer and out of the embedding table.
 *
 * <p>Texts all of whose tokens are kept get the same tokens, in new numbers, and so the same bits
 * as results. Other texts fall into more and smaller pieces. Single characters are always kept, and
 * of WordPiece also tokens that the vocabulary cannot spell with them, so that words become unknown
 * only where the longest of these leads into a dead end.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class VocabularyPruning {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Other files that have the tokens too, under ids that would be wrong now. */
  private static final List<String> OTHER_FORMS =
      List.of(
          "vocab.txt",
          "vocab.json",
          "merges.txt",
          "added_tokens.json",
          "sentencepiece.bpe.model",
          "spiece.model",
          "spm.model",
          "tokenizer.model");

  private final Path directory;
  private final ObjectNode tokenizer;
  private final Vocabulary vocabulary;
  private final BitSet used = new BitSet();

  private VocabularyPruning(Path directory, ObjectNode tokenizer) {
    this.directory = directory;
    this.tokenizer = tokenizer;
    this.vocabulary = new Vocabulary(tokenizer);
  }

  /** Begins with the tokenizer of a model directory. */
  public static VocabularyPruning of(Path directory) {
    return new VocabularyPruning(directory, read(directory.resolve("tokenizer.json")));
  }

  /** Notes that a text's tokens are used. */
  public void use(Encoding text) {
    for (int i = 0; i < text.length(); i++) {
      used.set(text.id(i));
    }
  }

  /**
   * Writes {@code tokenizer.json}, {@code tokenizer_config.json} and {@code config.json} with the
   * tokens that are left, and takes the rows of the others out of a graph. Other forms of the
   * tokenizer, such as {@code vocab.txt}, are deleted there: their ids are of other rows.
   *
   * @param graph whose embedding table has a row for each token
   * @param padding id that fills rows
   * @param to the directory of the new model
   * @return how large the vocabulary was and is
   */
  public Sizes apply(Graph graph, int padding, Path to) throws IOException {
    Keeping keeping = vocabulary.keeping(used);
    ObjectNode config = read(directory.resolve("config.json"));
    if (!keeping.has(padding)) {
      throw new GraphException(
          "Padding has the id "
              + padding
              + ", of which the tokenizer has no special token. Take config.json, tokenizer.json and"
              + " tokenizer_config.json from the same model.");
    }
    if (keeping.newId(padding) != padding) {
      throw new GraphException(
          "The padding token has the id "
              + padding
              + " in a vocabulary whose earlier ids would be taken out, and graphs may count"
              + " positions by it. The vocabulary of this model cannot be made smaller.");
    }
    int rows = EmbeddingTable.reduce(graph, keeping);
    ObjectNode smaller = tokenizer.deepCopy();
    vocabulary.reduce((ObjectNode) smaller.get("model"), keeping);
    TokenizerIds.renumberTokenizer(smaller, keeping);
    TokenizerIds.renumberConfig(config, keeping);
    JSON.writeValue(to.resolve("tokenizer.json").toFile(), smaller);
    JSON.writerWithDefaultPrettyPrinter().writeValue(to.resolve("config.json").toFile(), config);
    for (String name : OTHER_FORMS) {
      Files.deleteIfExists(to.resolve(name));
    }
    Path settings = directory.resolve("tokenizer_config.json");
    if (Files.exists(settings)) {
      ObjectNode tokenizerConfig = read(settings);
      TokenizerIds.renumberTokenizerConfig(tokenizerConfig, keeping);
      JSON.writerWithDefaultPrettyPrinter()
          .writeValue(to.resolve("tokenizer_config.json").toFile(), tokenizerConfig);
    }
    return new Sizes(rows, keeping.size());
  }

  private static ObjectNode read(Path file) {
    try {
      return (ObjectNode) JSON.readTree(file.toFile());
    } catch (IOException | ClassCastException e) {
      throw new GraphException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Sizes of the embedding table.
   *
   * @param before rows that it had
   * @param after rows that it has
   */
  public record Sizes(int before, int after) {}
}
