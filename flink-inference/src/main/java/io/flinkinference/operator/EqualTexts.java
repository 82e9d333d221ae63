package io.flinkinference.operator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets one record be scored for all that have the same text.
 *
 * <p>Of the records in flight with the same token ids only the first, the leader, goes to the
 * engine; the others follow it and get its result. A cache, where there is one, answers texts that
 * were scored before. Both compare the token ids themselves, not a hash of them, so an answer is
 * the very result that the record's own text had.
 *
 * <p>Owned by the mailbox thread.
 */
final class EqualTexts<IN, R> {

  /** How a record gets its result. */
  enum Answer {
    /** From the engine, and others may follow it. */
    LEADS,
    /** From the record that it follows. */
    FOLLOWS,
    /** It has it, from the cache. */
    CACHED
  }

  // By Encoding, or by the windows of all inputs where a record has several.
  private final Map<Object, InFlightRecord<IN, R>> leaders = new HashMap<>();
  private final Cache<Object, R> results; // Null where nothing is kept.

  EqualTexts(CacheOptions options, Ticker ticker) {
    results = options.<R>open(ticker).orElse(null);
  }

  /** Finds out how a record that was just accepted gets its result. */
  Answer look(InFlightRecord<IN, R> record) {
    Object text = record.tokenIds();
    if (results != null) {
      R known = results.getIfPresent(text);
      if (known != null) {
        record.complete(known);
        return Answer.CACHED;
      }
    }
    InFlightRecord<IN, R> leader = leaders.putIfAbsent(text, record);
    if (leader == null) {
      return Answer.LEADS;
    }
    record.follow(leader);
    return Answer.FOLLOWS;
  }

  /** Takes note that a leader is done, with a result or a failure. */
  void done(InFlightRecord<IN, R> leader) {
    leaders.remove(leader.tokenIds());
    if (results != null && leader.failure() == null) {
      results.put(leader.tokenIds(), leader.result());
    }
  }
}
