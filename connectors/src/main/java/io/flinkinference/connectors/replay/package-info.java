/**
 * Puts dead letters back to a topic, once their fault is mended.
 *
 * <p>{@link Replay} is the way in. It reads a topic of dead letters from where its group ended to
 * the end that the topic has at the start, and writes the records that the letters hold. Each batch
 * is one Kafka transaction with the group's offsets: what is repeated after a crash goes on behind
 * the last batch, and a consumer with {@code isolation.level=read_committed} sees each record once.
 */
package io.flinkinference.connectors.replay;
