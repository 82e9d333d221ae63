package io.flinkinference.examples.job;

import io.flinkinference.connectors.ScoredTexts;
import io.flinkinference.connectors.format.Enrichment;
import io.flinkinference.connectors.output.OutputFormat;
import io.flinkinference.connectors.output.ResultKind;
import io.flinkinference.connectors.registry.RegisteredSchema;
import io.flinkinference.connectors.registry.Registration;
import io.flinkinference.connectors.registry.SubjectNaming;
import io.flinkinference.examples.file.Key;
import io.flinkinference.examples.file.Problems;
import io.flinkinference.examples.file.Section;
import io.flinkinference.examples.file.Settings;
import io.flinkinference.examples.file.Shapes;

/** The section {@code output}: what is written for the records that were scored, and where. */
final class OutputSection {

  static final Key<String> TOPIC =
      Key.required("topic", TopicName.SHAPE, "Name of the topic that is written.");

  static final Key<OutputKind> FORMAT =
      Key.withDefault(
          "format",
          OutputKind.SCORED_TEXT,
          "What is written: scored-text is a record of Avro with all there is to say, enriched the"
              + " source's own record of Avro with the result as one more field, plain a record of"
              + " Avro with the result alone (the best label and its score, or the embedding, or the"
              + " entities; of several tasks a record of these), json what scored-text says as JSON."
              + " docs/formats.md shows each.");

  static final Key<AvroForm> ENCODING =
      Key.optional(
          "avro-encoding",
          Shapes.choice(AvroForm.class),
          "How values of Avro name their schema: registry or single-object. registry where there is"
              + " a schema-registry, unless it is set.");

  static final Key<String> FIELD =
      Key.withDefault(
          "field",
          Shapes.text("the name of a field in Avro", Enrichment::requireName),
          "inference",
          "inference",
          "For enriched: the name of the field that is added.");

  static final Key<Boolean> INCLUDE_TEXT =
      Key.withDefault(
          "include-text",
          Shapes.flag(),
          false,
          "false",
          "For scored-text and json: whether the text itself is written too, where it is the whole"
              + " value of its record.");

  static final Key<Boolean> KEEP_KEY =
      Key.withDefault(
          "keep-key",
          Shapes.flag(),
          true,
          "true",
          "Whether the key of the source's record is the key of the output's. Without it results"
              + " are spread over all partitions.");

  static final Key<Boolean> MODEL_HEADERS =
      Key.withDefault(
          "model-headers",
          Shapes.flag(),
          true,
          "true",
          "Whether headers say which model gave the result.");

  static final Key<Boolean> ORIGINAL_TIMESTAMPS =
      Key.withDefault(
          "original-timestamps",
          Shapes.flag(),
          true,
          "true",
          "Whether the timestamp of the source's record is that of the output's, or the time of"
              + " writing is. Where a topic refuses timestamps (message.timestamp.after.max.ms), the"
              + " job fails unless this is false.");

  static final Key<SubjectNaming> NAMING =
      Key.withDefault(
          "subject-naming",
          SubjectNaming.TOPIC,
          "For registry: by what the subject is named under which the schema is registered.");

  static final Key<Registration> REGISTRATION =
      Key.withDefault(
          "registration",
          Registration.REGISTER,
          "For registry: whether the job registers its schema, or writes with the latest of the"
              + " subject, which then has to be able to hold it.");

  static final Section SECTION =
      Section.of(
          TOPIC,
          FORMAT,
          ENCODING,
          FIELD,
          INCLUDE_TEXT,
          KEEP_KEY,
          MODEL_HEADERS,
          ORIGINAL_TIMESTAMPS,
          NAMING,
          REGISTRATION);

  private OutputSection() {}

  static void check(Settings output, Settings source, boolean hasRegistry, Problems problems) {
    OutputKind kind = output.get(FORMAT);
    if (kind == null) {
      return;
    }
    if (kind == OutputKind.ENRICHED
        && source
            .find(SourceSection.FORMAT)
            .filter(format -> format != TextFormat.AVRO)
            .isPresent()) {
      problems.add(
          output.line(FORMAT),
          "output.format is enriched, which adds a field to records of Avro, but source.format is "
              + "not avro. Set that, or another output.format.");
    }
    if (kind != OutputKind.ENRICHED) {
      refuse(output, FIELD, "is for output.format enriched", problems);
    }
    if (kind == OutputKind.ENRICHED || kind == OutputKind.PLAIN) {
      refuse(output, INCLUDE_TEXT, "is for output.format scored-text and json", problems);
    }
    if (kind == OutputKind.JSON) {
      refuse(output, ENCODING, "is for formats of Avro", problems);
    }
    checkRegistry(output, hasRegistry, problems);
    if (kind == OutputKind.ENRICHED
        && SourceSection.usesRegistry(source)
        && output.find(ENCODING).orElse(null) == AvroForm.SINGLE_OBJECT) {
      problems.add(
          output.line(ENCODING),
          "output.avro-encoding is single-object, but the schemas of the values read are in a"
              + " registry, so nobody could find those of the enriched values. Leave it out: they are"
              + " registered too.");
    }
  }

  /**
   * Looks whether the format has a place for each result of several tasks. The records whose
   * schemas are fixed have one place, and those of plain Avro take names of Avro only.
   *
   * @param task which gives several results
   */
  static void checkSeveral(Settings output, Settings task, Problems problems) {
    OutputKind kind = output.get(FORMAT);
    if (kind == OutputKind.PLAIN) {
      try {
        OutputFormat.plain().check(ResultKind.of(TaskSection.task(task)));
      } catch (IllegalArgumentException e) {
        problems.add(output.line(FORMAT), "output.format is plain, but: " + e.getMessage());
      }
    }
    if (kind == OutputKind.SCORED_TEXT || kind == OutputKind.ENRICHED) {
      problems.add(
          output.line(FORMAT),
          "output.format is %s, which has a place for one result, but task.type is several. Set json or plain."
              .formatted(Shapes.spelled(kind)));
    }
  }

  private static void checkRegistry(Settings output, boolean hasRegistry, Problems problems) {
    AvroForm encoding = output.find(ENCODING).orElse(null);
    if (encoding == AvroForm.REGISTRY && !hasRegistry) {
      problems.add(
          output.line(ENCODING),
          "output.avro-encoding is registry, but there is no schema-registry. Set its url, or the"
              + " encoding to single-object.");
    }
    if (encoding == AvroForm.BARE) {
      problems.add(
          output.line(ENCODING),
          "output.avro-encoding is bare, but a reader has to know the schema. Set registry or"
              + " single-object.");
    }
    if (!usesRegistry(output, hasRegistry) && !output.isUnread(ENCODING)) {
      refuse(output, NAMING, "is for schemas in a registry", problems);
      refuse(output, REGISTRATION, "is for schemas in a registry", problems);
    }
  }

  private static boolean usesRegistry(Settings output, boolean hasRegistry) {
    return output.get(FORMAT) != OutputKind.JSON
        && output.find(ENCODING).map(e -> e == AvroForm.REGISTRY).orElse(hasRegistry);
  }

  private static void refuse(Settings output, Key<?> key, String why, Problems problems) {
    if (output.has(key)) {
      problems.add(output.line(key), output.path(key) + " " + why + ". Leave it out.");
    }
  }

  static <R> ScoredTexts<R> apply(ScoredTexts<R> sink, JobSettings job) {
    Settings output = job.output();
    sink.includeText(output.get(INCLUDE_TEXT))
        .keepKey(output.get(KEEP_KEY))
        .modelHeaders(output.get(MODEL_HEADERS))
        .originalTimestamps(output.get(ORIGINAL_TIMESTAMPS))
        .format(format(job));
    return sink;
  }

  private static OutputFormat format(JobSettings job) {
    Settings output = job.output();
    OutputKind kind = output.get(FORMAT);
    if (kind == OutputKind.JSON) {
      return OutputFormat.json();
    }
    if (!usesRegistry(output, job.hasRegistry())) {
      return switch (kind) {
        case ENRICHED -> OutputFormat.enriched(SourceSection.avroEncoding(job), output.get(FIELD));
        case PLAIN -> OutputFormat.plain();
        default -> OutputFormat.scoredText();
      };
    }
    RegisteredSchema target =
        new RegisteredSchema(job.registry(), output.get(NAMING), output.get(REGISTRATION));
    return switch (kind) {
      case ENRICHED ->
          OutputFormat.enriched(SourceSection.avroEncoding(job), output.get(FIELD), target);
      case PLAIN -> OutputFormat.plain(target);
      default -> OutputFormat.scoredText(target);
    };
  }
}
