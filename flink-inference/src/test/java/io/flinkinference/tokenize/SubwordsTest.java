package io.flinkinference.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubwordsTest {

  @TempDir Path directory;

  @Test
  void markedTokensAreKnownByTheirLength() {
    Subwords subwords = new Subwords(true, 100);
    assertThat(subwords.continues(7, "york", "New Yorkers", 4, 8)).isFalse();
    assertThat(subwords.continues(8, "##ers", "New Yorkers", 8, 11)).isTrue();
    assertThat(subwords.continues(100, "[UNK]", "a \uD83D\uDE00", 2, 4)).isFalse();
  }

  @Test
  void othersAreKnownByTheBlankBeforeThem() {
    Subwords subwords = new Subwords(false, Subwords.NONE);
    assertThat(subwords.continues(1, "\u0120York", "New York", 3, 8)).isFalse();
    assertThat(subwords.continues(1, "\u0120York", "New York", 4, 8)).isFalse();
    assertThat(subwords.continues(2, "ers", "New Yorkers", 8, 11)).isTrue();
    assertThat(subwords.continues(3, "New", "New", 0, 3)).isFalse();
  }

  @Test
  void tokensOfNothingGoOnUnlessABlankFollows() {
    Subwords subwords = new Subwords(false, Subwords.NONE);
    assertThat(subwords.continues(1, "\u2581", "a b", 1, 1)).isFalse();
    assertThat(subwords.continues(1, "\u2581", "ab", 1, 1)).isTrue();
    assertThat(subwords.continues(1, "\u2581", "ab", 2, 2)).isTrue();
  }

  /** A Unigram tokenizer gives it what stands in the text as its name. */
  @Test
  void unknownWordsAreKnownByTheirIdAndBeginAWord() {
    Subwords subwords = new Subwords(false, 3);
    assertThat(subwords.continues(3, "\uD83D\uDE00", "a\uD83D\uDE00", 1, 3)).isFalse();
  }

  @Test
  void theRuleIsReadFromTheTokenizersFile() throws Exception {
    assertThat(read("{'continuing_subword_prefix': '##', 'unk_token': 'u', 'vocab': {'u': 5}}"))
        .isEqualTo(new Subwords(true, 5));
    assertThat(read("{'type': 'Unigram', 'unk_id': 3, 'vocab': [['u', 0]]}"))
        .isEqualTo(new Subwords(false, 3));
    assertThat(read("{'type': 'BPE', 'unk_token': null, 'vocab': {'u': 5}}"))
        .isEqualTo(new Subwords(false, Subwords.NONE));
  }

  @Test
  void theUnknownTokenIsThatOfTheFileBesideIt() throws Exception {
    Path config = directory.resolve("tokenizer_config.json");
    Files.writeString(config, "{\"unk_token\": {\"content\": \"a\"}}");
    assertThat(read("{'type': 'BPE', 'vocab': {'u': 5}}")).isEqualTo(new Subwords(false, 9));
    Files.writeString(config, "{\"unk_token\": \"u\"}");
    assertThat(read("{'type': 'BPE', 'vocab': {'u': 5}}")).isEqualTo(new Subwords(false, 5));
    Files.writeString(config, "{}");
    assertThat(read("{'unk_token': 'a', 'vocab': {'u': 5}}")).isEqualTo(new Subwords(false, 9));
  }

  private Subwords read(String model) throws IOException {
    Path file = directory.resolve("tokenizer.json");
    String json = "{'added_tokens': [{'id': 9, 'content': 'a'}], 'model': " + model + "}";
    Files.writeString(file, json.replace('\'', '"'));
    return Subwords.read(file);
  }
}
