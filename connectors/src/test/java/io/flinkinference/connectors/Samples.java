package io.flinkinference.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.ModelStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Records for tests. */
public final class Samples {

  /** What made up the results. */
  public static final ModelStamp STAMP =
      new ModelStamp("made-up", "ab".repeat(32), "fp32", "cpu", true);

  private Samples() {}

  /** A record with a key and a timestamp. */
  public static KafkaText text(byte[] value) {
    return new KafkaText("texts", 3, 41, 1_700_000_000_123L, utf8("key"), value, List.of());
  }

  /** A text in UTF-8. */
  public static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  /** Any record, nulls and rubbish among them. */
  public static KafkaText random(Random random) {
    List<Header> headers = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      headers.add(new RecordHeader("häader" + random.nextInt(2), bytesOrNull(random)));
    }
    return new KafkaText(
        "topic-" + random.nextInt(10),
        random.nextInt(),
        random.nextLong(),
        random.nextBoolean() ? -1 : random.nextLong(),
        bytesOrNull(random),
        bytesOrNull(random),
        headers);
  }

  private static byte[] bytesOrNull(Random random) {
    if (random.nextInt(4) == 0) {
      return null;
    }
    byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }
}
