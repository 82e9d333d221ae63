package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.bare.Limit;
import io.flinkinference.benchmarks.bare.Shape;
import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.measure.Outcome;
import io.flinkinference.tools.report.Report;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the comparison with the peers found. */
final class PeersReport {

  private final List<Peer> sides;
  private final List<String> sameGraph;
  private final Variants variants;
  private final Outcome rounds;
  private final List<JobContender> contenders;
  private final Outcome outcome;
  private final Shape limitShape;
  private final Rehearsal rehearsal;
  private final Forms forms;
  private final Tokenized texts;

  /**
   * @param sides the project and its peers, the project first
   * @param sameGraph peers that run the graph of the project, where the others do not
   * @param variants of the sides, in the same order
   * @param best of the bare engine, and the rounds of it and the variants
   * @param rehearsal knows which peers could not run the model
   */
  PeersReport(
      List<Peer> sides,
      List<String> sameGraph,
      Variants variants,
      Limit.Best best,
      Rehearsal rehearsal,
      Forms forms,
      Tokenized texts) {
    this.sides = sides;
    this.sameGraph = sameGraph;
    this.variants = variants;
    this.rounds = best.outcome();
    this.contenders = variants.best(rounds).stream().map(Variant::job).toList();
    this.outcome = variants.bySide(rounds);
    this.limitShape = best.shape();
    this.rehearsal = rehearsal;
    this.forms = forms;
    this.texts = texts;
  }

  Report report(String name) {
    return new Report(
        name, "flink-inference and its peers: " + forms.title(), figures(), sections());
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>(List.of(compared()));
    rehearsal.section().ifPresent(sections::add);
    sections.addAll(List.of(accuracy(), settings()));
    if (variants.severalOfASide()) {
      sections.add(parallelism());
    }
    return sections;
  }

  private Map<String, Object> figures() {
    // In the median of the rounds, which is not always the one with the highest median.
    Comparator<String> harder =
        Comparator.comparingDouble(peer -> outcome.ratio(peer, Product.NAME));
    String best = best(harder);
    String thriftiest = best(Comparator.comparingDouble(outcome::cpuSecondsPerThousand).reversed());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ratioToBestPeer", outcome.ratio(Product.NAME, best));
    figures.put("leastRatioToBestPeer", outcome.ratios(Product.NAME, best).get(0));
    figures.put("bestPeer", best);
    sameGraph.stream()
        .max(harder)
        .ifPresent(
            peer -> figures.put("ratioToBestPeerOnSameGraph", outcome.ratio(Product.NAME, peer)));
    putRatio(figures, "ratioToFifo", Product.NAME, Peers.FIFO);
    figures.put("recordsPerSecond", outcome.recordsPerSecond(Product.NAME));
    figures.put("cpuSecondsPerThousand", outcome.cpuSecondsPerThousand(Product.NAME));
    figures.put("leastCpuSecondsPerThousandOfPeers", outcome.cpuSecondsPerThousand(thriftiest));
    figures.put("leastCpuPeer", thriftiest);
    putRatio(figures, "ratioToSingleRuns", Product.NAME, Peers.ONE_A_RUN);
    putRatio(figures, "ratioOfLimitToSingleRuns", Limit.NAME, Peers.ONE_A_RUN);
    figures.put("limitShape", limitShape.toString());
    figures.put("model", forms.peers().name());
    figures.put("ownModel", forms.own().name());
    figures.put("forms", forms.title());
    figures.put("batchInvariant", forms.own().graph().batchInvariant());
    figures.put("peersThatAgree", published().filter(peer -> agreement(peer).complete()).count());
    figures.put("peers", published().count());
    figures.put("distinctTexts", texts.workload().texts().stream().distinct().count());
    rehearsal.note(figures);
    figures.put("texts", texts.description());
    return figures;
  }

  private void putRatio(Map<String, Object> figures, String figure, String name, String baseline) {
    if (outcome.names().contains(baseline)) {
      figures.put(figure, outcome.ratio(name, baseline));
    }
  }

  /** A baseline is a peer, and may be one that cannot run the model. */
  private Object ratio(String name, String baseline) {
    return outcome.names().contains(baseline) ? outcome.ratio(name, baseline) : "-";
  }

  private Stream<JobContender> peers() {
    return contenders.stream().skip(1);
  }

  /** The peers with what is published. */
  private Stream<JobContender> published() {
    return peers().filter(peer -> !sameGraph.contains(peer.name()));
  }

  private String best(Comparator<String> order) {
    return published().map(JobContender::name).max(order).orElseThrow();
  }

  private Agreement agreement(JobContender peer) {
    return Agreement.of(contenders.get(0).vectors(), peer.vectors());
  }

  private Section compared() {
    List<List<Object>> rows = new ArrayList<>();
    for (String name : outcome.names()) {
      List<Double> ratios = outcome.ratios(Product.NAME, name);
      rows.add(
          List.of(
              name,
              outcome.recordsPerSecond(name),
              outcome.cpuSecondsPerThousand(name),
              outcome.ratio(Product.NAME, name),
              ratios.get(0),
              ratios.get(ratios.size() - 1),
              ratio(name, Peers.ONE_A_RUN),
              ratio(name, Peers.FIFO)));
    }
    return new Section(
        "Throughput and processor time",
        ("Texts: %s. All sides run in one job in this JVM, with the same source and sink and the"
                + " %s. Loading, warming up, and what a subtask has left when another is ready do"
                + " not count, but for what it has done of a batch by then. Medians of %d rounds, in"
                + " turns; ratios are medians of the ratios of the rounds. The two baselines are one text a run on all cores (%s), and batches"
                + " in the order of arrival, padded to the longest (%s). Ratios depend on the mix"
                + " of lengths. The %s gets the texts tokenized and sorted, without Flink, in the"
                + " best of some shapes (%s), and runs the graph that %s runs%s.")
            .formatted(
                texts.description(),
                forms.differ() ? "same texts, but " + forms.title() : "same model file",
                outcome.samples(Product.NAME).size(),
                Peers.ONE_A_RUN,
                Peers.FIFO,
                Limit.NAME,
                limitShape,
                Product.NAME,
                sameGraph.isEmpty()
                    ? ""
                    : "; so do %s, to tell what of the lead is the graph's"
                        .formatted(String.join(" and ", sameGraph))),
        new Table(
            List.of(
                "side",
                "records/s",
                "CPU s per 1,000 records",
                Product.NAME + " is faster by",
                "least",
                "most",
                "ratio to one a run",
                "ratio to FIFO"),
            rows),
        List.of(outcome.bars("Records a second")));
  }

  private Section accuracy() {
    List<List<Object>> rows = new ArrayList<>();
    peers()
        .forEach(
            peer -> {
              Agreement agreement = agreement(peer);
              rows.add(
                  List.of(
                      peer.name(),
                      agreement.texts(),
                      agreement.beyond(),
                      "%.1e".formatted(agreement.mostDifference()),
                      "%.6f".formatted(agreement.leastCosine())));
            });
    return new Section(
        "Whether they give the same vectors",
        "Each peer against %s, text by text. %s".formatted(Product.NAME, whatToExpect()),
        new Table(
            List.of(
                "peer",
                "texts",
                "beyond 1e-3",
                "largest difference of a component",
                "least cosine"),
            rows),
        List.of());
  }

  private String whatToExpect() {
    if (forms.differ()) {
      return "They run other forms of a model: the cosine tells how near these are.";
    }
    return "The model file is %s, %s."
        .formatted(
            forms.peers().graph().precision(),
            forms.peers().graph().batchInvariant()
                ? "so a vector does not depend on the batch: differences beyond 1e-3 come from"
                    + " another tokenization"
                : "and quantises activations at run time: vectors depend on the batch, and peers"
                    + " with other batches differ");
  }

  private Section settings() {
    return new Section(
        "How each is set up",
        "As its documentation advises; where that is silent, as runs fastest. "
            + (variants.severalOfASide()
                ? "Each has the parallelism that did more in the median of the rounds."
                : "All have one subtask."),
        new Table(
            List.of("side", "setting"),
            sides.stream().map(side -> List.<Object>of(side.name(), side.setting())).toList()),
        List.of());
  }

  private Section parallelism() {
    return new Section(
        "Parallelism",
        "Each side ran in all rounds with one subtask, that uses all cores, and with one a core."
            + " What did more in the median is compared.",
        variants.table(rounds),
        List.of());
  }
}
