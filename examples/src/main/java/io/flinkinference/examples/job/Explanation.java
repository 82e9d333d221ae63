package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Settings.Setting;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;

/** What a job's file comes to, in words: every setting with its origin, and Flink's operators. */
public final class Explanation {

  private Explanation() {}

  /** Explains a job; nothing is connected to. */
  public static String of(JobSettings job) {
    StringBuilder text = new StringBuilder("Settings\n");
    List<Setting> settings = job.listing();
    int longest = settings.stream().mapToInt(setting -> setting.path().length()).max().orElse(1);
    for (Setting setting : settings) {
      String origin = setting.line() == 0 ? "default" : "line " + setting.line();
      text.append(
          "  %-9s %s %s%n".formatted(origin, pad(setting.path(), longest), setting.value()));
    }
    for (String warning : ClearText.warnings(job)) {
      text.append("\nWarning: ").append(warning).append('\n');
    }
    return text.append("\nOperators\n").append(operators(job)).toString();
  }

  private static String pad(String path, int width) {
    return path + " ".repeat(width + 1 - path.length());
  }

  private static String operators(JobSettings job) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    new ScoringPipeline(job).build(env);
    StringBuilder text = new StringBuilder();
    env.getStreamGraph(false).getStreamNodes().stream()
        .sorted(Comparator.comparingInt(StreamNode::getId))
        .forEach(node -> text.append(line(node)));
    return text.toString();
  }

  private static String line(StreamNode node) {
    String group = node.getSlotSharingGroup();
    return "  %d x %s%s%n"
        .formatted(
            node.getParallelism(),
            node.getOperatorName(),
            group == null || group.equals("default") ? "" : ", slot sharing group " + group);
  }
}
