package io.flinkinference;

import io.flinkinference.model.Pooling;
import io.flinkinference.task.Aggregation;
import io.flinkinference.task.EntityMask;
import io.flinkinference.task.Normalization;
import io.flinkinference.task.PairOrder;
import io.flinkinference.task.Prototypes;
import io.flinkinference.task.Scoring;
import io.flinkinference.task.VectorForm;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * The options of tasks, for those who name a task instead of calling {@link Tasks}: a job's file,
 * SQL, the command line. {@link TaskCatalog} says which task has which.
 */
public final class TaskOptions {

  /** Labels in a result. */
  public static final ConfigOption<Integer> TOP_K =
      ConfigOptions.key("top-k")
          .intType()
          .noDefaultValue()
          .withDescription(
              "Most labels in a result, at least 1, the best first; all unless it is set.");

  /** The least score. */
  public static final ConfigOption<Double> THRESHOLD =
      ConfigOptions.key("threshold")
          .doubleType()
          .noDefaultValue()
          .withDescription(
              "Labels, or entities, with a lower score are left out; a result may have none then. For"
                  + " nearest a cosine, from -1 to 1.");

  /** How scores are made. */
  public static final ConfigOption<Scoring> SCORING =
      ConfigOptions.key("scoring")
          .enumType(Scoring.class)
          .defaultValue(Scoring.AS_MODEL)
          .withDescription(
              "How scores are made. AS_MODEL: as its problem_type says. SOFTMAX: one label is"
                  + " right. SIGMOID: each label by itself. RAW: the model's numbers.");

  /** Labels of the user's choice. */
  public static final ConfigOption<Map<String, String>> LABELS =
      ConfigOptions.key("labels")
          .mapType()
          .noDefaultValue()
          .withDescription("The labels, each with a description in words.");

  /** How sharply labels are told apart. */
  public static final ConfigOption<Double> TEMPERATURE =
      ConfigOptions.key("temperature")
          .doubleType()
          .defaultValue(0.05)
          .withDescription("Above 0; the lower, the more the best label takes of the score.");

  /** Labels that make hypotheses. */
  public static final ConfigOption<List<String>> LABEL_NAMES =
      ConfigOptions.key("label-names")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription("The labels; of a head in the order of its scores.");

  /** What labels make. */
  public static final ConfigOption<String> HYPOTHESIS_TEMPLATE =
      ConfigOptions.key("hypothesis-template")
          .stringType()
          .defaultValue("This example is {}.")
          .withDescription("The sentence that each label makes in place of {}.");

  /** Whether several labels may fit. */
  public static final ConfigOption<Boolean> MULTI_LABEL =
      ConfigOptions.key("multi-label")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether several labels, or none, may fit a text.");

  /** A query for all. */
  public static final ConfigOption<String> QUERY =
      ConfigOptions.key("query")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The query that all texts are ranked by; without it that of each record, its second"
                  + " text.");

  /** Which text the model reads first. */
  public static final ConfigOption<PairOrder> PAIR_ORDER =
      ConfigOptions.key("pair-order")
          .enumType(PairOrder.class)
          .noDefaultValue()
          .withDescription(
              "Which text the model reads first: the record's (TEXT_FIRST) or the second one, the"
                  + " query (PAIR_FIRST). PAIR_FIRST for rerank, TEXT_FIRST for"
                  + " natural-language-inference, unless it is set.");

  /** Whether numbers stay as they are. */
  public static final ConfigOption<Boolean> RAW_SCORES =
      ConfigOptions.key("raw-scores")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether scores are the model's numbers instead of between 0 and 1.");

  /** Texts to compare with. */
  public static final ConfigOption<Map<String, String>> TEXTS =
      ConfigOptions.key("texts")
          .mapType()
          .noDefaultValue()
          .withDescription("The reference texts of each name, one a line.");

  /** How several reference texts count. */
  public static final ConfigOption<Prototypes> PROTOTYPES =
      ConfigOptions.key("prototypes")
          .enumType(Prototypes.class)
          .defaultValue(Prototypes.NEAREST)
          .withDescription(
              "How several reference texts of a name count: the NEAREST of them, or their MEAN.");

  /** The length of vectors. */
  public static final ConfigOption<Normalization> NORMALIZATION =
      ConfigOptions.key("normalization")
          .enumType(Normalization.class)
          .defaultValue(Normalization.AS_MODEL)
          .withDescription(
              "How the length of the vectors is set: AS_MODEL, to 1 (UNIT_LENGTH), or not at all"
                  + " (NONE).");

  /** How token vectors become one. */
  public static final ConfigOption<Pooling> POOLING =
      ConfigOptions.key("pooling")
          .enumType(Pooling.class)
          .noDefaultValue()
          .withDescription("How token vectors become one; as the model says unless it is set.");

  /** Components of a vector. */
  public static final ConfigOption<Integer> DIMENSIONS =
      ConfigOptions.key("dimensions")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Components that are kept, the first ones (Matryoshka models); 0 for all.");

  /** Of what vectors consist. */
  public static final ConfigOption<VectorForm> VECTOR_FORM =
      ConfigOptions.key("vector-form")
          .enumType(VectorForm.class)
          .defaultValue(VectorForm.FLOAT32)
          .withDescription("Of what the vectors consist: FLOAT32, INT8 or BINARY.");

  /** What bytes stand for. */
  public static final ConfigOption<Double> RANGE =
      ConfigOptions.key("range")
          .doubleType()
          .defaultValue(1.0)
          .withDescription(
              "For INT8: the components that become the least and the largest byte are -range and"
                  + " range.");

  /** How tokens become entities. */
  public static final ConfigOption<Aggregation> AGGREGATION =
      ConfigOptions.key("aggregation")
          .enumType(Aggregation.class)
          .defaultValue(Aggregation.SIMPLE)
          .withDescription(
              "How the labels of tokens become entities. NONE: each token with a label is one."
                  + " SIMPLE: neighbours of the same kind are one. FIRST, AVERAGE, MAX: the same for"
                  + " whole words, whose label is that of their first token, the best in the mean of"
                  + " their tokens, or that of the token that is surest.");

  /** Whether a text comes out without its entities. */
  public static final ConfigOption<Boolean> REDACT =
      ConfigOptions.key("redact")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether the result also has the text in which each of its entities is replaced by the"
                  + " mask. A text that is too long for the model is a dead letter then, unless it is"
                  + " scored in windows.");

  /** What replaces entities. */
  public static final ConfigOption<String> MASK =
      ConfigOptions.key("mask")
          .stringType()
          .defaultValue(EntityMask.LABEL.pattern())
          .withDescription(
              "What stands in place of an entity in a redacted text: one character, repeated for"
                  + " each character of the entity, or a text, in which {label} is its label.");

  /** Kinds of entities. */
  public static final ConfigOption<List<String>> ONLY_ENTITIES =
      ConfigOptions.key("only-entities")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription(
              "Labels of the entities that are wanted, without the prefixes of IOB, as in PER; all"
                  + " unless it is set. Others are not redacted either.");

  /** Kinds of entities. */
  public static final ConfigOption<List<String>> WITHOUT_ENTITIES =
      ConfigOptions.key("without-entities")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription("Labels of the entities that are not wanted; not with only-entities.");

  /** Names of labels in a file. */
  public static final ConfigOption<String> LABEL_FILE =
      ConfigOptions.key("label-file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "A file with the names of the labels, one a line (UTF-8), that of id 0 first; those of"
                  + " id2label in config.json unless it is set. It is read where the job is built.");

  /** An output of the graph. */
  public static final ConfigOption<String> HEAD =
      ConfigOptions.key("head")
          .stringType()
          .noDefaultValue()
          .withDescription("Name of the graph's output that has the raw scores of the labels.");

  /** Tasks that share a run. */
  public static final ConfigOption<Map<String, String>> TASKS =
      ConfigOptions.key("tasks")
          .mapType()
          .noDefaultValue()
          .withDescription(
              "The tasks by names of your own. Below each name the key task says which task it is,"
                  + " and its options stand beside that, such as top-k. In a file that is a section"
                  + " for each name; in SQL and on the command line dots join them, as"
                  + " tasks.NAME.task and tasks.NAME.top-k.");

  /** Whether a key is that of an option, or one below it where the option is a map. */
  static boolean isOf(ConfigOption<?> option, String key) {
    boolean isMap = List.of(LABELS, TEXTS, TASKS).contains(option);
    return key.equals(option.key()) || (isMap && key.startsWith(option.key() + "."));
  }

  private TaskOptions() {}
}
