package io.flinkinference;

import io.flinkinference.batch.Failure;

/**
 * What became of an item.
 *
 * @param item as it was given
 * @param result what the model says, or null
 * @param failure why there is no result, or null
 * @param <T> type of the item
 * @param <R> type of the result
 */
public record TextOutcome<T, R>(T item, R result, Failure failure) {}
