package io.flinkinference.operator;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Emits records as they are done, but none across an event: a watermark leaves after all records
 * before it and before all records behind it.
 *
 * <p>Events cut the sequence into segments. Only records of the oldest segment may leave; when all
 * have, the event behind them leaves, and the next segment is the oldest. The elements are linked
 * in the order of arrival, which the snapshot wants; a record leaves from anywhere in constant
 * time.
 */
final class UnorderedBuffer implements InFlightBuffer {

  private final ArrayDeque<InFlight> ready = new ArrayDeque<>();
  private InFlight first;
  private InFlight last;
  private long oldestSegment;
  private long newestSegment;
  private int size;

  @Override
  public void add(InFlight element) {
    element.segment = newestSegment;
    if (element.isBarrier()) {
      newestSegment++;
    }
    element.previous = last;
    if (last == null) {
      first = element;
    } else {
      last.next = element;
    }
    last = element;
    size++;
  }

  @Override
  public void done(InFlight element) {
    if (element.segment == oldestSegment) {
      ready.add(element);
    }
  }

  @Override
  public InFlight poll() {
    InFlight element = ready.poll();
    if (element != null) {
      unlink(element);
      return element;
    }
    if (!hasNext()) {
      return null;
    }
    InFlight event = first;
    unlink(event);
    oldestSegment++;
    for (InFlight e = first; e != null && !e.isBarrier(); e = e.next) {
      if (e.isDone()) {
        ready.add(e);
      }
    }
    return event;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || (first != null && first.isBarrier());
  }

  @Override
  public int size() {
    return size;
  }

  private void unlink(InFlight element) {
    if (element.previous == null) {
      first = element.next;
    } else {
      element.previous.next = element.next;
    }
    if (element.next == null) {
      last = element.previous;
    } else {
      element.next.previous = element.previous;
    }
    element.previous = null;
    element.next = null;
    size--;
  }

  @Override
  public Iterator<InFlight> iterator() {
    return new Iterator<>() {
      private InFlight next = first;

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public InFlight next() {
        if (next == null) {
          throw new NoSuchElementException();
        }
        InFlight element = next;
        next = element.next;
        return element;
      }
    };
  }
}
