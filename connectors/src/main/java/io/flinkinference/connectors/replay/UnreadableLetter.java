package io.flinkinference.connectors.replay;

/**
 * A record of the topic of dead letters that is none, or is damaged. It stays where it is.
 *
 * @param partition of the topic of dead letters
 * @param offset in the partition
 * @param why it cannot be read; nothing of what it holds
 */
public record UnreadableLetter(int partition, long offset, String why) {}
