package io.flinkinference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;

/** Makes docs/options.md from the options themselves. */
final class OptionsPage {

  static final Path FILE = Path.of("..", "docs", "options.md");

  private OptionsPage() {}

  static String render() {
    StringBuilder page =
        new StringBuilder(
            """
            # Options of an inference operator

            This page is made from `InferenceOptions`; the build fails when it is out of date. To
            make it anew: `mvn -B -ntp -pl flink-inference test -Dtest=OptionsPageTest -Doptions.write`.

            Java, SQL and the command line take these names in full. In the section `inference` of a job's
            file, and in `job.inference` of the chart, `inference.` is left out, and the rest is one key, dots
            and all: `text.max-tokens: 128` ([job.md](job.md#options-of-the-inference)).

            | key | default | meaning |
            |---|---|---|
            """);
    for (ConfigOption<?> option : InferenceOptions.ALL) {
      page.append("| `")
          .append(option.key())
          .append("` | ")
          .append(option.hasDefaultValue() ? "`" + option.defaultValue() + "`" : "none")
          .append(" | ")
          .append(new HtmlFormatter().format(option.description()))
          .append(" |\n");
    }
    return page.toString();
  }

  static void write() throws IOException {
    Files.writeString(FILE, render(), StandardCharsets.UTF_8);
  }
}
