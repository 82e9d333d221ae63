package io.flinkinference.tokenize;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.util.Utils;
import io.flinkinference.model.CacheDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Loads the native library of the tokenizers: its CPU flavour, from the jar, without a word to the
 * network.
 *
 * <p>The JVM loads a library file for one class loader only, and DJL keeps one file per user: the
 * second job that brings DJL in its jar would fail. So each class loader gets a copy of its own,
 * below {@link CacheDirectory}. The copy is deleted as soon as it is loaded, where the operating
 * system allows that; elsewhere it stays until someone empties the directory.
 *
 * <p>DJL is told by system properties. They are set only where the user has set neither the
 * property nor the environment variable of that name, and taken back afterwards: the next class
 * loader could not tell them from the user's own. A user's ENGINE_CACHE_DIR is kept to, with what
 * that means for a second class loader.
 */
final class NativeTokenizers {

  private static final String CACHE = "ENGINE_CACHE_DIR";

  /** Interned, so that it is one object for all class loaders of the JVM. */
  private static final Object JVM_WIDE = "io.flinkinference.tokenize.NativeTokenizers".intern();

  /** Guarded by JVM_WIDE. */
  private static boolean loaded;

  private NativeTokenizers() {}

  /**
   * Loads the library unless it is loaded, and runs an action with it.
   *
   * @throws IllegalStateException if the library cannot be loaded on this machine
   */
  static <T> T with(Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    synchronized (JVM_WIDE) {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("OPT_OUT_TRACKING", "true");
      settings.put("RUST_FLAVOR", "cpu");
      settings.keySet().removeIf(NativeTokenizers::isSetByUser);
      settings.forEach(System::setProperty);
      // DJL looks for its library in the context class loader, which need not know it.
      thread.setContextClassLoader(LibUtils.class.getClassLoader());
      try {
        loadOnce();
        return action.get();
      } finally {
        thread.setContextClassLoader(before);
        settings.keySet().forEach(System::clearProperty);
      }
    }
  }

  private static boolean isSetByUser(String name) {
    return System.getenv(name) != null || System.getProperty(name) != null;
  }

  private static void loadOnce() {
    if (loaded) {
      return;
    }
    try {
      if (isSetByUser(CACHE)) {
        LibUtils.checkStatus();
      } else {
        loadFromOwnCopy();
      }
      loaded = true;
      // DJL throws an AssertionError for a platform that it does not know.
    } catch (IOException | RuntimeException | LinkageError | AssertionError e) {
      throw new IllegalStateException(
          "Cannot load the native library of the tokenizers ("
              + e
              + "). It is part of the jar ai.djl.huggingface:tokenizers for Linux, macOS and"
              + " Windows, is unpacked into the directory named by the system property "
              + CacheDirectory.PROPERTY
              + ", which must be writable and not mounted noexec, and needs glibc 2.34 or newer on"
              + " Linux.",
          e);
    }
  }

  private static void loadFromOwnCopy() throws IOException {
    Path copy = Files.createTempDirectory(CacheDirectory.subdirectory("native"), "tokenizers");
    System.setProperty(CACHE, copy.toString());
    try {
      LibUtils.checkStatus();
    } finally {
      System.clearProperty(CACHE);
      Utils.deleteQuietly(copy);
    }
  }
}
