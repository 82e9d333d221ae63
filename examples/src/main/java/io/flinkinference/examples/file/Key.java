package io.flinkinference.examples.file;

import java.util.Objects;

/**
 * A name in a section, and what may stand behind it. The constant that declares a key is also what
 * reads its value: {@link Settings#get}.
 *
 * <p><b>Thread safety:</b> immutable; equal only to itself.
 *
 * @param <T> type of its value
 */
public final class Key<T> {

  private final String name;
  private final Shape<T> shape;
  private final String description;
  private final Presence presence;
  private final T defaultValue;
  private final String shownDefault;

  private Key(
      String name,
      Shape<T> shape,
      String description,
      Presence presence,
      T defaultValue,
      String shownDefault) {
    this.name = Objects.requireNonNull(name, "name");
    this.shape = Objects.requireNonNull(shape, "shape");
    this.description = Objects.requireNonNull(description, "description");
    this.presence = presence;
    this.defaultValue = defaultValue;
    this.shownDefault = shownDefault;
  }

  /** A key that has to be there. */
  public static <T> Key<T> required(String name, Shape<T> shape, String description) {
    return new Key<>(name, shape, description, Presence.REQUIRED, null, null);
  }

  /** A key that may be missing, which means something of its own. */
  public static <T> Key<T> optional(String name, Shape<T> shape, String description) {
    return new Key<>(name, shape, description, Presence.OPTIONAL, null, null);
  }

  /**
   * A key that has a value also where it is missing.
   *
   * @param shown the default as it would stand in a file
   */
  public static <T> Key<T> withDefault(
      String name, Shape<T> shape, T value, String shown, String description) {
    return new Key<>(name, shape, description, Presence.DEFAULTED, value, shown);
  }

  /** A choice that has a value also where it is missing. */
  public static <E extends Enum<E>> Key<E> withDefault(String name, E value, String description) {
    return withDefault(
        name, Shapes.choice(value.getDeclaringClass()), value, Shapes.spelled(value), description);
  }

  /** A section that need not be there, for all of its keys have defaults or may be missing. */
  public static Key<Settings> section(String name, Section section, String description) {
    return new Key<>(name, section, description, Presence.DEFAULTED, section.empty(name, 1), null);
  }

  /** Its name in the file. */
  public String name() {
    return name;
  }

  Shape<T> shape() {
    return shape;
  }

  String description() {
    return description;
  }

  boolean isRequired() {
    return presence == Presence.REQUIRED;
  }

  T defaultValue() {
    return defaultValue;
  }

  /** As it would stand in a file; null where there is none to show. */
  String shownDefault() {
    return shownDefault;
  }

  private enum Presence {
    REQUIRED,
    OPTIONAL,
    DEFAULTED
  }
}
