package io.flinkinference.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Records that wait, in a queue for each length, and all of them in the order of arrival. Adding
 * one and taking one take the same time however many wait. Owned by who holds the batcher's lock.
 *
 * @param <E> type of the entries
 */
final class WaitingRecords<E extends Entry<?>> implements WaitingLengths {

  private final List<ArrayDeque<Place<E>>> byLength = new ArrayList<>();
  private final BitSet lengths = new BitSet(); // Those that a record has.
  private Place<E> oldest;
  private Place<E> newest;
  private long arrivals;
  private long tokens;

  /** A record among those that arrived before and after it. */
  private static final class Place<E> {
    final E entry;
    final int length;
    final long arrival;
    Place<E> older;
    Place<E> newer;

    Place(E entry, int length, long arrival) {
      this.entry = entry;
      this.length = length;
      this.arrival = arrival;
    }
  }

  /** Adds a record behind all others. */
  void add(E entry) {
    int length = entry.encoding().length();
    Place<E> place = new Place<>(entry, length, arrivals++);
    while (byLength.size() <= length) {
      byLength.add(new ArrayDeque<>(1));
    }
    byLength.get(length).add(place);
    lengths.set(length);
    tokens += length;
    place.older = newest;
    if (newest == null) {
      oldest = place;
    } else {
      newest.newer = place;
    }
    newest = place;
  }

  /**
   * Takes records out, of equally long ones the oldest.
   *
   * @return in the order of arrival
   */
  List<E> take(Neighbours neighbours) {
    List<Place<E>> taken = new ArrayList<>(neighbours.rows());
    int length = neighbours.longest();
    int left = neighbours.ofLongest();
    while (taken.size() < neighbours.rows()) {
      if (left == 0) {
        length = shorter(length);
        left = count(length);
      }
      taken.add(takeFirst(length));
      left--;
    }
    taken.sort(Comparator.comparingLong(place -> place.arrival));
    List<E> entries = new ArrayList<>(taken.size());
    for (Place<E> place : taken) {
      entries.add(place.entry);
    }
    return entries;
  }

  private Place<E> takeFirst(int length) {
    ArrayDeque<Place<E>> queue = byLength.get(length);
    Place<E> place = queue.remove();
    if (queue.isEmpty()) {
      lengths.clear(length);
    }
    if (place.older == null) {
      oldest = place.newer;
    } else {
      place.older.newer = place.newer;
    }
    if (place.newer == null) {
      newest = place.older;
    } else {
      place.newer.older = place.older;
    }
    // Else one that the collector takes for long-lived would keep all that came after it.
    place.older = null;
    place.newer = null;
    tokens -= length;
    return place;
  }

  boolean isEmpty() {
    return oldest == null;
  }

  /** The record that has waited longest; there must be one. */
  E oldest() {
    return oldest.entry;
  }

  /** Tokens of all of them. */
  long tokens() {
    return tokens;
  }

  void clear() {
    byLength.clear();
    lengths.clear();
    oldest = null;
    newest = null;
    tokens = 0;
  }

  @Override
  public int ofOldest() {
    return oldest.length;
  }

  @Override
  public int count(int length) {
    return length < byLength.size() ? byLength.get(length).size() : 0;
  }

  @Override
  public int longer(int length) {
    return lengths.nextSetBit(length + 1);
  }

  @Override
  public int shorter(int length) {
    return lengths.previousSetBit(length - 1);
  }
}
