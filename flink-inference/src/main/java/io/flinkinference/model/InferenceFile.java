package io.flinkinference.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * {@code inference.json}, which the command {@code optimize} writes beside a graph: how near its
 * answers are to those of the model it was made from, and which token budget was best on the device
 * it was measured on. Keys that are not known are ignored.
 *
 * <p><b>Thread safety:</b> immutable.
 */
public final class InferenceFile {

  /** Name of the file. */
  public static final String NAME = "inference.json";

  private static final String PARITY = "parity";
  private static final String MIN_COSINE = "minCosine";
  private static final String SHA256 = "sha256";
  private static final String BUDGETS = "tokenBudgets";

  private final JsonFile json;

  private InferenceFile(JsonFile json) {
    this.json = json;
  }

  /**
   * Reads the file of a model; it has no content where there is none.
   *
   * @throws ModelException if there is one that is not JSON
   */
  public static InferenceFile of(Model model) {
    Path directory = model.tokenizerFile().toAbsolutePath().getParent();
    return new InferenceFile(JsonFile.orEmpty(directory.resolve(NAME)));
  }

  /**
   * Refuses a model whose answers are too far from those of the one it was made from.
   *
   * @param model whose file this is
   * @param least that {@code parity.minCosine} has to be
   * @throws ModelException if it is less, is not said, or is said of another graph
   */
  public void requireParity(Model model, double least) {
    JsonNode parity = json.get(PARITY);
    JsonNode found = parity.path(MIN_COSINE);
    if (!found.isNumber()) {
      throw new ModelException(
          "inference.model.min-parity is %s, but %s does not say %s.%s. Make the model with the command optimize, or set the option to 0."
              .formatted(least, json, PARITY, MIN_COSINE));
    }
    requireSameGraph(model);
    if (!(found.doubleValue() >= least)) {
      throw new ModelException(
          "inference.model.min-parity is %s, but the answers of %s are only as near as %s to those of the model it was made from (%s.%s in %s). Take a form of higher precision, or lower the option."
              .formatted(least, model.onnxFile(), found, PARITY, MIN_COSINE, json));
    }
  }

  private void requireSameGraph(Model model) {
    String of = json.text(SHA256, "");
    if (!of.equals(model.sha256())) {
      throw json.error(
          SHA256,
          "is \"%s\", but %s has %s".formatted(of, model.onnxFile(), model.sha256()),
          "The figures are of another graph: make the model anew with the command optimize, or set"
              + " inference.model.min-parity to 0.");
    }
  }

  /**
   * The token budget that did most when the model was made.
   *
   * @param device such as cpu
   * @throws ModelException if it is no number above 0
   */
  public OptionalInt tokenBudget(String device) {
    JsonNode budget = json.get(BUDGETS).path(device);
    if (budget.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!budget.isIntegralNumber() || !budget.canConvertToInt() || budget.intValue() < 1) {
      throw json.error(BUDGETS + "." + device, "is " + budget, "It is a whole number above 0.");
    }
    return OptionalInt.of(budget.intValue());
  }
}
