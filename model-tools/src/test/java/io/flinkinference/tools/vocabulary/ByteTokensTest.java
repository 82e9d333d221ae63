package io.flinkinference.tools.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With vocabularies that have a token for each byte, as those of Llama and Gemma do. */
final class ByteTokensTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private static List<String> tokens() {
    List<String> tokens = new ArrayList<>(List.of("<unk>"));
    for (int i = 0; i < 256; i++) {
      tokens.add("<0x%02X>".formatted(i));
    }
    tokens.addAll(List.of("a", "b", "c", "ab", "bc"));
    return tokens;
  }

  private static ObjectNode tokenizer(String type) {
    ObjectNode tokenizer = JSON.createObjectNode();
    tokenizer.put("version", "1.0");
    tokenizer.putArray("added_tokens");
    tokenizer.putObject("model").put("type", type).put("byte_fallback", true);
    return tokenizer;
  }

  @Test
  void charactersWithoutATokenAreTheSameBytesAfterMerging() throws IOException {
    ObjectNode tokenizer = tokenizer("BPE");
    ObjectNode model = (ObjectNode) tokenizer.get("model");
    model.put("unk_token", "<unk>");
    ObjectNode vocabulary = model.putObject("vocab");
    tokens().forEach(token -> vocabulary.put(token, vocabulary.size()));
    model.putArray("merges").add("a b").add("b c");
    staysTheSame(tokenizer);
  }

  @Test
  void charactersWithoutATokenAreTheSameBytesByScores() throws IOException {
    ObjectNode tokenizer = tokenizer("Unigram");
    ObjectNode model = (ObjectNode) tokenizer.get("model");
    model.put("unk_id", 0);
    ArrayNode vocabulary = model.putArray("vocab");
    tokens().forEach(token -> vocabulary.addArray().add(token).add(-token.length() / 2.0));
    staysTheSame(tokenizer);
  }

  /** Only the token "bc" goes. */
  private void staysTheSame(ObjectNode tokenizer) throws IOException {
    Path file = directory.resolve("tokenizer.json");
    Path smaller = directory.resolve("smaller.json");
    JSON.writeValue(file.toFile(), tokenizer);
    BitSet used = new BitSet();
    used.set(tokens().indexOf("ab"));
    Vocabulary vocabulary = new Vocabulary(tokenizer.deepCopy());
    Keeping keeping = vocabulary.keeping(used);
    assertThat(keeping.size()).isEqualTo(tokens().size() - 1);
    vocabulary.reduce((ObjectNode) tokenizer.get("model"), keeping);
    JSON.writeValue(smaller.toFile(), tokenizer);
    assertThat(ids(smaller)).isEqualTo(ids(file)).hasSize(4);
  }

  /** Ids of a known token and of a character of three bytes, all before the token that goes. */
  private static List<Integer> ids(Path tokenizer) {
    try (DjlTokenizer open = DjlTokenizer.open(tokenizer, 48, 10_000)) {
      Encoding encoding = open.encode(TextInput.of("ab€"));
      List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < encoding.length(); i++) {
        ids.add(encoding.id(i));
      }
      return ids;
    }
  }
}
