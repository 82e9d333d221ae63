package io.flinkinference.operator;

import java.util.ArrayDeque;
import java.util.Iterator;

/** Emits in the order of arrival: the oldest leaves first, once it is done. */
final class OrderedBuffer implements InFlightBuffer {

  private final ArrayDeque<InFlight> elements = new ArrayDeque<>();

  @Override
  public void add(InFlight element) {
    elements.add(element);
  }

  @Override
  public void done(InFlight element) {
    // Its turn comes when it is the oldest.
  }

  @Override
  public InFlight poll() {
    return hasNext() ? elements.poll() : null;
  }

  @Override
  public boolean hasNext() {
    InFlight oldest = elements.peek();
    return oldest != null && oldest.isDone();
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public Iterator<InFlight> iterator() {
    return elements.iterator();
  }
}
