package io.flinkinference.connectors.replay;

/**
 * Where records are put back, and how.
 *
 * @param topic to write to, or null for the one that each record is from
 * @param originalTimestamps whether records keep their timestamps
 */
record Target(String topic, boolean originalTimestamps) {

  static final Target ORIGIN = new Target(null, true);

  Target to(String other) {
    return new Target(other, originalTimestamps);
  }

  Target withOriginalTimestamps(boolean keep) {
    return new Target(topic, keep);
  }

  /** In words that are equal for equal topics. */
  String describe() {
    return topic == null ? "to the origin" : "to " + topic;
  }
}
