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
import java.util.function.Consumer;

/**
 * Which peers can run a model. Each side scores a few texts in a job before anything is measured:
 * libraries take some graphs and not others, and would fail when much has been measured already.
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

  /** Adds those that cannot run the model to the figures, where there are some. */
  public void note(Map<String, Object> figures) {
    if (!reasons.isEmpty()) {
      figures.put("peersThatCannotRun", new LinkedHashMap<>(reasons));
    }
  }

  /** Who cannot run the model and why, where somebody cannot. */
  public Optional<Section> section() {
    if (reasons.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Section(
            "Peers that cannot run this model",
            "Each side scored a few texts before anything was measured. These failed, so they are"
                + " left out.",
            new Table(
                List.of("peer", "why"),
                reasons.entrySet().stream()
                    .map(
                        failed ->
                            List.<Object>of(
                                failed.getKey(), "cannot run this model: " + failed.getValue()))
                    .toList()),
            List.of()));
  }
}
