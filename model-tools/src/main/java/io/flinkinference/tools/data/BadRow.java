package io.flinkinference.tools.data;

/**
 * A row that cannot be used.
 *
 * @param line in the file, from 1
 * @param why a sentence
 */
public record BadRow(long line, String why) {}
