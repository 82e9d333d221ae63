package io.flinkinference.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each server tells of a port that is taken, so that others are tried. */
@Timeout(120)
class TakenPortsITCase {

  @TempDir Path directory;
  private ServerSocket other;

  @BeforeEach
  void takePort() throws Exception {
    other = new ServerSocket(0, 50, FreePorts.loopback());
  }

  @AfterEach
  void givePortBack() throws Exception {
    other.close();
  }

  @Test
  void portOfZooKeeper() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    assertThatThrownBy(() -> LocalZooKeeper.startOn(other.getLocalPort(), directory, data))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("zookeeper found a port taken");
  }

  @Test
  void portOfTheJobManagersWebInterface() throws Exception {
    assertTaken(other.getLocalPort(), FreePorts.find(1)[0]);
  }

  @Test
  void portOfTheJobManager() throws Exception {
    assertTaken(FreePorts.find(1)[0], other.getLocalPort());
  }

  private void assertTaken(int... ports) {
    assertThatThrownBy(
            () ->
                LocalFlinkCluster.startOn(
                    ports,
                    directory,
                    LocalFlinkClusterITCase.classPath(),
                    LocalFlinkClusterITCase.small()))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("jobmanager-1 found a port taken");
  }
}
