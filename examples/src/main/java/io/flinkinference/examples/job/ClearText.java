package io.flinkinference.examples.job;

import io.flinkinference.connectors.registry.RegistryOptions;
import io.flinkinference.examples.file.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Secrets that a job sends so that whoever is on the way can read them. */
final class ClearText {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private ClearText() {}

  /** A sentence for each, with its remedy. */
  static List<String> warnings(JobSettings job) {
    List<String> warnings = new ArrayList<>();
    if (job.kafka().has(KafkaSection.SECURITY)) {
      warnOfKafka(job.kafka().get(KafkaSection.SECURITY), warnings);
    }
    if (job.hasRegistry()) {
      warnOfRegistry(job.registry(), warnings);
    }
    return warnings;
  }

  private static void warnOfKafka(Settings security, List<String> warnings) {
    SecuritySection.Mechanism mechanism = security.get(SecuritySection.MECHANISM);
    boolean readable =
        mechanism == SecuritySection.Mechanism.PLAIN
            || mechanism == SecuritySection.Mechanism.OAUTHBEARER;
    if (readable && !security.get(SecuritySection.TLS)) {
      warnings.add(
          "kafka.security.tls is false, so what shows the brokers who the job is can be read on the"
              + " way to them. Set it to true, or take scram.");
    }
    security
        .find(SecuritySection.TOKEN_ENDPOINT)
        .map(URI::create)
        .filter(ClearText::isReadable)
        .ifPresent(
            url ->
                warnings.add(
                    "kafka.security.token-endpoint is http, so the client's secret can be read on"
                        + " the way to it. Make it https."));
  }

  private static void warnOfRegistry(RegistryOptions registry, List<String> warnings) {
    if (registry.credentials().authorization().isPresent()
        && registry.urls().stream().anyMatch(ClearText::isReadable)) {
      warnings.add(
          "schema-registry.url is http, so the credentials can be read on the way to it. Make it"
              + " https.");
    }
  }

  private static boolean isReadable(URI url) {
    return "http".equals(url.getScheme()) && !THIS_MACHINE.contains(url.getHost());
  }
}
