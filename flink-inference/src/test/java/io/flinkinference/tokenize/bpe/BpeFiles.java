package io.flinkinference.tokenize.bpe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.knuddels.jtokkit.Encodings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes files {@code tokenizer.json} of byte-level BPE. */
public final class BpeFiles {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<String> vocabulary = new ArrayList<>();
  private final List<String> merges = new ArrayList<>();

  /** Bytes and no merges. */
  static BpeFiles bytes() {
    BpeFiles files = new BpeFiles();
    for (char c : ByteAlphabet.characters()) {
      files.vocabulary.add(String.valueOf(c));
    }
    return files;
  }

  /**
   * The vocabulary of GPT-2, whose merges are also those of RoBERTa. It lists tokens by rank; the
   * merge that makes one joins what all earlier merges leave of it.
   */
  public static BpeFiles gpt2() throws IOException {
    BpeFiles files = new BpeFiles();
    Map<String, Integer> ranks = new HashMap<>();
    try (InputStream file = Encodings.class.getResourceAsStream("r50k_base.tiktoken");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
      for (String line; (line = lines.readLine()) != null; ) {
        String token = visible(Base64.getDecoder().decode(line.substring(0, line.indexOf(' '))));
        if (token.length() > 1) {
          List<String> parts = parts(token, ranks);
          files.merges.add(parts.get(0) + " " + parts.get(1));
        }
        ranks.put(token, files.vocabulary.size());
        files.vocabulary.add(token);
      }
    }
    return files;
  }

  private static String visible(byte... bytes) {
    char[] alphabet = ByteAlphabet.characters();
    StringBuilder token = new StringBuilder();
    for (byte b : bytes) {
      token.append(alphabet[Byte.toUnsignedInt(b)]);
    }
    return token.toString();
  }

  /** What is left of a token by merging, in the plainest way, until it would be one. */
  private static List<String> parts(String token, Map<String, Integer> ranks) {
    List<String> parts = new ArrayList<>(token.chars().mapToObj(Character::toString).toList());
    while (parts.size() > 2) {
      int best = 0;
      int least = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < parts.size(); i++) {
        int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
        if (rank < least) {
          least = rank;
          best = i;
        }
      }
      parts.set(best, parts.get(best) + parts.remove(best + 1));
    }
    return parts;
  }

  /** Two neighbours become one token; both must be tokens already. */
  BpeFiles merge(String left, String right) {
    merges.add(left + " " + right);
    if (!vocabulary.contains(left + right)) {
      vocabulary.add(left + right);
    }
    return this;
  }

  /** The tree, with the frame of RoBERTa and without added tokens. */
  public ObjectNode tree() {
    ObjectNode root = MAPPER.createObjectNode();
    root.putArray("added_tokens");
    root.putNull("normalizer");
    root.putObject("pre_tokenizer")
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
    ObjectNode frame = root.putObject("post_processor").put("type", "RobertaProcessing");
    frame.putArray("sep").add(vocabulary.get(1)).add(1);
    frame.putArray("cls").add(vocabulary.get(0)).add(0);
    frame.put("trim_offsets", true).put("add_prefix_space", false);
    root.putNull("decoder");
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode ids = model.putObject("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      ids.put(vocabulary.get(id), id);
    }
    ArrayNode list = model.putArray("merges");
    merges.forEach(list::add);
    return root;
  }

  /** Adds a token behind the vocabulary. */
  public static ObjectNode addToken(ObjectNode tree, String content) {
    ArrayNode added = (ArrayNode) tree.get("added_tokens");
    return added
        .addObject()
        .put("id", tree.get("model").get("vocab").size() + added.size() - 1)
        .put("content", content)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  public static Path write(ObjectNode tree, Path directory) throws IOException {
    Path file = directory.resolve("tokenizer.json");
    MAPPER.writeValue(file.toFile(), tree);
    return file;
  }
}
