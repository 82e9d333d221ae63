package io.flinkinference.connectors.output;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.util.Utf8;

/**
 * Names that come again with every record, such as labels, already in UTF-8. Holds a bounded number
 * of them; those beyond are encoded each time. Belongs to the thread of one sink.
 */
final class Names {

  private static final int CAPACITY = 1024;

  private final Map<String, Utf8> known = new HashMap<>();

  Utf8 utf8(String name) {
    Utf8 utf8 = known.get(name);
    if (utf8 == null) {
      utf8 = new Utf8(name);
      if (known.size() < CAPACITY) {
        known.put(name, utf8);
      }
    }
    return utf8;
  }
}
