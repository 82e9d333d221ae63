package io.flinkinference.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
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
  private long tokens;

  /** A record among those that arrived before and after it. */
  private static final class Place<E> {
    final E entry;
    final int length;
    Place<E> older;
    Place<E> newer;

    Place(E entry, int length, Place<E> older) {
      this.entry = entry;
      this.length = length;
      this.older = older;
    }
  }

  /** Adds a record behind all others. */
  void add(E entry) {
    int length = entry.encoding().length();
    Place<E> place = new Place<>(entry, length, newest);
    if (newest == null) {
      oldest = place;
    } else {
      newest.newer = place;
    }
    newest = place;
    while (byLength.size() <= length) {
      byLength.add(new ArrayDeque<>(1));
    }
    byLength.get(length).add(place);
    lengths.set(length);
    tokens += length;
  }

  /** Takes records out, the longest first, and of equally long ones the oldest. */
  List<E> take(Neighbours neighbours) {
    List<E> taken = new ArrayList<>(neighbours.rows());
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
    return taken;
  }

  private E takeFirst(int length) {
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
    tokens -= length;
    return place.entry;
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
