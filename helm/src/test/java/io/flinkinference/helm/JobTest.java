package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The file that the job reads, with what the chart adds to it. */
class JobTest {

  private static JsonNode job(String way) throws Exception {
    return Documents.YAML.readTree(
        Documents.one(way, "ConfigMap", "-job").at("/data/job.yaml").asText());
  }

  @ParameterizedTest
  @MethodSource("io.flinkinference.helm.Chart#ways")
  void jobIsOneThatTheApplicationReads(String way) throws Exception {
    assertThat(
            JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(Files.readString(Chart.JOB_SCHEMA))
                .validate(job(way)))
        .isEmpty();
  }

  @Test
  void poolsSayWhereTheInferenceRuns() throws Exception {
    JsonNode placement = job("pools").get("placement");
    assertThat(placement.get("run-on").asText()).isEqualTo("gpu");
    assertThat(placement.get("gpu-resource").asText()).isEqualTo("gpu");
    assertThat(placement.get("gpu-amount").asDouble()).isEqualTo(0.5);
    assertThat(placement.get("cpu-label").asText()).isEqualTo("cpupool");
  }

  @Test
  void jobIsElseAsTheValuesHaveIt() throws Exception {
    JsonNode values = Documents.YAML.readTree(Files.readString(Chart.values("production")));
    assertThat(job("production")).isEqualTo(values.get("job"));
  }
}
