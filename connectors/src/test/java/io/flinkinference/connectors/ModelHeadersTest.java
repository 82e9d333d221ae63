package io.flinkinference.connectors;

import static io.flinkinference.connectors.Samples.STAMP;
import static io.flinkinference.connectors.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.result.ModelStamp;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class ModelHeadersTest {

  private final ModelHeaders headers = new ModelHeaders();

  @Test
  void theRecordsOwnStandBeforeThem() {
    List<Header> own = List.of(header("a", "1"), header("a", "2"), header("b", null));
    assertThat(headers.add(own, STAMP)).hasSize(8).startsWith(own.toArray(new Header[0]));
    assertThat(headers.add(List.of(), STAMP)).hasSize(5);
  }

  @Test
  void thoseOfAnEarlierResultAreReplaced() {
    List<Header> first = headers.add(List.of(header("a", "1")), STAMP);
    ModelStamp other = new ModelStamp("other", "cd".repeat(32), "int8", "cuda:0", false);
    List<Header> second = headers.add(first, other);
    assertThat(second).hasSize(6).contains(header("a", "1"), header("inference.model", "other"));
    assertThat(second)
        .contains(
            header("inference.batch-invariant", "false"), header("inference.device", "cuda:0"))
        .doesNotContain(header("inference.model", STAMP.name()));
  }

  @Test
  void theyAreMadeOnceForEqualStamps() {
    List<Header> first = headers.add(List.of(), STAMP);
    ModelStamp equal =
        new ModelStamp(
            STAMP.name(),
            STAMP.sha256(),
            STAMP.precision(),
            STAMP.device(),
            STAMP.batchInvariant());
    assertThat(headers.add(List.of(), equal)).isSameAs(first);
  }

  private static Header header(String key, String value) {
    return new RecordHeader(key, value == null ? null : utf8(value));
  }
}
