package io.flinkinference.examples.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** A schema of Avro in a file (.avsc) where the job is started. */
final class SchemaFile {

  private SchemaFile() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if there is no such file, or no schema in it
   */
  static Schema read(String file) {
    try {
      return new Schema.Parser().parse(Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException("There is no such file that can be read.", e);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException("There is no schema of Avro in it: " + e.getMessage(), e);
    }
  }
}
