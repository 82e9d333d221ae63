package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.batch.RunCost;
import io.flinkinference.batch.ShapeRounding;
import io.flinkinference.batch.TokenBudget;
import io.flinkinference.result.ModelStamp;
import io.flinkinference.task.BatchSizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.traces.Span;
import org.junit.jupiter.api.Test;

class OpenSpanTest {

  private static final BatchSizing SIZING =
      new BatchSizing(
          new TokenBudget(77), RunCost.TYPICAL, ShapeRounding.EXACT, Optional.empty(), 9_000_000);

  private final CapturedMetrics captured = new CapturedMetrics();

  @Test
  void tellsHowLongItTookAndWhatWasOpened() {
    Span span = report();
    assertThat(span.getName()).isEqualTo("OpenModel");
    long length = span.getEndTsMillis() - span.getStartTsMillis();
    assertThat(length).isNotNegative();
    assertThat((Long) span.getAttributes().get("loadMillis")).isBetween(0L, length);
    assertThat(span.getAttributes())
        .containsEntry("model", "m")
        .containsEntry("sha256", "abc")
        .containsEntry("precision", "int8")
        .containsEntry("device", "cpu")
        .containsEntry("warmUpMillis", 9L)
        .containsEntry("tokenBudget", 77L);
  }

  @Test
  void hasTheAttributesThatThePageNamesAndNoOther() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "metrics.md"));
    String traces = page.substring(page.indexOf("\n## Traces"));
    assertThat(traces).contains("`OpenModel`");
    Set<String> documented = new TreeSet<>();
    Matcher name =
        Pattern.compile("`(\\w+)`").matcher(traces.substring(traces.indexOf("attributes:")));
    while (name.find()) {
      documented.add(name.group(1));
    }
    assertThat(report().getAttributes()).containsOnlyKeys(documented);
  }

  private Span report() {
    OpenSpan opening = new OpenSpan();
    opening.loaded();
    opening.report(captured, new ModelStamp("m", "abc", "int8", "cpu", false), SIZING);
    assertThat(captured.spans()).hasSize(1);
    return captured.spans().get(0);
  }
}
