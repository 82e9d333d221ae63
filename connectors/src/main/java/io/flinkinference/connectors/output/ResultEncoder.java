package io.flinkinference.connectors.output;

import io.flinkinference.connectors.text.KafkaText;
import io.flinkinference.result.Scored;

/**
 * Makes values of scored texts.
 *
 * <p><b>Thread safety:</b> for one thread; buffers are used again.
 *
 * @param <R> type of the results
 */
@FunctionalInterface
public interface ResultEncoder<R> {

  /**
   * Encodes one scored text. May wait for a schema registry, the first time that a schema comes.
   *
   * @param scoredAt milliseconds since the epoch
   * @return an array of its own; null stands for a record without a value
   */
  byte[] encode(Scored<KafkaText, R> scored, long scoredAt);
}
