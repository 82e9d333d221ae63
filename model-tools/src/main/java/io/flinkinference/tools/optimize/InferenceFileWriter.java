package io.flinkinference.tools.optimize;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.flinkinference.model.InferenceFile;
import io.flinkinference.tools.graph.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what is known of a model beside it, where the operator reads it. */
final class InferenceFileWriter {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private InferenceFileWriter() {}

  static void write(OptimizeReport report, Path directory) throws IOException {
    Path file = directory.resolve(InferenceFile.NAME);
    try {
      Files.writeString(file, MAPPER.writeValueAsString(report) + "\n");
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    }
  }
}
