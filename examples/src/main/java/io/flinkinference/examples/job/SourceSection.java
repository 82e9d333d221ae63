package io.flinkinference.examples.job;

import io.flinkinference.connectors.KafkaTexts;
import io.flinkinference.connectors.format.AvroEncoding;
import io.flinkinference.connectors.format.AvroText;
import io.flinkinference.connectors.format.JsonText;
import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.util.function.SerializableFunction;

/** The section {@code source}: which records are read, and where the text is in them. */
final class SourceSection {

  static final Key<List<String>> TOPICS =
      Key.optional("topics", Shapes.listOf(TopicName.SHAPE), "Names of the topics to read.");

  static final Key<Pattern> TOPIC_PATTERN =
      Key.optional(
          "topic-pattern",
          Shapes.text("a regular expression", Pattern::compile),
          "Instead of names: all topics whose whole name matches, also those that appear later.");

  static final Key<String> GROUP =
      Key.optional(
          "group",
          Shapes.text(),
          "Kafka's consumer group, under which offsets are committed. The name of the job unless it"
              + " is set.");

  static final Key<Start> START =
      Key.withDefault(
          "start",
          Shapes.text(Start.WORDS, Start::parse),
          Start.parse("committed"),
          "committed",
          "Where a job without a checkpoint begins: behind what its group has committed (at the"
              + " earliest record where there is nothing), at the earliest or the latest record, or"
              + " at a time.");

  static final Key<Boolean> BOUNDED =
      Key.withDefault(
          "bounded",
          Shapes.flag(),
          false,
          "false",
          "Whether the job ends behind the records that are there when it starts.");

  static final Key<Duration> DISCOVERY =
      Key.withDefault(
          "discovery-interval",
          Shapes.duration(),
          Duration.ofMinutes(1),
          "1 min",
          "How often to look for new partitions, and for new topics of a pattern.");

  static final Key<TextFormat> FORMAT =
      Key.withDefault(
          "format", TextFormat.TEXT, "What the values are: text in UTF-8, JSON, or Avro.");

  static final Key<String> FIELD =
      Key.optional(
          "field",
          Shapes.text(),
          "Where the text is: for json a JSON Pointer such as /review/body, for avro names of fields"
              + " from the outside in, such as review.body.");

  static final Key<String> PAIR_FIELD =
      Key.optional(
          "pair-field",
          Shapes.text(),
          "Where the second text of a record is, for tasks on pairs: as field.");

  static final Key<AvroForm> ENCODING =
      Key.optional(
          "avro-encoding",
          Shapes.choice(AvroForm.class),
          "How values of Avro name their schema: in Confluent's wire format (registry), in the"
              + " single-object encoding, or not at all (bare). registry unless it"
              + " is set.");

  static final Key<List<Schema>> SCHEMAS =
      Key.optional(
          "avro-schemas",
          Shapes.listOf(Shapes.text("a file with a schema of Avro (.avsc)", SchemaFile::read)),
          "Schemas of the values where no registry has them, in files on the machine where the job"
              + " is started: all that the single-object encoding may name, or the only one of bare"
              + " values.");

  static final Section SECTION =
      Section.of(
          TOPICS,
          TOPIC_PATTERN,
          GROUP,
          START,
          BOUNDED,
          DISCOVERY,
          FORMAT,
          FIELD,
          PAIR_FIELD,
          ENCODING,
          SCHEMAS);

  private SourceSection() {}

  static void check(Settings source, boolean hasRegistry, Problems problems) {
    if (source.has(TOPICS) == source.has(TOPIC_PATTERN)) {
      problems.add(
          source.line(TOPIC_PATTERN),
          source.has(TOPICS)
              ? "source has both topics and a topic-pattern. Leave one of them out."
              : "source has neither topics nor a topic-pattern. Set one of them.");
    }
    TextFormat format = source.get(FORMAT);
    if (format == TextFormat.TEXT && source.has(FIELD)) {
      problems.add(
          source.line(FIELD),
          "source.field is set, but source.format is text, whose whole value is the text. Leave the"
              + " field out, or set the format to json or avro.");
    }
    if (format == TextFormat.TEXT && source.has(PAIR_FIELD)) {
      problems.add(
          source.line(PAIR_FIELD),
          "source.pair-field is set, but source.format is text, which has no fields. Leave it out, or"
              + " set the format to json or avro.");
    }
    if (format != null && format != TextFormat.TEXT && !source.has(FIELD)) {
      problems.add(
          source.line(FORMAT),
          "source.format is "
              + Shapes.spelled(format)
              + ", but there is no source.field that says where the text is. Set it.");
    }
    if (format == TextFormat.AVRO) {
      checkAvro(source, hasRegistry, problems);
    } else if (format != null) {
      onlyForAvro(source, ENCODING, problems);
      onlyForAvro(source, SCHEMAS, problems);
    }
    if (format != null && format != TextFormat.TEXT) {
      checkField(source, FIELD, format, problems);
      checkField(source, PAIR_FIELD, format, problems);
    }
  }

  private static void checkField(
      Settings source, Key<String> key, TextFormat format, Problems problems) {
    String field = source.get(key);
    if (field == null) {
      return;
    }
    try {
      if (format == TextFormat.JSON) {
        JsonText.at(field);
      } else {
        AvroText.field(field, AvroEncoding.bare(Schema.create(Schema.Type.STRING)));
      }
    } catch (IllegalArgumentException e) {
      problems.add(source.line(key), source.path(key) + ": " + e.getMessage());
    }
  }

  private static void onlyForAvro(Settings source, Key<?> key, Problems problems) {
    if (source.has(key)) {
      problems.add(
          source.line(key),
          source.path(key) + " is for source.format avro. Leave it out, or set the format.");
    }
  }

  private static void checkAvro(Settings source, boolean hasRegistry, Problems problems) {
    if (source.isUnread(ENCODING)) {
      return;
    }
    AvroForm encoding = encoding(source);
    if (encoding == AvroForm.REGISTRY) {
      if (!hasRegistry) {
        problems.add(
            source.line(ENCODING),
            "source reads Avro whose schemas a registry has, but there is no schema-registry. Set"
                + " its url, or another source.avro-encoding.");
      }
      if (source.has(SCHEMAS)) {
        problems.add(
            source.line(SCHEMAS),
            "source.avro-schemas is set, but the registry has the schemas. Leave it out, or set"
                + " source.avro-encoding to single-object or bare.");
      }
    } else if (!source.has(SCHEMAS)) {
      problems.add(
          source.line(ENCODING),
          "source.avro-encoding is "
              + Shapes.spelled(encoding)
              + ", which needs source.avro-schemas. Set it.");
    }
    if (encoding == AvroForm.BARE && source.find(SCHEMAS).map(List::size).orElse(1) > 1) {
      problems.add(
          source.line(SCHEMAS),
          "source.avro-schemas has several schemas, but bare values do not say which. Give one.");
    }
  }

  /** A registry is the usual way; who has none says so by another encoding. */
  private static AvroForm encoding(Settings source) {
    return source.find(ENCODING).orElse(AvroForm.REGISTRY);
  }

  /** Whether values are Avro whose schemas a registry has. */
  static boolean usesRegistry(Settings source) {
    return source.get(FORMAT) == TextFormat.AVRO
        && !source.isUnread(ENCODING)
        && encoding(source) == AvroForm.REGISTRY;
  }

  /** The encoding of values that are Avro. */
  static AvroEncoding avroEncoding(JobSettings job) {
    Settings source = job.source();
    return switch (encoding(source)) {
      case REGISTRY -> AvroEncoding.registry(job.registry());
      case SINGLE_OBJECT -> AvroEncoding.singleObject(source.get(SCHEMAS).toArray(Schema[]::new));
      case BARE -> AvroEncoding.bare(source.get(SCHEMAS).get(0));
    };
  }

  static SerializableFunction<KafkaText, String> text(JobSettings job) {
    if (job.source().get(FORMAT) == TextFormat.TEXT) {
      return KafkaText::text;
    }
    return at(job, job.source().get(FIELD));
  }

  /** The second text of a record, where the job reads pairs. */
  static Optional<SerializableFunction<KafkaText, String>> pair(JobSettings job) {
    return job.source().find(PAIR_FIELD).map(field -> at(job, field));
  }

  private static SerializableFunction<KafkaText, String> at(JobSettings job, String field) {
    if (job.source().get(FORMAT) == TextFormat.JSON) {
      return JsonText.at(field);
    }
    AvroText text = AvroText.field(field, avroEncoding(job));
    return job.output().get(OutputSection.FORMAT) == OutputKind.ENRICHED
        ? text.enrichedBy(job.output().get(OutputSection.FIELD))
        : text;
  }

  /** For the job graph. */
  static String name(JobSettings job) {
    Settings source = job.source();
    return source
        .find(TOPICS)
        .map(topics -> String.join(", ", topics))
        .orElseGet(() -> source.get(TOPIC_PATTERN).pattern());
  }

  static KafkaTexts source(JobSettings job) {
    Settings source = job.source();
    KafkaTexts texts =
        source
            .find(TOPICS)
            .map(topics -> KafkaTexts.source(job.servers(), topics.toArray(String[]::new)))
            .orElseGet(() -> KafkaTexts.sourceMatching(job.servers(), source.get(TOPIC_PATTERN)));
    source
        .get(START)
        .applyTo(texts)
        .groupId(source.find(GROUP).orElse(job.name()))
        .partitionDiscovery(source.get(DISCOVERY));
    if (source.get(BOUNDED)) {
      texts.boundedAt(OffsetsInitializer.latest());
    }
    SecuritySection.ofKafka(job.kafka()).ifPresent(texts::security);
    job.kafka().get(KafkaSection.CONSUMER).forEach(texts::property);
    return texts;
  }
}
