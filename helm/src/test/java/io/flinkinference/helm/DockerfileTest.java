package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image is made of what the POM and the chart say. */
class DockerfileTest {

  private static String dockerfile;
  private static String pom;

  @BeforeAll
  static void read() throws Exception {
    dockerfile = Files.readString(Path.of("..", "Dockerfile"));
    pom = Files.readString(Path.of("..", "pom.xml"));
  }

  @Test
  void versionsAreThoseOfThePom() {
    assertThat(argument("FLINK_VERSION")).isEqualTo(tag("flink.version"));
    assertThat(argument("ONNXRUNTIME_VERSION")).isEqualTo(tag("onnxruntime.version"));
    assertThat(dockerfile)
        .contains("org.opencontainers.image.version=\"" + tag("version") + "\"")
        .contains("flink-inference:" + tag("version") + "-cpu");
  }

  @Test
  void chartIsOfThisVersion() throws Exception {
    JsonNode chart = Documents.YAML.readTree(Files.readString(Chart.FOLDER.resolve("Chart.yaml")));
    assertThat(chart.get("appVersion").asText()).isEqualTo(tag("version"));
    assertThat(tag("version")).startsWith(chart.get("version").asText());
  }

  @Test
  void applicationLiesWhereTheChartLooksForIt() throws Exception {
    JsonNode deployment = Documents.one("cpu", "FlinkDeployment", "");
    String jar = deployment.at("/spec/job/jarURI").asText().replace("local://", "");
    assertThat(dockerfile).contains(" " + jar + "\n");
  }

  @Test
  void commandsOfTheImageAreThere() {
    String main = first(dockerfile, "lib/\\*\" ([A-Za-z.]+) \"\\$@\"");
    assertThat(Path.of("..", "examples", "src", "main", "java", main.replace('.', '/') + ".java"))
        .exists();
  }

  @Test
  void nativeLibrariesLieInLib() {
    assertThat(dockerfile)
        .contains("tokenizers,api,gson,jna")
        .contains("COPY --from=build /native/ /opt/flink/lib/")
        .contains("COPY --from=build /runtime-cpu/ /opt/flink/lib/")
        .contains("COPY --from=build /runtime-gpu/ /opt/flink/lib/");
  }

  @Test
  void bothImagesAreOfficialFlinkWithoutRoot() {
    assertThat(dockerfile).contains("FROM flink:${FLINK_VERSION}-java17 AS base");
    for (String variant : List.of("cpu", "gpu")) {
      Matcher stage =
          Pattern.compile("FROM base AS " + variant + "\n(.*?)(\nFROM |$)", Pattern.DOTALL)
              .matcher(dockerfile);
      assertThat(stage.find()).isTrue();
      assertThat(stage.group(1)).contains("USER 9999:9999");
    }
    assertThat(dockerfile)
        .doesNotContain("NVIDIA_VISIBLE_DEVICES")
        .contains("CUDA_DEVICE_ORDER=PCI_BUS_ID");
  }

  /** Flink's script that finds GPUs asks nvidia-smi. */
  @Test
  void driverIsFoundWhereGkeMountsIt() {
    assertThat(first(dockerfile, "ENV LD_LIBRARY_PATH=(\\S+)").split(":"))
        .contains("/opt/cuda/lib", "/usr/local/nvidia/lib64");
    assertThat(dockerfile).contains(" PATH=$PATH:/usr/local/nvidia/bin ");
  }

  private static String argument(String name) {
    return first(dockerfile, "ARG " + name + "=(\\S+)");
  }

  private static String tag(String name) {
    return first(pom, "<" + name + ">([^<]+)</");
  }

  private static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
