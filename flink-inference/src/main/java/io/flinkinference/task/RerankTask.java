package io.flinkinference.task;

import io.flinkinference.result.Classification;
import io.flinkinference.runtime.LoadedModel;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How well a text answers a query, by a cross-encoder: a model of one raw score that reads both
 * together. The result has the single label {@link #LABEL}.
 *
 * @param query the query for all records, or empty where each record has its own as its second text
 * @param order {@link PairOrder#PAIR_FIRST} where the model was trained on the query first, as most
 *     are
 * @param sigmoid whether the score is {@code 1 / (1 + exp(-x))}, whatever the model's directory
 *     declares, or the raw value
 */
public record RerankTask(String query, PairOrder order, boolean sigmoid)
    implements Task<Classification> {

  /** The only label of a result. */
  public static final String LABEL = "relevance";

  private static final Logger LOG = LoggerFactory.getLogger(RerankTask.class);
  private static final long serialVersionUID = 1L;

  public RerankTask {
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(order, "order");
    if (!query.isEmpty() && query.isBlank()) {
      throw new IllegalArgumentException(
          "The query is blank. Give it words, or none where each record has its own.");
    }
  }

  /** Each record has its own query, which stands first; scores are between 0 and 1. */
  public RerankTask() {
    this("", PairOrder.PAIR_FIRST, true);
  }

  /** The same with one query for all records. */
  public RerankTask withQuery(String forAll) {
    return new RerankTask(forAll, order, sigmoid);
  }

  /** The same with the texts in another order. */
  public RerankTask withOrder(PairOrder other) {
    return new RerankTask(query, other, sigmoid);
  }

  /** The same with scores as the model gives them. */
  public RerankTask withRawScores() {
    return new RerankTask(query, order, false);
  }

  @Override
  public InputForm form() {
    return query.isEmpty() ? PairForm.of(order) : new FixedPairForm(List.of(query), order);
  }

  @Override
  public TaskDecoder<Classification> open(LoadedModel model) {
    String declared = model.model().config().scoreActivation();
    if (differsFrom(declared)) {
      LOG.warn(
          "Model '{}' declares the activation {}, and sentence-transformers applies that to its"
              + " scores; rerank applies the sigmoid. The order is the same, but thresholds are"
              + " not. With raw-scores rerank applies none.",
          model.model().name(),
          declared);
    }
    List<String> labels = List.of(LABEL);
    return new ScoreDecoder(
        Logits.of(model, "", 2, labels).scores(sigmoid ? ScoreFunction.SIGMOID : ScoreFunction.RAW),
        WindowMerge.MAX,
        scores -> Scores.rank(labels, scores, 1));
  }

  /** Whether a score lies elsewhere than with the activation that a model declares. */
  boolean differsFrom(String activation) {
    return sigmoid && !activation.isEmpty() && !activation.endsWith(".Sigmoid");
  }
}
