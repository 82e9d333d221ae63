package io.flinkinference.task;

import java.util.List;

/**
 * A batch that the engine is done with. Each of its entries has its result or its failure.
 *
 * @param entries in the order of arrival
 * @param runs engine runs that it took: more than one where a run failed and the batch was halved
 * @param realTokens tokens of all runs, padding excluded
 * @param paddedTokens tokens of all runs, padding included
 * @param startNanos when the first run began, by {@link System#nanoTime}
 * @param engineNanos time in the engine, decoding included
 * @param fatal what broke the engine itself, or null; then the entries have neither result nor
 *     failure
 * @param <E> type of the entries
 */
public record BatchReport<E>(
    List<E> entries,
    int runs,
    long realTokens,
    long paddedTokens,
    long startNanos,
    long engineNanos,
    Throwable fatal) {}
