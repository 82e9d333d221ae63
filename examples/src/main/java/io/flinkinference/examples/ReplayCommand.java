package io.flinkinference.examples;

import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.connectors.replay.Replay;
import io.flinkinference.connectors.replay.ReplayReport;
import io.flinkinference.examples.screen.ReplayView;
import io.flinkinference.examples.screen.Terminal;
import io.flinkinference.result.DeadLetterReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay}: dead letters back to a topic, once their fault is mended. */
@Command(
    name = "replay",
    description = {
      "Puts the records of dead letters back to the topics that they are from, as they were but for"
          + " a header 'inference.replayed' that counts how often. The letters stay where they are.",
      "",
      "Each batch is one Kafka transaction with the offsets of the group: the same command again"
          + " goes on where it ended, also after a crash, and writes nothing twice. It ends at the"
          + " end that the topic has when it begins.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:All records that were asked for are written, or would be.",
      "1:The replay ended before its time; what it wrote before stays.",
      "2:The command line is wrong.",
      "3:As 0, but some letters cannot be read. They are named, and left."
    })
final class ReplayCommand implements Callable<Integer> {

  private static final int UNREADABLE = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "The Kafka brokers. Default: bootstrap.servers of --config.")
  private String bootstrapServers;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TOPIC",
      description = "The topic of the dead letters.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      description = "Where to put the records. Default: the topic that each is from.")
  private String to;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      split = ",",
      description = "Only letters of these reasons: ${COMPLETION-CANDIDATES}.")
  private Set<DeadLetterReason> reasons = Set.of();

  @Option(
      names = "--origin",
      paramLabel = "TOPIC",
      split = ",",
      description = "Only letters whose records are from these topics.")
  private Set<String> origins = Set.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only letters written at this time or later, such as 2026-06-01T12:00:00Z.")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only letters written before this time.")
  private Instant until;

  @Option(
      names = "--max-replays",
      paramLabel = "N",
      defaultValue = "3",
      description = {
        "Leave a letter whose record was replayed so often and came",
        "back each time. Default: ${DEFAULT-VALUE}."
      })
  private int maxReplays;

  @Option(
      names = "--max-per-second",
      paramLabel = "N",
      description = "Most records a second, on average. Default: no limit.")
  private Double perSecond;

  @Option(
      names = "--timestamp",
      paramLabel = "WHICH",
      defaultValue = "original",
      description = {
        "${COMPLETION-CANDIDATES}: the records' own, or the time of the replay,",
        "for topics that delete old records. Default: ${DEFAULT-VALUE}."
      })
  private Timestamp timestamp;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = {
        "The consumer group that remembers where this replay ended",
        "and what it was asked for; another selection needs another",
        "group. Default: flink-inference-replay-TOPIC."
      })
  private String group;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL,...",
      description = "Knows the schema of letters in Confluent's wire format.")
  private String registry;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Properties of the Kafka clients, such as those of security.",
        "Their values are never shown."
      })
  private Path config;

  @Option(names = "--dry-run", description = "Show what would be written, and write nothing.")
  private boolean dry;

  @Override
  public Integer call() throws IOException {
    Replay replay = replay();
    OrderlyEnd end = OrderlyEnd.ofThisThread();
    try {
      ReplayReport report = dry ? replay.dryRun() : replay.run();
      show(report);
      return report.unreadableCount() == 0 ? ExitCode.OK : UNREADABLE;
    } catch (InterruptedException e) {
      // Asked for by Ctrl-C; the JVM sets the exit code.
      spec.commandLine()
          .getErr()
          .println("Ended before its time. The same command goes on behind what is written.");
      return ExitCode.SOFTWARE;
    } finally {
      end.cleanedUp();
    }
  }

  private Replay replay() throws IOException {
    ClientFile file = ClientFile.read(config);
    String servers = bootstrapServers == null ? file.bootstrapServers() : bootstrapServers;
    if (servers == null) {
      throw new ParameterException(
          spec.commandLine(), "Give --bootstrap-servers, or bootstrap.servers in --config.");
    }
    try {
      Replay replay =
          Replay.from(servers, from)
              .reasons(reasons)
              .origins(origins)
              .written(since, until)
              .maxReplays(maxReplays)
              .originalTimestamps(timestamp == Timestamp.ORIGINAL);
      file.properties().forEach(replay::property);
      if (to != null) {
        replay.to(to);
      }
      if (group != null) {
        replay.group(group);
      }
      if (perSecond != null) {
        replay.perSecond(perSecond);
      }
      if (registry != null) {
        replay.registry(RegistryOptions.at(registry));
      }
      return replay;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void show(ReplayReport report) {
    var style = Terminal.of(System.out, System.getenv()).style();
    var out = spec.commandLine().getOut();
    ReplayView.of(report, dry, style).forEach(out::println);
    out.flush();
  }

  /** Timestamps that records can get. */
  enum Timestamp {
    ORIGINAL,
    NOW;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
