package io.flinkinference.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BrokerProcessITCase {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private BrokerProcess broker;

  /** Also where an assertion failed before. */
  @AfterEach
  void end() {
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void takenBrokerPortIsReportedAsSuch() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, FreePorts.loopback())) {
      broker = BrokerProcess.launch(other.getLocalPort(), FreePorts.two()[0]);

      assertThatThrownBy(() -> broker.awaitReady(LIMIT))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("kafka found a port taken");
      assertThat(broker.process().isAlive()).isFalse();
      assertThat(broker.directory()).doesNotExist();
    }
  }

  @Test
  void takenControllerPortIsReportedAsSuch() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, FreePorts.loopback())) {
      broker = BrokerProcess.launch(FreePorts.two()[0], other.getLocalPort());

      assertThatThrownBy(() -> broker.awaitReady(LIMIT))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("kafka found a port taken");
    }
  }

  @Test
  void brokerThatFailsShowsTheEndOfItsLog() throws Exception {
    broker = BrokerProcess.launch(-1, FreePorts.two()[0]);

    assertThatThrownBy(() -> broker.awaitReady(LIMIT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before it was ready")
        .hasMessageContaining("negative port number -1");
    assertThat(broker.directory()).doesNotExist();
  }

  @Test
  void brokerThatIsTooSlowIsEnded() throws Exception {
    int[] ports = FreePorts.two();
    broker = BrokerProcess.launch(ports[0], ports[1]);

    assertThatThrownBy(() -> broker.awaitReady(Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not ready after");
    assertThat(broker.process().isAlive()).isFalse();
  }
}
