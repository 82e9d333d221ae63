package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import ai.onnxruntime.OrtEnvironment;
import io.flinkinference.NativeDeployment.Library;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import org.apache.flink.util.FlinkUserCodeClassLoader;
import org.apache.flink.util.FlinkUserCodeClassLoaders;
import org.apache.flink.util.MutableURLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink's own class loaders, over the jars of the test's class path. */
class NativeDeploymentTest {

  private static final String[] DEFAULT_PATTERNS = {"java.", "org.apache.flink.", "org.slf4j"};
  private static final String[] ADVISED_PATTERNS = {
    "java.", "org.apache.flink.", "org.slf4j", "ai.onnxruntime", "ai.djl."
  };

  @Test
  void ownClassPathIsRight() {
    assertThatCode(() -> check(getClass().getClassLoader())).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "with the safety net: {0}")
  @ValueSource(booleans = {false, true})
  void jobThatBringsTheJarsIsRefusedThoughTheyAreInLibToo(boolean safetyNet) throws IOException {
    try (MutableURLClassLoader loader = childFirst(bothInLib(), DEFAULT_PATTERNS, safetyNet)) {
      assertThatThrownBy(() -> check(loader))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ai.onnxruntime.OrtEnvironment from onnxruntime-")
          .hasMessageContaining("TokenizersLibrary from tokenizers-")
          .hasMessageContaining("com.microsoft.onnxruntime:onnxruntime")
          .hasMessageContaining("ai.djl.huggingface:tokenizers")
          .hasMessageContaining(
              "set classloader.parent-first-patterns.additional: ai.onnxruntime;ai.djl. in")
          .hasMessageContaining("set inference.native.user-class-loader to ALLOW");
    }
  }

  @ParameterizedTest(name = "with the safety net: {0}")
  @ValueSource(booleans = {false, true})
  void advisedPatternsMakeItRightThoughTheJobBringsTheJars(boolean safetyNet) throws IOException {
    try (MutableURLClassLoader loader = childFirst(bothInLib(), ADVISED_PATTERNS, safetyNet)) {
      assertThatCode(() -> check(loader)).doesNotThrowAnyException();
    }
  }

  @Test
  void patternsWithoutTheJarsInLibAreRefused() throws IOException {
    try (MutableURLClassLoader loader = childFirst(noneInLib(), ADVISED_PATTERNS, false)) {
      assertThatThrownBy(() -> check(loader))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("The job's own class loader has loaded");
    }
  }

  @ParameterizedTest(name = "with the safety net: {0}")
  @ValueSource(booleans = {false, true})
  void parentFirstIsNoHelpWithoutTheJarsInLib(boolean safetyNet) throws IOException {
    try (MutableURLClassLoader loader =
        FlinkUserCodeClassLoaders.parentFirst(
            jars(), noneInLib(), FlinkUserCodeClassLoader.NOOP_EXCEPTION_HANDLER, safetyNet)) {
      assertThatThrownBy(() -> check(loader))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("OrtEnvironment")
          .hasMessageContaining("TokenizersLibrary");
    }
  }

  @Test
  void parentFirstWithTheJarsInLibIsRight() throws IOException {
    try (MutableURLClassLoader loader =
        FlinkUserCodeClassLoaders.parentFirst(
            jars(), bothInLib(), FlinkUserCodeClassLoader.NOOP_EXCEPTION_HANDLER, true)) {
      assertThatCode(() -> check(loader)).doesNotThrowAnyException();
    }
  }

  @Test
  void whatIsNotNeededMayBeWhereItIs() throws IOException {
    String[] onlyOnnxRuntime = {"java.", "org.apache.flink.", "org.slf4j", "ai.onnxruntime"};
    try (MutableURLClassLoader loader = childFirst(bothInLib(), onlyOnnxRuntime, true)) {
      assertThatCode(() -> NativeDeployment.check(loader, Library.ONNX_RUNTIME))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void onlyWhatIsWrongIsNamed() throws IOException {
    String[] onlyOnnxRuntime = {"java.", "org.apache.flink.", "org.slf4j", "ai.onnxruntime"};
    try (MutableURLClassLoader loader = childFirst(bothInLib(), onlyOnnxRuntime, true)) {
      assertThatThrownBy(() -> check(loader))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("TokenizersLibrary from tokenizers-")
          .message()
          .doesNotContain("OrtEnvironment", "com.microsoft.onnxruntime");
    }
  }

  @Test
  void classLoaderBelowTheJobsIsTheJobsToo() throws IOException {
    try (MutableURLClassLoader job = childFirst(noneInLib(), DEFAULT_PATTERNS, false);
        URLClassLoader below = new URLClassLoader(jars(), new Without(job))) {
      assertThatThrownBy(() -> check(below))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("The job's own class loader has loaded");
    }
  }

  @Test
  void jarsThatAreNowhereAreNamed() {
    ClassLoader empty = noneInLib();
    assertThatThrownBy(() -> NativeDeployment.check(empty, Library.TOKENIZERS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ai.djl.huggingface.tokenizers.jni.TokenizersLibrary is not on")
        .hasMessageContaining("Put ai.djl.huggingface:tokenizers");
  }

  /** As for a model whose tokenizer is the native one. */
  private static void check(ClassLoader loader) {
    NativeDeployment.check(loader, Library.ONNX_RUNTIME);
    NativeDeployment.check(loader, Library.TOKENIZERS);
  }

  private static MutableURLClassLoader childFirst(
      ClassLoader lib, String[] parentFirst, boolean safetyNet) {
    return FlinkUserCodeClassLoaders.childFirst(
        jars(), lib, parentFirst, FlinkUserCodeClassLoader.NOOP_EXCEPTION_HANDLER, safetyNet);
  }

  private static ClassLoader bothInLib() {
    return NativeDeploymentTest.class.getClassLoader();
  }

  private static ClassLoader noneInLib() {
    return new Without(NativeDeploymentTest.class.getClassLoader());
  }

  private static URL[] jars() {
    return Stream.of(OrtEnvironment.class, TokenizersLibrary.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .toArray(URL[]::new);
  }

  /** Knows all that its parent knows but the two libraries. */
  private static final class Without extends ClassLoader {

    Without(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("ai.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
