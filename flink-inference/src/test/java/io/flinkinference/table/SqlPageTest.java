package io.flinkinference.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class SqlPageTest {

  @Test
  void theTablesSayWhatTheCodeSays() throws Exception {
    String page = Files.readString(SqlPage.FILE);
    if (System.getProperty("sql.write") != null) {
      page = SqlPage.with(page);
      Files.writeString(SqlPage.FILE, page);
    }
    assertThat(page)
        .as("docs/sql.md; it says itself how to make its tables anew")
        .isEqualTo(SqlPage.with(page));
  }
}
