package io.flinkinference.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models that Maven artifacts bring along, unpacked once into {@link CacheDirectory} and then read
 * like any directory.
 *
 * <p>A directory is written under a temporary name, forced to disk and renamed, so that other
 * processes see all of it or nothing. Its name holds a checksum of its content: two versions of an
 * artifact do not share one. One whose files have not the length of the resources is replaced.
 */
final class BundledRepository implements ModelRepository {

  private static final Logger LOG = LoggerFactory.getLogger(BundledRepository.class);

  private static final int ATTEMPTS = 5;

  @Override
  public Model resolve(String id, GraphChoice choice) {
    BundledModel model =
        BundledModel.named(id)
            .orElseThrow(
                () ->
                    new ModelException(
                        "There is no bundled model \""
                            + id
                            + "\". The bundled models are "
                            + String.join(", ", BundledModel.names())
                            + "."));
    if (!choice.file().isEmpty()) {
      throw new ModelException(
          "The bundled model "
              + id
              + " has one graph, but inference.model.file names "
              + choice.file()
              + ". Leave the option out.");
    }
    Map<String, URL> resources = model.resources();
    try {
      Model read = ModelDirectoryReader.read(unpacked(model.name(), resources), id);
      choice.require(
          "The bundled model " + id,
          read.graph(),
          "The bundled models are " + String.join(", ", BundledModel.names()) + ".");
      return read;
    } catch (IOException e) {
      throw new ModelException("Cannot unpack the bundled model " + id + ": " + e.getMessage(), e);
    }
  }

  private static Path unpacked(String name, Map<String, URL> resources) throws IOException {
    Map<String, ResourceStamp> stamps = new LinkedHashMap<>();
    for (Map.Entry<String, URL> resource : resources.entrySet()) {
      stamps.put(resource.getKey(), ResourceStamp.of(resource.getValue()));
    }
    Path models = CacheDirectory.subdirectory("models");
    Path directory = models.resolve(name + "-" + checksum(stamps));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (isComplete(directory, stamps)) {
        return directory;
      }
      removeLeftBehind(models);
      Path written = Files.createTempDirectory(models, name + ".tmp");
      try {
        write(written, resources);
        if (Files.exists(directory) && !isComplete(directory, stamps)) {
          setAside(directory, models);
        }
        // Fails where another process was faster; what that has written is looked at next.
        Files.move(written, directory, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileSystemException e) {
        if (!Files.exists(directory)) {
          throw e;
        }
      } finally {
        deleteTree(written);
      }
    }
    throw new IOException(
        "the files in " + directory + " do not keep the length they should have.");
  }

  /** Processes that were killed left it, and a container is started again and again. */
  private static void removeLeftBehind(Path models) throws IOException {
    FileTime since = FileTime.from(Instant.now().minus(TemporaryGraph.LEFT_BEHIND));
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(models, "*.tmp*")) {
      for (Path directory : directories) {
        try {
          if (Files.getLastModifiedTime(directory).compareTo(since) < 0) {
            deleteTree(directory);
          }
        } catch (IOException e) {
          LOG.debug("The directory {} was left behind, and is gone or not ours.", directory, e);
        }
      }
    }
  }

  private static boolean isComplete(Path directory, Map<String, ResourceStamp> stamps)
      throws IOException {
    for (Map.Entry<String, ResourceStamp> stamp : stamps.entrySet()) {
      Path file = directory.resolve(stamp.getKey());
      long length = stamp.getValue().length();
      if (!Files.isRegularFile(file) || (length >= 0 && Files.size(file) != length)) {
        return false;
      }
    }
    return true;
  }

  private static void write(Path directory, Map<String, URL> resources) throws IOException {
    for (Map.Entry<String, URL> resource : resources.entrySet()) {
      Path file = directory.resolve(resource.getKey());
      Files.createDirectories(file.getParent());
      URLConnection connection = resource.getValue().openConnection();
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        Files.copy(in, file);
      }
      // Renamed but not yet written, a file would have its length and no content after a crash.
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  /** Renames a directory before it is deleted, so that no one finds half of it. */
  private static void setAside(Path directory, Path models) throws IOException {
    Path aside = Files.createTempDirectory(models, "broken.tmp");
    Files.move(directory, aside.resolve("model"), StandardCopyOption.ATOMIC_MOVE);
    deleteTree(aside);
  }

  private static String checksum(Map<String, ResourceStamp> stamps) {
    CRC32 crc = new CRC32();
    crc.update(stamps.toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
