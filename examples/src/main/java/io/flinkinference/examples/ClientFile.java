package io.flinkinference.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * A file of properties of Kafka clients. Does not show their values.
 *
 * @param bootstrapServers the brokers, or null where it names none
 */
record ClientFile(String bootstrapServers, Map<String, String> properties) {

  /**
   * Reads a file.
   *
   * @param file null for none
   */
  static ClientFile read(Path file) throws IOException {
    Properties loaded = new Properties();
    if (file != null) {
      try (InputStream in = Files.newInputStream(file)) {
        loaded.load(in);
      } catch (NoSuchFileException e) {
        throw new FileNotFoundException("There is no file " + file + " to take --config from.");
      } catch (IllegalArgumentException e) {
        // Its words may be a part of a value.
        throw new IOException(file + " is no file of properties: it has a wrong \\u escape.");
      }
    }
    Map<String, String> properties = new HashMap<>();
    loaded.stringPropertyNames().forEach(name -> properties.put(name, loaded.getProperty(name)));
    String servers = properties.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    return new ClientFile(servers, properties);
  }

  @Override
  public String toString() {
    return "ClientFile" + properties.keySet();
  }
}
