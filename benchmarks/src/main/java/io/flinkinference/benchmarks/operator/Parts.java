package io.flinkinference.benchmarks.operator;

import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link RecordParts} by JMH, in a JVM of their own. */
final class Parts {

  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("encode", "encode a text, with the tokenizer that the operator takes");
    NAMES.put("encodeNatively", "encode a text, with the native tokenizer");
    NAMES.put(
        "formBatch",
        "take a batch of 256 tokens out of 1,024 texts that wait, and let its texts wait again");
    NAMES.put("formLargeBatch", "the same with a batch of 8,192 tokens");
    NAMES.put("passOn", "write and read a result with 384 numbers, as between tasks");
  }

  private Parts() {}

  static Section measure(BenchmarkSettings settings) throws RunnerException {
    settings.progress().accept("  the parts of a record's way, by JMH:");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(RecordParts.class.getName() + "\\..*")
            .param("model", settings.model())
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .forks(settings.quick() ? 1 : settings.rounds())
            .warmupIterations(settings.quick() ? 1 : 3)
            .warmupTime(seconds(settings))
            .measurementIterations(settings.quick() ? 1 : 5)
            .measurementTime(seconds(settings));
    return section(new Runner(options.build()).run());
  }

  private static TimeValue seconds(BenchmarkSettings settings) {
    return settings.quick() ? TimeValue.milliseconds(200) : TimeValue.seconds(1);
  }

  private static Section section(Collection<RunResult> results) {
    List<List<Object>> rows = new ArrayList<>();
    NAMES.forEach(
        (method, name) ->
            results.stream()
                .map(RunResult::getPrimaryResult)
                .filter(result -> result.getLabel().equals(method))
                .forEach(
                    result -> {
                      double error = result.getScoreError();
                      rows.add(
                          List.of(
                              name, result.getScore(), Double.isNaN(error) ? "too few" : error));
                    }));
    return new Section(
        "The parts of a record's way",
        "Each alone and on one thread, by JMH, with mixed texts of the European Parliament. The"
            + " error is half the width of the interval that has the mean with 99.9 %.",
        new Table(List.of("part", "µs", "error"), rows),
        List.of());
  }
}
