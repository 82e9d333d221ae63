package io.flinkinference.benchmarks.pipeline;

import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Where the rest goes: what a pipeline spends beside the bare engine. Of each pipeline it is one
 * run, so that the rows add up.
 */
final class CostTables {

  private CostTables() {}

  /** The processor's time, by groups of threads. */
  static Section processor(Outcome outcome, List<Pipeline> pipelines) {
    List<String> columns = columns("CPU ms of 1,000 records", pipelines);
    List<List<Object>> rows = new ArrayList<>();
    for (String group : ThreadGroups.ALL) {
      rows.add(row(group, pipelines, costs -> costs.cpuMillis().getOrDefault(group, 0.0)));
    }
    rows.add(row("all", pipelines, Costs::allCpuMillis));
    List<Object> bare = new ArrayList<>(List.of("for comparison: the bare engine"));
    pipelines.forEach(p -> bare.add(1e3 * outcome.cpuSecondsPerThousand(Limit.NAME)));
    rows.add(bare);
    List<Object> tokenizer = new ArrayList<>(List.of("for comparison: the tokenizer alone"));
    pipelines.forEach(p -> tokenizer.add(1e3 * outcome.cpuSecondsPerThousand("tokenizer only")));
    rows.add(tokenizer);
    return new Section(
        "Where the processor's time goes",
        "By threads, in the round whose sum is in the middle; what is for comparison is a median of"
            + " the rounds. What the engine's threads spend beyond the bare engine is the choice of"
            + " batches, padding that the sorted texts do not have, decoding, and caches that are"
            + " shared with the rest.",
        new Table(columns, rows),
        List.of());
  }

  /** What the operator's own metrics say. */
  static Section operator(List<Pipeline> pipelines) {
    List<List<Object>> rows =
        List.of(
            row("engine busy, ms of 1,000 records", pipelines, Costs::engineMillis),
            row("wait of a batch's oldest record, ms", pipelines, Costs::waitMillis),
            row("time in the operator, ms", pipelines, Costs::operatorMillis),
            row("records of a batch", pipelines, Costs::rows),
            row("padded tokens by real ones", pipelines, Costs::padding),
            row("answered by an equal text in flight", pipelines, Costs::equalTexts));
    return new Section(
        "What the operator says",
        "Its metrics, over the whole run of the same round. Engine threads are busy from the moment"
            + " when they take a batch until its last record is decoded, also while they wait for a"
            + " processor. Waits are long here because all texts are there from the start.",
        new Table(columns("metric", pipelines), rows),
        List.of());
  }

  private static List<String> columns(String first, List<Pipeline> pipelines) {
    List<String> columns = new ArrayList<>(List.of(first));
    pipelines.forEach(pipeline -> columns.add(pipeline.name()));
    return columns;
  }

  private static List<Object> row(
      String name, List<Pipeline> pipelines, ToDoubleFunction<Costs> figure) {
    List<Object> row = new ArrayList<>(List.of(name));
    pipelines.forEach(pipeline -> row.add(figure.applyAsDouble(pipeline.costs())));
    return row;
  }
}
