package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each way of using the chart comes to, as files that can be read and reviewed. */
class GoldenTest {

  @ParameterizedTest
  @MethodSource("io.flinkinference.helm.Chart#ways")
  void chartMakesWhatItMadeBefore(String way) throws Exception {
    Path golden = Path.of("src/test/resources/golden", way + ".yaml");
    String rendered = Chart.render(way);
    if (System.getProperty("golden.write") != null) {
      Files.writeString(golden, rendered);
    }
    assertThat(rendered)
        .as("%s; after a change that is meant, run the tests of helm with -Dgolden.write", golden)
        .isEqualTo(Files.readString(golden));
  }
}
