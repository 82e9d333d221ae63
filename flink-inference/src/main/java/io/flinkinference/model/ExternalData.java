package io.flinkinference.model;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files beside a graph that hold weights, and how many bytes each must have for all of them.
 */
final class ExternalData {

  private static final int ENTRY_KEY = WireReader.tag(1, WireReader.BYTES);
  private static final int ENTRY_VALUE = WireReader.tag(2, WireReader.BYTES);

  private final SortedMap<String, Long> bytes = new TreeMap<>();

  // Of the tensor that is being read.
  private String location;
  private long end;

  // Of the entry that is being read.
  private String key;
  private String value;

  void beginTensor() {
    location = null;
    end = 0;
  }

  void endTensor() {
    if (location != null) {
      bytes.merge(location, end, Math::max);
    }
  }

  /** Reads an entry: the name of the file, or where in it the tensor begins or how long it is. */
  void readEntry(WireReader in) throws IOException {
    key = "";
    value = "";
    in.readMessage(tag -> read(tag, in));
    switch (key) {
      case "location" -> location = value;
      case "offset", "length" -> end += number();
      default -> {} // A checksum, or what is not known yet.
    }
  }

  private boolean read(int tag, WireReader in) throws IOException {
    if (tag == ENTRY_KEY) {
      key = in.readText();
    } else if (tag == ENTRY_VALUE) {
      value = in.readText();
    } else {
      return false;
    }
    return true;
  }

  private long number() throws IOException {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IOException("the " + key + " of weights in " + location + " is '" + value + "'", e);
    }
  }

  SortedMap<String, Long> bytes() {
    return bytes;
  }
}
