package io.flinkinference.examples.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JobPagesTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final Path PAGE = DOCS.resolve("configuration.md");
  private static final Path SCHEMA = DOCS.resolve("job.schema.json");

  private static final String HEAD =
      """
      # The file of a scoring job

      This page is made from the declarations in `io.flinkinference.examples.job`, as is job.schema.json, by
      which editors complete the file; the build fails when they are out of date. To make them anew:
      `mvn -B -ntp -pl examples -am test -Dtest=JobPagesTest -Dsurefire.failIfNoSpecifiedTests=false
      -Dpages.write`. How to write a job is told in [job.md](job.md).

      Any value may be, or have in it, `${env:NAME}` for an environment variable or `${file:/path}` for the
      contents of a file, both of the process that reads the job's file.
      """;

  @Test
  void pagesSayWhatTheDeclarationsSay() throws Exception {
    String page = HEAD + JobFile.referencePage();
    if (System.getProperty("pages.write") != null) {
      Files.writeString(PAGE, page);
      Files.writeString(SCHEMA, JobFile.jsonSchema());
    }
    assertThat(Files.readString(PAGE)).as("it says itself how to make it anew").isEqualTo(page);
    assertThat(Files.readString(SCHEMA)).isEqualTo(JobFile.jsonSchema());
  }
}
