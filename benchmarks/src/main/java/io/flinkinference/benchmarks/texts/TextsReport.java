package io.flinkinference.benchmarks.texts;

import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.peers.Peers;
import io.flinkinference.benchmarks.peers.Product;
import io.flinkinference.benchmarks.peers.Rehearsal;
import io.flinkinference.tools.report.Plot;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Series;
import io.flinkinference.tools.report.Series.Point;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What the measurement of kinds of texts found. */
final class TextsReport {

  private final String forms;
  private final List<Measured> lengths;
  private final List<Measured> mixes;
  private final Rehearsal rehearsal;

  /**
   * @param forms who runs which form of the model
   * @param lengths texts of about one length each
   * @param mixes of lengths
   * @param rehearsal knows which peers could not run the model
   */
  TextsReport(String forms, List<Measured> lengths, List<Measured> mixes, Rehearsal rehearsal) {
    this.forms = forms;
    this.lengths = lengths;
    this.mixes = mixes;
    this.rehearsal = rehearsal;
  }

  Report report(String name) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("worstRatioToLimit", least(Measured::ratioToLimit));
    figures.put("worstRatioToBestPeer", least(Measured::ratioToBestPeer));
    if (!mixes.get(0).sameGraph().isEmpty()) {
      figures.put("worstRatioToBestPeerOnSameGraph", least(Measured::ratioToBestOnSameGraph));
    }
    putLeast(figures, "worstRatioToSingleRuns", Peers.ONE_A_RUN);
    putLeast(figures, "worstRatioToFifo", Peers.FIFO);
    figures.put("forms", forms);
    rehearsal.note(figures);
    List<Section> sections = new ArrayList<>(List.of(byLength(), byMix()));
    rehearsal.section().ifPresent(sections::add);
    return new Report(name, "What the length of texts does: " + forms, figures, sections);
  }

  private Stream<Measured> all() {
    return Stream.concat(lengths.stream(), mixes.stream());
  }

  private double least(ToDoubleFunction<Measured> figure) {
    return all().mapToDouble(figure).min().orElseThrow();
  }

  /** A baseline is a peer, and may be one that cannot run the model. */
  private void putLeast(Map<String, Object> figures, String figure, String baseline) {
    all()
        .filter(m -> m.has(baseline))
        .mapToDouble(m -> m.ratioTo(baseline))
        .min()
        .ifPresent(least -> figures.put(figure, least));
  }

  private static Object ratio(Measured m, String baseline) {
    return m.has(baseline) ? m.ratioTo(baseline) : "-";
  }

  private Section byLength() {
    List<Series> series = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of(Limit.NAME, Product.NAME));
    names.addAll(lengths.get(0).peers());
    names.addAll(lengths.get(0).sameGraph());
    for (String name : names) {
      series.add(
          new Series(
              name,
              lengths.stream()
                  .filter(m -> m.has(name))
                  .map(
                      m -> new Point("", Math.round(m.tokens()), m.outcome().tokensPerSecond(name)))
                  .toList()));
    }
    return new Section(
        "By length",
        "Texts of about one length each, a quarter more or less. Of each length the bare engine's"
            + " best shapes were searched, and the best of them in the rounds counts; it has the"
            + " texts tokenized and sorted. The parallelism of the jobs is set, not searched: a"
            + " subtask a core for DJL with one text a run and for HTTP, one for all others. The"
            + " best peer is one with what is published. The two baselines are one text a run on"
            + " all cores (%s), and batches in the order of arrival, padded to the longest (%s)."
                .formatted(Peers.ONE_A_RUN, Peers.FIFO),
        table(lengths),
        List.of(
            new Plot(
                "Tokens a second by the length of texts",
                Plot.Kind.LINES,
                "tokens of a text in the mean",
                "tokens/s",
                true,
                false,
                series)));
  }

  private Section byMix() {
    return new Section(
        "By mix",
        "The bare engine has the texts sorted; the jobs take them as they come.",
        table(mixes),
        List.of(
            new Plot(
                "Ratio to the best peer",
                Plot.Kind.BARS,
                "",
                "ratio",
                false,
                false,
                List.of(
                    new Series(
                        "ratio",
                        mixes.stream()
                            .map(mix -> new Point(shortly(mix.name()), 0, mix.ratioToBestPeer()))
                            .toList())))));
  }

  /** A name without the shares of what is mixed, which a label has no room for. */
  private static String shortly(String name) {
    return name.replaceFirst(":.*", "");
  }

  private static Table table(List<Measured> measured) {
    List<String> peers = new ArrayList<>(measured.get(0).peers());
    List<String> sameGraph = measured.get(0).sameGraph();
    peers.addAll(sameGraph);
    List<String> columns = new ArrayList<>(List.of("texts", "tokens, mean", Limit.NAME));
    columns.add(Product.NAME);
    columns.addAll(peers);
    columns.addAll(List.of("ratio to bare engine", "ratio to best peer"));
    if (!sameGraph.isEmpty()) {
      columns.add("ratio to best peer, same graph");
    }
    columns.addAll(List.of("ratio to one a run", "ratio to FIFO"));
    columns.addAll(List.of("padded by real tokens", "shape of the bare engine"));
    List<List<Object>> rows = new ArrayList<>();
    for (Measured m : measured) {
      List<Object> row = new ArrayList<>(List.of(m.name(), m.tokens(), m.limit(), m.product()));
      peers.forEach(peer -> row.add(m.has(peer) ? m.outcome().recordsPerSecond(peer) : "-"));
      row.addAll(List.of(m.ratioToLimit(), m.ratioToBestPeer()));
      if (!sameGraph.isEmpty()) {
        row.add(m.ratioToBestOnSameGraph());
      }
      row.addAll(List.of(ratio(m, Peers.ONE_A_RUN), ratio(m, Peers.FIFO)));
      row.addAll(List.of(m.padding(), m.limitShape().toString()));
      rows.add(row);
    }
    return new Table(columns, rows);
  }
}
