package io.flinkinference.reliability.chaos;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The class path of this JVM, taken apart as in production: in {@code lib/} Flink and the artifacts
 * with native libraries, which are loaded once; in the job's own class loader the job, this project
 * and the connectors. So each start of the job, and each rescale, comes with new classes, and what
 * depends on that is tried too.
 *
 * @param lib jars of Flink's {@code lib/}
 * @param userJars of the job
 */
public record ClassPath(List<Path> lib, List<Path> userJars) {

  private static final List<String> OF_THE_JOB =
      List.of(
          "flink-inference-",
          "flink-connector-",
          "kafka-clients-",
          "avro-",
          "caffeine-",
          "jackson-core-",
          "jackson-databind-",
          "jackson-annotations-");

  /** Main classes of the processes. */
  private static final String LOCAL = "flink-inference-local-";

  /** Takes it apart. */
  public static ClassPath ofThisJvm() {
    List<Path> jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .filter(Files::isRegularFile)
            .toList();
    List<Path> userJars = jars.stream().filter(ClassPath::isOfTheJob).toList();
    if (userJars.stream().noneMatch(jar -> name(jar).startsWith("flink-inference-reliability-"))) {
      throw new IllegalStateException(
          "The class path holds class directories, but a cluster takes jars. Run the suite with"
              + " mvn verify, which makes them.");
    }
    return new ClassPath(jars.stream().filter(jar -> !isOfTheJob(jar)).toList(), userJars);
  }

  private static boolean isOfTheJob(Path jar) {
    String name = name(jar);
    return OF_THE_JOB.stream().anyMatch(name::startsWith) && !name.startsWith(LOCAL);
  }

  private static String name(Path jar) {
    return jar.getFileName().toString();
  }
}
