package io.flinkinference.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubwordsTest {

  @TempDir Path directory;

  @Test
  void markedTokensAreKnownByTheirLength() {
    Subwords subwords = new Subwords(true, "[UNK]");
    assertThat(subwords.continues("york", "New Yorkers", 4, 8)).isFalse();
    assertThat(subwords.continues("##ers", "New Yorkers", 8, 11)).isTrue();
    assertThat(subwords.continues("[UNK]", "a \uD83D\uDE00", 2, 4)).isFalse();
  }

  @Test
  void othersAreKnownByTheBlankBeforeThem() {
    Subwords subwords = new Subwords(false, null);
    assertThat(subwords.continues("\u0120York", "New York", 3, 8)).isFalse();
    assertThat(subwords.continues("\u0120York", "New York", 4, 8)).isFalse();
    assertThat(subwords.continues("ers", "New Yorkers", 8, 11)).isTrue();
    assertThat(subwords.continues("New", "New", 0, 3)).isFalse();
  }

  @Test
  void theRuleIsReadFromTheTokenizersFile() throws Exception {
    Path file = directory.resolve("tokenizer.json");
    Files.writeString(
        file, "{\"model\": {\"continuing_subword_prefix\": \"##\", \"unk_token\": \"[UNK]\"}}");
    assertThat(Subwords.read(file)).isEqualTo(new Subwords(true, "[UNK]"));
    Files.writeString(file, "{\"model\": {\"type\": \"Unigram\", \"unk_id\": 0}}");
    assertThat(Subwords.read(file)).isEqualTo(new Subwords(false, null));
  }
}
