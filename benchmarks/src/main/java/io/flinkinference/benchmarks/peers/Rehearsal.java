package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.flink.BenchCluster;
import io.flinkinference.benchmarks.peers.job.Load;
import io.flinkinference.model.ModelException;
import io.flinkinference.tools.command.FailureWords;
import io.flinkinference.tools.report.Section;
import io.flinkinference.tools.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which peers can run a model. Each side scores a few texts in a job before anything is measured:
 * libraries take some graphs and not others, and would fail when much has been measured already.
 * What fails all the same is kept here too.
 *
 * <p><b>Thread safety:</b> for one thread.
 */
public final class Rehearsal {

  /** A batch of two has padding. */
  private static final int TEXTS = 2;

  private final BenchCluster cluster;
  private final Load load;
  private final Consumer<String> progress;
  private final Map<String, String> reasons = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  /**
   * @param texts of which the first are scored
   * @param progress is told who cannot run the model
   */
  public Rehearsal(BenchCluster cluster, Tokenized texts, Consumer<String> progress) {
    this.cluster = cluster;
    this.load = Load.allAtOnce(texts.first(TEXTS), 1, 1);
    this.progress = progress;
  }

  /** Those of some peers that can run the model; why the others cannot is kept. */
  public List<Peer> able(List<Peer> peers) throws InterruptedException {
    List<Peer> able = new ArrayList<>();
    for (Peer peer : peers) {
      Optional<String> reason = reason(peer);
      if (reason.isPresent()) {
        reasons.put(peer.name(), reason.get());
        progress.accept("  %s cannot run this model: %s".formatted(peer.name(), reason.get()));
      } else {
        able.add(peer);
      }
    }
    return able;
  }

  /**
   * The same, of peers of which one has to be able, or there is nothing to compare with.
   *
   * @throws ModelException if none is
   */
  public List<Peer> someAble(List<Peer> peers) throws InterruptedException {
    List<Peer> able = able(peers);
    if (able.isEmpty()) {
      throw new ModelException(
          "No peer can run this model, so there is nothing to compare with: "
              + reasons
              + ". Name another one, or see bench limit for what the engine does with it.");
    }
    return able;
  }

  /** Has the project score the texts as well; what it fails with is thrown. */
  public void require(Peer project) throws Exception {
    new JobContender(project, cluster, load).run();
  }

  private Optional<String> reason(Peer peer) throws InterruptedException {
    try {
      new JobContender(peer, cluster, load).run();
      return Optional.empty();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return Optional.of(FailureWords.of(e));
    }
  }

  /**
   * Leaves peers out that fail when they are measured, after they could run the model, and keeps
   * why.
   *
   * @param isPeer tells whether a side is one, by its name
   */
  public BiPredicate<String, Exception> leavingOut(Predicate<String> isPeer) {
    return (name, failure) -> {
      boolean peer = isPeer.test(name);
      if (peer) {
        failures.put(name, FailureWords.of(failure));
        progress.accept("  %s failed, and is left out: %s".formatted(name, failures.get(name)));
      }
      return peer;
    };
  }

  /** Whether a peer failed when it was measured. */
  public boolean hasFailed(String name) {
    return failures.containsKey(name);
  }

  /** Adds those that are left out to the figures, where there are some. */
  public void note(Map<String, Object> figures) {
    if (!reasons.isEmpty()) {
      figures.put("peersThatCannotRun", new LinkedHashMap<>(reasons));
    }
    if (!failures.isEmpty()) {
      figures.put("peersThatFailed", new LinkedHashMap<>(failures));
    }
  }

  /** Who is left out and why, where somebody is. */
  public Optional<Section> section() {
    List<List<Object>> rows = new ArrayList<>();
    reasons.forEach((name, reason) -> rows.add(List.of(name, "cannot run this model: " + reason)));
    failures.forEach((name, reason) -> rows.add(List.of(name, "failed in a round: " + reason)));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Section(
            "Peers that are left out",
            "Each side scored a few texts before anything was measured. What failed then, or in a"
                + " round, is left out.",
            new Table(List.of("peer", "why"), rows),
            List.of()));
  }
}
