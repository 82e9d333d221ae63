package io.flinkinference.examples.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What stands in a section of a file, with the defaults of what does not.
 *
 * <p><b>Thread safety:</b> immutable once it was read.
 */
public final class Settings {

  private final Section section;
  private final String path;
  private final int line;
  private final Map<Key<?>, Object> values = new HashMap<>();
  private final Map<Key<?>, Node> nodes = new HashMap<>();
  private boolean sound = true;

  Settings(Section section, String path, int line) {
    this.section = section;
    this.path = path;
    this.line = line;
  }

  <T> void read(Key<T> key, Node node, Reading reading) {
    nodes.put(key, node);
    T value = key.shape().read(path(path, key), node, reading);
    if (value != null) {
      values.put(key, value);
    }
    sound &= value != null && !(value instanceof Settings inner && !inner.sound);
  }

  /** A section that does not stand in the file, but might. */
  void imply(Key<?> key, Settings section) {
    values.put(key, section);
  }

  void foundUnsound() {
    sound = false;
  }

  /**
   * Whether all values of the section are there and could be read, so that it can be checked as a
   * whole. Names that it does not have do not matter.
   */
  public boolean isSound() {
    return sound;
  }

  /** Whether the key stands in the file, but its value could not be read. */
  public boolean isUnread(Key<?> key) {
    return nodes.containsKey(key) && !values.containsKey(key);
  }

  /**
   * The value of a key that is required or has a default.
   *
   * @return null only where a problem was found in it
   */
  public <T> T get(Key<T> key) {
    return find(key).orElse(null);
  }

  /** The value of a key, or its default; empty where there is neither, or a problem was found. */
  @SuppressWarnings("unchecked") // read() put it there with its key.
  public <T> Optional<T> find(Key<T> key) {
    if (nodes.containsKey(key) || values.containsKey(key)) {
      return Optional.ofNullable((T) values.get(key));
    }
    return Optional.ofNullable(key.defaultValue());
  }

  /** Whether the key stands in the file, with whatever behind it. */
  public boolean has(Key<?> key) {
    return nodes.containsKey(key);
  }

  /** Line of the key's value, or of the section where the key is not there. */
  public int line(Key<?> key) {
    Node node = nodes.get(key);
    return node == null ? line : Reading.line(node);
  }

  /** The key with its sections, such as {@code source.topics}. */
  public String path(Key<?> key) {
    return path(path, key);
  }

  static String path(String section, Key<?> key) {
    return section.isEmpty() ? key.name() : section + "." + key.name();
  }

  /** All settings, those of sections within it too, in the order of the documentation. */
  public List<Setting> listing() {
    List<Setting> all = new ArrayList<>();
    for (Key<?> key : section.keys()) {
      Object value = find(key).orElse(null);
      if (value instanceof Settings settings) {
        all.addAll(settings.listing());
      } else if (value != null) {
        all.add(setting(key));
      }
    }
    return all;
  }

  /**
   * One of the values under names of the user's own.
   *
   * @param key of {@link Shapes#properties} or {@link Shapes#mapOf}, in which the name stands
   */
  public Setting entry(Key<? extends Map<String, ?>> key, String name) {
    return ((MapShape<?>) (Shape<?>) key.shape()).entry(path(key), nodes.get(key), name);
  }

  /** A value as it may be shown, that stands in the file or has a default. */
  public Setting setting(Key<?> key) {
    Node node = nodes.get(key);
    return node == null
        ? new Setting(path(key), key.shownDefault(), 0)
        : new Setting(path(key), key.shape().show(node), Reading.line(node));
  }

  /**
   * A value as it may be shown.
   *
   * @param path of its key
   * @param value no secret, and placeholders as they stand in the file
   * @param line where it stands; 0 for a default
   */
  public record Setting(String path, String value, int line) {}
}
