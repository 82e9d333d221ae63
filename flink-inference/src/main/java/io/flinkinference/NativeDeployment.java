package io.flinkinference;

import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.util.FlinkUserCodeClassLoader;

/**
 * Checks that the classes with native code come from Flink's own class path, not from a job's jar.
 *
 * <p>Flink loads a job's jar with a class loader of its own for each submission. The JVM ties a
 * native library to the class loader that loaded it; the libraries used here are unpacked and
 * mapped again for each, and what stays referenced natively is never unmapped. So a TaskManager
 * would grow by a hundred megabytes with each submission.
 */
final class NativeDeployment {

  /** A native library: a class of it, and what to put into Flink's lib directory for it. */
  enum Library {
    ONNX_RUNTIME("ai.onnxruntime.OrtEnvironment", "com.microsoft.onnxruntime:onnxruntime"),
    TOKENIZERS(
        "ai.djl.huggingface.tokenizers.jni.TokenizersLibrary",
        "ai.djl.huggingface:tokenizers with ai.djl:api, com.google.code.gson:gson and"
            + " net.java.dev.jna:jna");

    private final String className;
    private final String artifact;

    Library(String className, String artifact) {
      this.className = className;
      this.artifact = artifact;
    }
  }

  private static final String PATTERNS = "ai.onnxruntime;ai.djl.";

  private NativeDeployment() {}

  /**
   * Checks what a class loader finds. Loads no native library.
   *
   * @param needed what is about to be used; where that is not in place, the message names all that
   *     is not, since both are put right in one go
   * @throws IllegalStateException if a job's class loader has loaded a class of it, or nobody has
   *     it; the message says what to set
   */
  static void check(ClassLoader loader, Library needed) {
    Class<?> type = find(needed, loader);
    if (type == null) {
      throw new IllegalStateException(
          "The class "
              + needed.className
              + " is not on the class path. Put "
              + needed.artifact
              + " into the lib directory of Flink.");
    }
    if (isUserCode(type)) {
      throw refusal(loader);
    }
  }

  private static IllegalStateException refusal(ClassLoader loader) {
    List<String> found = new ArrayList<>();
    List<String> artifacts = new ArrayList<>();
    for (Library library : Library.values()) {
      Class<?> type = find(library, loader);
      if (type != null && isUserCode(type)) {
        found.add(library.className + " from " + origin(type));
        artifacts.add(library.artifact);
      }
    }
    return new IllegalStateException(
        "The job's own class loader has loaded classes with native code ("
            + String.join(", ", found)
            + "). Each submission of the job would map another copy of the native libraries into"
            + " the TaskManager, which is never freed. Put "
            + String.join(" and ", artifacts)
            + " into the lib directory of Flink, set "
            + CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL.key()
            + ": "
            + PATTERNS
            + " in its configuration, keep them out of the job's jar, and start the cluster"
            + " again. Where a cluster runs this one job once, as in application mode, set "
            + InferenceOptions.NATIVE_USER_CLASS_LOADER.key()
            + " to "
            + InferenceOptions.NativeUserClassLoader.ALLOW
            + " instead.");
  }

  /** Its class, or null where nobody has it. */
  private static Class<?> find(Library library, ClassLoader loader) {
    try {
      return Class.forName(library.className, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** Also where a job has made a class loader below its own. */
  private static boolean isUserCode(Class<?> type) {
    for (ClassLoader next = type.getClassLoader(); next != null; next = next.getParent()) {
      if (next instanceof FlinkUserCodeClassLoader) {
        return true;
      }
    }
    return false;
  }

  /** Name of the jar, which mostly has the version. */
  private static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL place = source == null ? null : source.getLocation();
    Path file = place == null ? null : Path.of(place.getPath()).getFileName();
    return file == null ? "an unknown jar" : file.toString();
  }
}
