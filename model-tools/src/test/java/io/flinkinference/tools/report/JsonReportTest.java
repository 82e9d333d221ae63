package io.flinkinference.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {

  @TempDir private Path directory;

  @Test
  void figuresStandAtTheTop() throws Exception {
    JsonNode json = write(Samples.report());
    assertThat(json.get("ratioToLimit").doubleValue()).isEqualTo(0.93456);
    assertThat(json.get("targetsMet").booleanValue()).isTrue();
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .startsWith("benchmark", "title", "ratioToLimit", "recordsPerSecond")
        .endsWith("machine", "sections");
  }

  @Test
  void tablesHoldUnroundedNumbers() throws Exception {
    JsonNode section = write(Samples.report()).get("sections").get(0);
    assertThat(section.get("title").textValue()).isEqualTo("Records per second against peers");
    assertThat(section.get("table").get("columns").get(1).textValue()).isEqualTo("Records/s");
    assertThat(section.get("table").get("rows").get(0).get(2).doubleValue())
        .isEqualTo(298.7 / 55.1);
  }

  @Test
  void machineIsTold() throws Exception {
    JsonNode machine = write(Samples.report()).get("machine");
    assertThat(machine.get("cpu").textValue()).isEqualTo(Samples.MACHINE.cpu());
    assertThat(machine.get("cores").intValue()).isEqualTo(2);
  }

  @Test
  void figureMustNotHideAnotherPart() {
    Report report = new Report("x", "X", Map.of("machine", 1), List.of());
    assertThatThrownBy(() -> write(report))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"machine\"");
  }

  @Test
  void reasonWhyThereIsNoReportIsAnObjectToo() throws Exception {
    Path file = directory.resolve("report.json");
    JsonReport.writeError("The disk is \"full\".", file);
    assertThat(new ObjectMapper().readTree(Files.readString(file)))
        .isEqualTo(new ObjectMapper().createObjectNode().put("error", "The disk is \"full\"."));
  }

  private JsonNode write(Report report) throws Exception {
    Path file = directory.resolve("new").resolve("report.json");
    JsonReport.write(report, Samples.MACHINE, file);
    return new ObjectMapper().readTree(Files.readString(file));
  }
}
