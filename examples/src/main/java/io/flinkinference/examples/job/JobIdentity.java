package io.flinkinference.examples.job;

import io.flinkinference.examples.file.Settings;
import java.util.Properties;

/**
 * What a job's state belongs to. Offsets and transactions in it are those of one Kafka, one source
 * and one output: with others they would lose records, or write them twice.
 */
final class JobIdentity {

  private JobIdentity() {}

  static Properties of(JobSettings job) {
    Settings source = job.source();
    Properties identity = new Properties();
    identity.setProperty("kafka.bootstrap-servers", job.servers());
    identity.setProperty("source", SourceSection.name(job));
    // A checkpoint keeps the ends of partitions.
    identity.setProperty("source.bounded", source.get(SourceSection.BOUNDED).toString());
    identity.setProperty("source.group", source.find(SourceSection.GROUP).orElse(job.name()));
    identity.setProperty("output.topic", job.output().get(OutputSection.TOPIC));
    identity.setProperty("dead-letters.topic", job.deadLetterTopic());
    identity.setProperty(
        "delivery.transactional-id-prefix",
        job.delivery().find(DeliverySection.PREFIX).orElse(job.name()));
    return identity;
  }
}
