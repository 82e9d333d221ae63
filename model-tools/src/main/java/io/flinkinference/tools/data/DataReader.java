package io.flinkinference.tools.data;

import io.flinkinference.text.ByteOrderMark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads files of labelled texts: CSV, TSV, JSON Lines; UTF-8; gzipped or not. */
public final class DataReader {

  private static final int BUFFER = 1 << 16;

  private DataReader() {}

  /**
   * Reads a file whole.
   *
   * @param format or null for what the file's name tells
   * @throws DataException if it is no such file, or has no row that can be used
   * @throws IOException if it cannot be read
   */
  public static LabeledData read(Path file, DataFormat format, Columns columns) throws IOException {
    DataFormat known = format == null ? DataFormat.of(file) : format;
    RowTaker rows = new RowTaker(columns);
    try (BufferedReader in = open(file)) {
      switch (known) {
        case CSV -> TableRows.readCsv(in, rows);
        case TSV -> TableRows.readTabs(in, rows);
        case JSONL -> JsonRows.read(in, rows);
      }
    } catch (FileSystemException e) {
      throw e; // It names the file.
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    } catch (DataException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
    LabeledData data = rows.data();
    if (data.rows().isEmpty()) {
      String first = data.bad().isEmpty() ? "" : " Line " + line(data.bad().get(0));
      throw new DataException(file + " has no row that can be used." + first);
    }
    return data;
  }

  private static String line(BadRow bad) {
    return bad.line() + ": " + bad.why();
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      InputStream plain = DataFormat.isGzip(file) ? new GZIPInputStream(in, BUFFER) : in;
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), BUFFER);
      ByteOrderMark.skip(reader);
      return reader;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
