package io.flinkinference.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However it ends, nothing of a broker is left. */
@Timeout(120)
class BrokerEndITCase {

  @Test
  void closeEndsTheProcessAndDeletesItsData() throws Exception {
    LocalKafka kafka = LocalKafka.start();
    Path directory = kafka.directory();
    assertThat(kafka.process().isAlive()).isTrue();
    assertThat(directory.resolve("server.properties")).exists();

    kafka.close();

    assertThat(kafka.process().isAlive()).isFalse();
    assertThat(directory).doesNotExist();
  }

  @Test
  void closeEndsABrokerThatHangs() throws Exception {
    LocalKafka kafka = LocalKafka.start();
    signal("-STOP", kafka.process().pid());

    kafka.close();

    assertThat(kafka.process().isAlive()).isFalse();
    assertThat(kafka.directory()).doesNotExist();
  }

  @Test
  void brokerEndsWithAParentThatIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = parent.inputReader()) {
      ProcessHandle broker = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
      Path directory = Path.of(said.readLine());
      assertThat(directory).exists();

      parent.destroyForcibly();

      broker.onExit().get(30, TimeUnit.SECONDS);
      assertThat(directory).doesNotExist();
    } finally {
      parent.destroyForcibly();
    }
  }

  private static void signal(String signal, long pid) throws Exception {
    List<String> command = List.of("kill", signal, Long.toString(pid));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  /** A program that starts a broker, says where it is, and waits to be killed. */
  static final class Parent {

    private Parent() {}

    public static void main(String[] args) throws Exception {
      LocalKafka kafka = LocalKafka.start();
      System.out.println(kafka.process().pid());
      System.out.println(kafka.directory());
      kafka.process().waitFor();
    }
  }
}
