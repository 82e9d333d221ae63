package io.flinkinference.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code bin/flink-inference}, in a project of empty files, with a java that tells its arguments.
 */
final class LauncherTest {

  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; else printf '%s\\n' "$@"; fi
      """;

  @TempDir private Path directory;
  private Path target;

  @BeforeEach
  void makeProject() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "bash"))),
        "There is no bash here.");
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Files.copy(
        Path.of("..", "bin", "flink-inference"),
        bin.resolve("flink-inference"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Path java = Files.createDirectories(directory.resolve("jdk").resolve("bin")).resolve("java");
    assertThat(Files.writeString(java, JAVA).toFile().setExecutable(true)).isTrue();
    Path pom = Files.writeString(directory.resolve("pom.xml"), "");
    Files.setLastModifiedTime(pom, FileTime.from(Instant.now().minusSeconds(60)));
    target = Files.createDirectories(directory.resolve("examples").resolve("target"));
    Path library = Files.writeString(directory.resolve("library.jar"), "");
    Files.writeString(target.resolve("classpath.txt"), library.toString());
    Files.writeString(target.resolve("flink-inference-examples-0.2.0.jar"), "");
    Path archiver = Files.createDirectories(target.resolve("maven-archiver"));
    Files.writeString(
        archiver.resolve("pom.properties"),
        "artifactId=flink-inference-examples\ngroupId=io.flinkinference\nversion=0.2.0\n");
  }

  @Test
  void jarOfTheLastBuildIsTakenWhateverLiesBesideIt() throws Exception {
    for (String name : List.of("0.1.0-SNAPSHOT", "0.2.0-application", "0.3.0")) {
      Files.writeString(target.resolve("flink-inference-examples-" + name + ".jar"), "");
    }
    String classPath = target.resolve("flink-inference-examples-0.2.0.jar").toRealPath().toString();
    assertThat(argumentsOfJava("inspect"))
        .containsSequence(
            "-cp",
            classPath + ":" + directory.resolve("library.jar"),
            "io.flinkinference.examples.FlinkInference",
            "inspect");
  }

  @ParameterizedTest
  @CsvSource({"score, true", "optimize, false", "finetune, false"})
  void commandsThatComputeInJavaHaveBothCompilers(String command, boolean one) throws Exception {
    assertThat(argumentsOfJava(command).contains("-XX:TieredStopAtLevel=1")).isEqualTo(one);
  }

  @Test
  void twoThatFindNoBuildBuildOnce() throws Exception {
    Files.delete(target.resolve("classpath.txt"));
    script("jdk/bin/javac", "");
    script(
        "maven/mvn",
        """
        echo begin >> builds
        sleep 1
        printf %s "$PWD/library.jar" > examples/target/classpath.txt
        echo end >> builds
        """);
    Process one = start("inspect", "one");
    Process other = start("inspect", "other");
    for (Process each : List.of(one, other)) {
      assertThat(each.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(each.exitValue()).isZero();
    }
    assertThat(directory.resolve("builds")).hasContent("begin\nend\n");
    assertThat(directory.resolve("target")).isEmptyDirectory();
  }

  @Test
  void buildWhoseProcessWasKilledHoldsNobodyUp() throws Exception {
    Files.delete(target.resolve("classpath.txt"));
    script("jdk/bin/javac", "");
    script("maven/mvn", "printf %s \"$PWD/library.jar\" > examples/target/classpath.txt\n");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createSymbolicLink(
        Files.createDirectories(directory.resolve("target")).resolve("building"),
        Path.of(Long.toString(gone.pid())));
    assertThat(argumentsOfJava("inspect")).contains("inspect");
  }

  private void script(String file, String lines) throws Exception {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    assertThat(Files.writeString(path, "#!/bin/sh\n" + lines).toFile().setExecutable(true))
        .isTrue();
  }

  private List<String> argumentsOfJava(String command) throws Exception {
    Process process = start(command, "told");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    List<String> lines = Files.readAllLines(directory.resolve("told"));
    assertThat(process.exitValue()).as("%s", lines).isZero();
    return lines;
  }

  /** By a relative path, as the README has it, and with a CDPATH, as some shells have one. */
  private Process start(String command, String told) throws Exception {
    ProcessBuilder launcher =
        new ProcessBuilder("bash", "bin/flink-inference", command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(told).toFile());
    launcher.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    launcher.environment().put("CDPATH", ".");
    launcher
        .environment()
        .merge("PATH", directory.resolve("maven").toString(), (old, own) -> own + ":" + old);
    launcher.environment().remove("FLINK_INFERENCE_JAVA_OPTS");
    return launcher.start();
  }
}
