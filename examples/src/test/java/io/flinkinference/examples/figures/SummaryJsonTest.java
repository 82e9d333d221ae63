package io.flinkinference.examples.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkinference.examples.TestingSummaries;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SummaryJsonTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void keysAndValuesAreTheAgreedOnes() throws IOException {
    JsonNode expected =
        JSON.readTree(
            """
            {"produced": 5000, "scored": 4987, "missing": 3, "duplicates": 2, "deadLettered": 10,
             "recordsPerSecond": 312.3, "latencyMillis": {"p50": 12.0, "p99": 41.0},
             "batch": {"meanRows": 4.16, "paddingRatio": 1.066},
             "model": {"name": "all-minilm-l6-v2", "sha256": "%s", "precision": "fp32",
                       "device": "cpu"}}
            """
                .formatted("ab".repeat(32)));
    assertThat(JSON.readTree(SummaryJson.of(TestingSummaries.summary(3, 2)))).isEqualTo(expected);
  }

  @Test
  void whatWasNotMeasuredIsNull() throws IOException {
    PhaseFigures nothing = new PhaseFigures(2, 0, 2, 0, null, null, new BatchFigures(0, 0, 0, 0));
    Summary summary =
        new Summary(
            4,
            0,
            0,
            0,
            4,
            Map.of("BLANK_TEXT", 4),
            nothing,
            nothing,
            1,
            nothing.batches(),
            null,
            null);
    JsonNode json = JSON.readTree(SummaryJson.of(summary));
    assertThat(json.at("/latencyMillis/p50").isNull()).isTrue();
    assertThat(json.at("/latencyMillis/p99").isNull()).isTrue();
    assertThat(json.get("model").isNull()).isTrue();
  }

  @Test
  void exactlyOnceMeansNoneMissingAndNoneTwice() {
    assertThat(TestingSummaries.summary(0, 0).exactlyOnce()).isTrue();
    assertThat(TestingSummaries.summary(1, 0).exactlyOnce()).isFalse();
    assertThat(TestingSummaries.summary(0, 1).exactlyOnce()).isFalse();
  }
}
