package io.flinkinference.connectors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogWatchTest {

  @Test
  void wordIsFoundInAMessageAndInAnErrorsCauses() {
    try (LogWatch watch = LogWatch.begin(List.of("hush"))) {
      LoggerFactory.getLogger("org.apache.kafka.clients.Test").debug("a hush and {}", "more");
      LoggerFactory.getLogger("org.apache.flink.Test")
          .info("failed", new IllegalStateException(new IllegalArgumentException("hush too")));
      LoggerFactory.getLogger("io.flinkinference.Test").info("something else");

      assertThat(watch.found()).hasSize(2);
      assertThat(watch.read()).isEqualTo(3);
    }
  }
}
