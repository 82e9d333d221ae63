package io.flinkinference.tools.data;

import java.nio.file.Path;
import java.util.Locale;

/** How a file of labelled texts is written; any of them may be gzipped. */
public enum DataFormat {
  /** Commas, quotes as in RFC 4180. */
  CSV,
  /** Tabs, without quotes. */
  TSV,
  /** A JSON object a line. */
  JSONL;

  /**
   * The format that the name of a file tells.
   *
   * @throws DataException if it tells none
   */
  static DataFormat of(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    name = isGzip(file) ? name.substring(0, name.length() - 3) : name;
    int dot = name.lastIndexOf('.');
    return switch (name.substring(dot + 1)) {
      case "csv" -> CSV;
      case "tsv", "tab" -> TSV;
      case "jsonl", "ndjson", "json" -> JSONL;
      default ->
          throw new DataException(
              file
                  + ": the name does not tell the format. End it with .csv, .tsv or .jsonl, each"
                  + " also with .gz behind it, or give --format.");
    };
  }

  static boolean isGzip(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
  }
}
