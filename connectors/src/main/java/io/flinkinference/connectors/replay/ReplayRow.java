package io.flinkinference.connectors.replay;

/**
 * What became of the letters of one reason and one origin.
 *
 * @param reason as the letters name it
 * @param origin topic that their records are from
 * @param selected records that were written, or in a dry run would be
 * @param notSelected letters that are none of those asked for
 * @param cameBack letters that were asked for, but have been replayed too often
 * @param message of the first letter
 * @param stackDigest of the first letter that has one, or null
 */
public record ReplayRow(
    String reason,
    String origin,
    long selected,
    long notSelected,
    long cameBack,
    String message,
    String stackDigest) {}
