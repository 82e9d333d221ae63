package io.flinkinference.connectors.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.connectors.registry.RegistryOptions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplaySettingsTest {

  private static final RegistryOptions REGISTRY = RegistryOptions.at("http://localhost:8081");

  private static ReplaySettings settings(
      String group, String from, Selection selection, RegistryOptions registry) {
    return new ReplaySettings(
        from,
        group,
        selection,
        Target.ORIGIN,
        Double.POSITIVE_INFINITY,
        registry,
        new ClientSettings("127.0.0.1:1", Map.of()));
  }

  private static Selection origins(int count) {
    Set<String> topics =
        IntStream.range(0, count)
            .mapToObj("some-topic-%03d"::formatted)
            .collect(Collectors.toSet());
    return new Selection(Set.of(), topics, null, null, 3);
  }

  @Test
  void aRegistryThatIsGivenLaterIsSomethingElseToAskFor() {
    assertThat(settings("g", "dead", Selection.ALL, null).mark())
        .isEqualTo("replay of " + Selection.ALL.describe() + ", to the origin");
    assertThat(settings("g", "dead", Selection.ALL, REGISTRY).mark())
        .endsWith(", to the origin, with a schema registry");
  }

  @Test
  void aMarkIsNeverLongerThanABrokerTakes() {
    String mark = settings("g", "dead", origins(500), null).mark();
    assertThat(mark).hasSize(4096).startsWith("replay of reasons all, origins some-topic-000 ");
    assertThat(settings("g", "dead", origins(500), null).mark()).isEqualTo(mark);
    assertThat(settings("g", "dead", origins(501), null).mark()).hasSize(4096).isNotEqualTo(mark);
    assertThat(settings("g", "dead", origins(500), REGISTRY).mark()).isNotEqualTo(mark);
  }

  @Test
  void groupsAndTopicsOfOtherNamesMakeOtherTransactionalIds() {
    assertThat(settings("a-b", "c", Selection.ALL, null).transactionalId())
        .isNotEqualTo(settings("a", "b-c", Selection.ALL, null).transactionalId());
  }
}
