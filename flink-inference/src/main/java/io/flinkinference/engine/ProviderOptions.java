package io.flinkinference.engine;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an execution provider is set up.
 *
 * @param settings by the provider's own names
 * @param fallbackAllowed whether the model may run on the CPU where the provider cannot be used
 * @param tokenBudget most padded tokens of a batch, for providers that prepare for shapes; 0 where
 *     that is not told
 */
public record ProviderOptions(
    Map<String, String> settings, boolean fallbackAllowed, int tokenBudget)
    implements Serializable {

  /** The provider's own defaults, and no other device. */
  public static final ProviderOptions DEFAULT = new ProviderOptions(Map.of(), false, 0);

  private static final long serialVersionUID = 1L;

  public ProviderOptions {
    // Of one order, so that a provider is told the same in the same way.
    settings = new TreeMap<>(settings);
  }

  /** The same for another provider. */
  public ProviderOptions withoutSettings() {
    return new ProviderOptions(Map.of(), fallbackAllowed, tokenBudget);
  }
}
