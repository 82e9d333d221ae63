package io.flinkinference.task;

import java.util.List;

/**
 * A batch that the engine is done with. Each of its entries has its result or its failure.
 *
 * @param entries in the order of arrival; without those that are to run again
 * @param counts what it took
 * @param startNanos when the first run began, by {@link System#nanoTime}
 * @param engineNanos time in the engine, decoding included
 * @param fatal what broke the engine itself, or null; then the entries need not have a result or a
 *     failure
 * @param <E> type of the entries
 */
public record BatchReport<E>(
    List<E> entries, RunCounts counts, long startNanos, long engineNanos, Throwable fatal) {}
