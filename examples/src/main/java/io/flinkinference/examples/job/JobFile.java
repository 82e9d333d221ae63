package io.flinkinference.examples.job;

import io.flinkinference.OutputMode;
import io.flinkinference.examples.file.JsonSchema;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Placeholders;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.ReferencePage;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import io.flinkinference.examples.file.YamlFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;

/** Declares the file of a scoring job, and reads one. */
public final class JobFile {

  static final Key<String> NAME =
      Key.required("name", Shapes.text(), "Name of the job, which no other one on the Kafka has.");
  static final Key<Integer> PARALLELISM =
      Key.optional(
          "parallelism",
          Shapes.whole(1),
          "Subtasks of each operator. What the cluster is set to unless it is set here.");
  static final Key<Settings> KAFKA =
      Key.required("kafka", KafkaSection.SECTION, "Which brokers, and how to talk to them.");
  static final Key<Settings> REGISTRY =
      Key.optional(
          "schema-registry",
          RegistrySection.SECTION,
          "A schema registry with Confluent's REST interface.");
  static final Key<Settings> SOURCE =
      Key.required("source", SourceSection.SECTION, "What is read, and where the text is in it.");
  static final Key<String> MODEL =
      Key.required(
          "model",
          Shapes.text(),
          "A directory in the layout of the Hugging Face hub, on each TaskManager, or the name of a"
              + " bundled model.");
  static final Key<Settings> TASK =
      Key.required("task", TaskSection.SECTION, "What is asked of the model.");
  static final Key<OutputMode> ORDER =
      Key.withDefault(
          "order",
          OutputMode.UNORDERED,
          "Whether results leave in the order of their records, within a subtask. If not, a short"
              + " text may pass a long one before it, also one of the same key.");
  static final Key<Settings> INFERENCE =
      Key.section(
          "inference", InferenceSection.SECTION, "Batching, limits, and the rest of the operator.");
  static final Key<Settings> OUTPUT =
      Key.required("output", OutputSection.SECTION, "What is written for scored records.");
  static final Key<Settings> DEAD_LETTERS =
      Key.required(
          "dead-letters",
          DeadLetterSection.SECTION,
          "What becomes of records that cannot be scored.");
  static final Key<Settings> DELIVERY =
      Key.required(
          "delivery", DeliverySection.SECTION, "The guarantee of results and dead letters.");
  static final Key<Settings> CHECKPOINTS =
      Key.section(
          "checkpoints", CheckpointSection.SECTION, "How often and where the job's state is kept.");
  static final Key<Settings> PLACEMENT =
      Key.section("placement", PlacementSection.SECTION, "Where the inference runs.");
  static final Key<Map<String, String>> FLINK =
      Key.withDefault(
          "flink",
          Shapes.properties(JobFile::isSecret),
          Map.of(),
          "{}",
          "Options of Flink for this job, by Flink's own names, such as restart-strategy.type.");

  /** Of object stores, which Flink's own list does not know. */
  private static final Pattern KEY = Pattern.compile("(private|encryption)[.-]key");

  static final Section SECTION =
      Section.of(
          NAME,
          PARALLELISM,
          KAFKA,
          REGISTRY,
          SOURCE,
          MODEL,
          TASK,
          ORDER,
          INFERENCE,
          OUTPUT,
          DEAD_LETTERS,
          DELIVERY,
          CHECKPOINTS,
          PLACEMENT,
          FLINK);

  private JobFile() {}

  /**
   * Reads a job. Nothing is connected to.
   *
   * @param name of the file, for problems
   * @throws io.flinkinference.examples.file.FileException with all that is wrong in it
   */
  public static JobSettings read(String name, String text, Placeholders placeholders) {
    return new JobSettings(YamlFile.read(name, text, SECTION, placeholders, JobFile::check));
  }

  /** The file as a JSON Schema. */
  public static String jsonSchema() {
    return JsonSchema.render("A scoring job of flink-inference", SECTION);
  }

  /** All keys as tables in Markdown. */
  static String referencePage() {
    return ReferencePage.render(SECTION, Map.of(INFERENCE.name(), InferenceSection.NOTE));
  }

  private static boolean isSecret(String option) {
    return GlobalConfiguration.isSensitive(option) || KEY.matcher(option).find();
  }

  private static void check(Settings job, Problems problems) {
    Settings registry = job.find(REGISTRY).orElse(null);
    Settings source = job.find(SOURCE).orElse(null);
    job.find(KAFKA).ifPresent(kafka -> OwnedSettings.checkKafka(kafka, problems));
    job.find(KAFKA).ifPresent(kafka -> KnownSettings.checkKafka(kafka, problems));
    OwnedSettings.checkFlink(job, problems);
    KnownSettings.checkFlink(job, problems);
    KnownSettings.requireStreaming(job, problems);
    job.find(KAFKA)
        .flatMap(kafka -> kafka.find(KafkaSection.SECURITY))
        .ifPresent(security -> SecuritySection.check(security, problems));
    if (registry != null) {
      RegistrySection.check(registry, problems);
    }
    if (source != null) {
      SourceSection.check(source, job.has(REGISTRY), problems);
    }
    job.find(TASK)
        .filter(task -> TaskSection.check(task, source, problems))
        .filter(TaskSection::givesSeveral)
        .ifPresent(
            task ->
                job.find(OUTPUT)
                    .ifPresent(output -> OutputSection.checkSeveral(output, task, problems)));
    if (source != null) {
      job.find(OUTPUT)
          .ifPresent(output -> OutputSection.check(output, source, job.has(REGISTRY), problems));
      checkTopics(job, source, problems);
    }
    CheckpointSection.check(job.get(CHECKPOINTS), problems);
    DeliverySection.checkFlink(job, problems);
    job.find(DELIVERY)
        .ifPresent(delivery -> DeliverySection.check(delivery, job.get(CHECKPOINTS), problems));
    InferenceSection.check(job.get(INFERENCE), job.line(INFERENCE), problems);
    PlacementSection.check(job.get(PLACEMENT), job.line(PLACEMENT), problems);
  }

  /** A job that reads what it writes never ends. */
  private static void checkTopics(Settings job, Settings source, Problems problems) {
    String output = job.find(OUTPUT).flatMap(o -> o.find(OutputSection.TOPIC)).orElse(null);
    String letters =
        job.find(DEAD_LETTERS).flatMap(d -> d.find(DeadLetterSection.TOPIC)).orElse(null);
    if (output != null && reads(source, output)) {
      problems.add(
          job.get(OUTPUT).line(OutputSection.TOPIC),
          "output.topic " + output + " is one that the source reads. Write to another.");
    }
    if (letters == null) {
      return;
    }
    int line = job.get(DEAD_LETTERS).line(DeadLetterSection.TOPIC);
    if (reads(source, letters)) {
      problems.add(
          line,
          "dead-letters.topic " + letters + " is one that the source reads. Write to another.");
    }
    if (Objects.equals(output, letters)) {
      problems.add(
          line, "dead-letters.topic is the same as output.topic, " + output + ". Take another.");
    }
  }

  private static boolean reads(Settings source, String topic) {
    return source.find(SourceSection.TOPICS).orElse(List.of()).contains(topic)
        || source
            .find(SourceSection.TOPIC_PATTERN)
            .map(pattern -> pattern.matcher(topic).matches())
            .orElse(false);
  }
}
