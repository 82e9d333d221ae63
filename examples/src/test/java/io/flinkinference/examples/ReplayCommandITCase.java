package io.flinkinference.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.Origin;
import io.flinkinference.local.LocalKafka;
import io.flinkinference.local.LocalTopics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command on a real broker. */
@Timeout(120)
class ReplayCommandITCase {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void aDryRunShowsWhatTheRealRunThenWrites() throws Exception {
    try (LocalKafka kafka = LocalKafka.start()) {
      kafka.createTopic("texts", 1);
      kafka.createTopic("dead-letters", 1);
      new LocalTopics(kafka.bootstrapServers())
          .write(
              "dead-letters",
              List.of(
                  letter("UNDECODABLE", 0), letter("TOO_LONG", 1), "no letter".getBytes(UTF_8)));
      Path config = directory.resolve("client.properties");
      Files.writeString(config, "bootstrap.servers = " + kafka.bootstrapServers() + "\n");
      String[] arguments = {
        "replay", "--config", "" + config, "--from", "dead-letters", "--reason", "undecodable"
      };

      assertThat(execute(with(arguments, "--dry-run"))).as(err.toString()).isEqualTo(3);
      assertThat(out.toString())
          .containsPattern("UNDECODABLE +texts +1 +0 +0\n +Letter 0\\.\n +X at y #1\n")
          .containsPattern("TOO_LONG +texts +0 +1 +0\n")
          .contains("To write: 1 records.")
          .contains("partition 0, offset 2: The value does not begin with C3 01");
      assertThat(values(kafka)).isEmpty();

      assertThat(execute(arguments)).isEqualTo(3);
      assertThat(out.toString()).contains("Written: 1 records.");
      assertThat(values(kafka)).containsExactly("text 0");

      assertThat(execute(arguments)).isZero();
      assertThat(out.toString()).contains("had read before").contains("Written: 0 records.");
      assertThat(values(kafka)).containsExactly("text 0");

      assertThat(execute("replay", "--config", "" + config, "--from", "dead-letters")).isEqualTo(1);
      assertThat(err.toString()).startsWith("replay: The group 'flink-inference-replay-dead-let");
    }
  }

  private static byte[] letter(String reason, int number) throws Exception {
    return DeadLetter.getEncoder()
        .encode(
            DeadLetter.newBuilder()
                .setValue(ByteBuffer.wrap(("text " + number).getBytes(UTF_8)))
                .setReason(reason)
                .setMessage("Letter " + number + ".")
                .setStackDigest("X at y #1")
                .setAttempts(0)
                .setOrigin(new Origin("texts", 0, (long) number, Instant.ofEpochMilli(-1)))
                .setRejectedAt(Instant.now())
                .build())
        .array();
  }

  private static List<String> values(LocalKafka kafka) {
    return new LocalTopics(kafka.bootstrapServers())
        .committed("texts").stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private static String[] with(String[] arguments, String more) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(more);
    return all.toArray(String[]::new);
  }

  private int execute(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine commandLine = FlinkInference.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }
}
