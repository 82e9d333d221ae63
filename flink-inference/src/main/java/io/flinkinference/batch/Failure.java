package io.flinkinference.batch;

import io.flinkinference.result.DeadLetterReason;

/**
 * Why a record has no result.
 *
 * @param reason class of the reason
 * @param message the reason in words
 * @param attempts engine runs that the record took part in
 */
public record Failure(DeadLetterReason reason, String message, int attempts) {}
