package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.bare.Tokenized;
import io.flinkinference.benchmarks.measure.BenchmarkSettings;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.model.ModelRepository;

/**
 * Which form of a model each side runs.
 *
 * @param peers what the peers run
 * @param own what the project runs
 * @param fused whether the project fuses that when it loads it
 */
public record Forms(Model peers, Model own, boolean fused) {

  /** Those that the settings want. */
  public static Forms of(BenchmarkSettings settings) {
    ModelRepository repositories = ModelRepositories.standard();
    return new Forms(
        repositories.resolve(settings.model()),
        repositories.resolve(settings.ownModel()),
        settings.fuse());
  }

  /**
   * Texts with the token ids of the model that the project runs, which may have another tokenizer.
   *
   * @param texts with those of the peers' model
   */
  public Tokenized own(Tokenized texts) {
    return own.equals(peers) ? texts : Tokenized.of(texts.workload(), own);
  }

  /** Whether the project runs another graph than the peers. */
  public boolean differ() {
    return fused || !own.sha256().equals(peers.sha256());
  }

  /** Who runs what, for a title. */
  public String title() {
    return differ()
        ? "%s with %s%s, its peers with %s"
            .formatted(
                Product.NAME, own.name(), fused ? " fused when it is loaded" : "", peers.name())
        : "all with " + peers.name();
  }
}
