package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Helm tells when it has installed the chart. */
class NotesTest {

  @TempDir Path directory;

  private String notes(String way, String over) throws Exception {
    Path values = Values.write(directory.resolve("values.yaml"), way, over);
    return new Helm(Chart.FOLDER)
        .install()
        .withName(Chart.RELEASE)
        .withNamespace("streams")
        .withKubeVersion(Chart.KUBERNETES)
        .clientOnly()
        .withDryRunOption(DryRun.CLIENT)
        .withValuesFile(values)
        .call()
        .getOutput()
        .replaceAll("\\s+", " ");
  }

  @Test
  void warnThatResultsComeTwiceWithoutHighAvailability() throws Exception {
    assertThat(notes("cpu", "highAvailability: {enabled: false}"))
        .contains("WARNING: highAvailability is off")
        .contains("once more, whatever job.delivery.guarantee: exactly-once says; before the first")
        .contains("Set highAvailability.enabled: true");
    assertThat(notes("mig", "{}")).contains("once more; before the first");
  }

  @Test
  void sayWherePoolsHaveIt() throws Exception {
    assertThat(notes("pools", "{}"))
        .contains("WARNING: highAvailability is off")
        .contains("from operator 1.16 on (FLINK-38795)")
        .doesNotContain("Set highAvailability");
    assertThat(notes("pools", "{operator: {version: '1.16'}}"))
        .contains("Set highAvailability.enabled: true");
  }

  @Test
  void sayWhatIsLostWithoutState() throws Exception {
    assertThat(notes("pvc", "{}")).contains("begins without state: what was in flight is lost.");
  }

  @Test
  void warnThatNoNewJobIsTakenSuspended() throws Exception {
    assertThat(notes("production", "{run: {state: suspended}}"))
        .contains("WARNING: run.state is suspended");
  }

  @Test
  void warnOfNothingWithHighAvailability() throws Exception {
    assertThat(notes("production", "{}")).doesNotContain("WARNING").contains("writes scored.");
  }
}
