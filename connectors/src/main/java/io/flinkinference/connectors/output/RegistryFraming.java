package io.flinkinference.connectors.output;

import io.flinkinference.connectors.registry.RegisteredSchema;
import io.flinkinference.connectors.registry.RegistryException;
import io.flinkinference.connectors.registry.SchemaRegistry;
import io.flinkinference.connectors.registry.WireFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Confluent's wire format: the schema's number in a registry. */
final class RegistryFraming implements Framing {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryFraming.class);

  private final RegisteredSchema target;
  private final String topic;
  private final SchemaRegistry registry;

  RegistryFraming(RegisteredSchema target, String topic) {
    this.target = target;
    this.topic = topic;
    this.registry = new SchemaRegistry(target.registry());
  }

  /**
   * {@inheritDoc}
   *
   * @throws RegistryException if the registry does not answer, or refuses the schema
   * @throws IllegalStateException if the subject's latest schema is to be used and does not fit
   */
  @Override
  public Frame frame(Schema schema) {
    String subject = target.naming().subject(topic, schema);
    return switch (target.registration()) {
      case REGISTER ->
          new PrefixFrame(WireFormat.prefix(registry.register(subject, schema)), schema);
      case USE_LATEST -> latest(subject, schema);
    };
  }

  private Frame latest(String subject, Schema ours) {
    SchemaRegistry.Numbered latest = ask(subject);
    byte[] prefix = WireFormat.prefix(latest.id());
    // What differs beyond this form, such as a comment, shows in no byte of the data.
    if (SchemaNormalization.toParsingForm(latest.schema())
        .equals(SchemaNormalization.toParsingForm(ours))) {
      return new PrefixFrame(prefix, latest.schema());
    }
    checkReads(latest, ours, subject);
    List<String> lost = lost(latest.schema(), ours);
    if (!lost.isEmpty()) {
      LOG.warn(
          "Values are written with the latest schema of the subject {}, number {}. It has no"
              + " fields {}, which are left out.",
          subject,
          latest.id(),
          lost);
    }
    return new TranslatingFrame(prefix, ours, latest.schema());
  }

  private SchemaRegistry.Numbered ask(String subject) {
    try {
      return registry.latest(subject);
    } catch (RegistryException e) {
      if (e.isNotFound()) {
        throw new IllegalStateException(
            "The sink of "
                + topic
                + " is to use the latest schema of the subject "
                + subject
                + ", but there is none: "
                + e.getMessage()
                + ". Register one first, or let the sink do so (REGISTER).",
            e);
      }
      throw e;
    }
  }

  private static void checkReads(SchemaRegistry.Numbered latest, Schema ours, String subject) {
    var check = SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), ours);
    if (check.getType() != SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE) {
      List<String> reasons =
          check.getResult().getIncompatibilities().stream()
              .map(i -> i.getType() + " at " + i.getLocation() + " (" + i.getMessage() + ")")
              .toList();
      throw new IllegalStateException(
          "The latest schema of the subject "
              + subject
              + ", number "
              + latest.id()
              + ", cannot read what the sink writes: "
              + reasons
              + ". The latest: "
              + latest.schema()
              + ". The sink's: "
              + ours
              + ". Register a schema that can, or let the sink do so (REGISTER).");
    }
  }

  /** Fields of our record that the latest schema does not take over. */
  private static List<String> lost(Schema latest, Schema ours) {
    return ours.getFields().stream()
        .map(Schema.Field::name)
        .filter(name -> !Fields.takes(latest, name))
        .toList();
  }
}
