package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.engine.Device;
import io.flinkinference.engine.onnx.TestingModels;
import io.flinkinference.model.GraphPrecision;
import io.flinkinference.model.Model;
import io.flinkinference.model.ModelException;
import io.flinkinference.model.ModelRepositories;
import io.flinkinference.result.Classification;
import io.flinkinference.result.DeadLetterReason;
import io.flinkinference.runtime.ModelLease;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.FlinkUserCodeClassLoader;
import org.apache.flink.util.FlinkUserCodeClassLoaders;
import org.apache.flink.util.MutableURLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelOpenerTest {

  private static final String[] PARENT_FIRST = {
    "java.", "org.apache.flink.", "org.slf4j", "org.apache.logging", "org.apache.log4j"
  };

  @Test
  void jobThatBringsTheNativeJarsIsRefusedUnlessItIsAllowed(@TempDir Path parent) throws Exception {
    String model = TestingModels.directory("tiny-classifier", parent).toString();
    try (MutableURLClassLoader job =
        FlinkUserCodeClassLoaders.childFirst(
            classPath(),
            getClass().getClassLoader(),
            PARENT_FIRST,
            FlinkUserCodeClassLoader.NOOP_EXCEPTION_HANDLER,
            true)) {
      assertThatThrownBy(() -> open(job, model, new Configuration()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("The job's own class loader has loaded");

      Configuration allowed = new Configuration();
      allowed.setString(InferenceOptions.NATIVE_USER_CLASS_LOADER.key(), "ALLOW");
      try (AutoCloseable scorer = open(job, model, allowed)) {
        assertThat(scorer.getClass()).isNotSameAs(TextScorer.class);
      }
    }
  }

  @Test
  void eachTroubleOfTheModelHasItsReason(@TempDir Path parent) throws Exception {
    String model = TestingModels.directory(TestingModels.TROUBLED, parent).toString();
    List<String> texts = List.of("t3", "t14", "t3 t13", "t15 t3", "nothing known");
    List<TextOutcome<String, Classification>> outcomes = new ArrayList<>();
    try (TextScorer<Classification> scorer =
        TextScorer.open(model, Tasks.textClassification(), new Configuration())) {
      scorer.score(texts.iterator(), text -> text, outcomes::add);
    }
    assertThat(outcomes)
        .extracting(TextOutcome::failure)
        .extracting(failure -> failure == null ? null : failure.reason())
        .containsExactly(
            null, DeadLetterReason.INVALID_OUTPUT, DeadLetterReason.ENGINE_FAILURE, null, null);
  }

  @Test
  void aGraphThatNeedsAnEndTokenInEachRowIsOpenedWarmedUpAndScored(@TempDir Path parent)
      throws Exception {
    Path model = TestingModels.directory(TestingModels.ENDED, parent);
    Path tokenizer = model.resolve("tokenizer.json");
    String template =
        """
        "post_processor": {"type": "TemplateProcessing",
            "single": [{"Sequence": {"id": "A", "type_id": 0}},
                       {"SpecialToken": {"id": "t%1$d", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
                     {"SpecialToken": {"id": "t%1$d", "type_id": 1}}],
            "special_tokens": {"t%1$d": {"id": "t%1$d", "ids": [%1$d], "tokens": ["t%1$d"]}}}\
        """
            .formatted(TestingModels.END);
    Files.writeString(
        tokenizer, Files.readString(tokenizer).replace("\"post_processor\": null", template));
    try (ModelLease lease =
        OnnxModelOpener.of(model.toString(), Tasks.textClassification().task(), new Configuration())
            .open()) {
      assertThat(lease.model().warmUp().run(256, false).full()).isNotEmpty();
    }
    List<TextOutcome<String, Classification>> outcomes = new ArrayList<>();
    try (TextScorer<Classification> scorer =
        TextScorer.open(model.toString(), Tasks.textClassification(), new Configuration())) {
      scorer.score(List.of("t3", "t5 t7 t9").iterator(), text -> text, outcomes::add);
    }
    assertThat(outcomes).hasSize(2).allMatch(outcome -> outcome.failure() == null);
  }

  @Test
  void addedTokensWithoutARowFailTheirTextsHoweverManyThereAre(@TempDir Path parent)
      throws Exception {
    Path model = TestingModels.directory("tiny-classifier", parent);
    Path tokenizer = model.resolve("tokenizer.json");
    String added =
        """
        "added_tokens": [{"id": 100, "content": "<new>", "single_word": false, "lstrip": false,
            "rstrip": false, "normalized": false, "special": true}]\
        """;
    Files.writeString(
        tokenizer, Files.readString(tokenizer).replace("\"added_tokens\": []", added));
    Configuration options = new Configuration();
    options.set(InferenceOptions.MAX_CONSECUTIVE_FAILURES, 3);
    List<TextOutcome<String, Classification>> outcomes = new ArrayList<>();
    try (TextScorer<Classification> scorer =
        TextScorer.open(model.toString(), Tasks.textClassification(), options)) {
      List<String> texts = new ArrayList<>(Collections.nCopies(10, "t3 <new>"));
      texts.add("t3");
      scorer.score(texts.iterator(), text -> text, outcomes::add);
    }
    assertThat(outcomes.remove(10).failure()).isNull();
    assertThat(outcomes)
        .extracting(TextOutcome::failure)
        .allMatch(failure -> failure.reason() == DeadLetterReason.TOKENIZER_FAILURE)
        .allMatch(failure -> failure.message().contains("Token id 100"));
  }

  @Test
  void aModelThatIsReplacedWhileItIsLoadedIsNotTakenForTheOldOne(@TempDir Path parent)
      throws Exception {
    Path old = TestingModels.directory("tiny-classifier", parent);
    Path other = TestingModels.directory(TestingModels.TROUBLED, parent);
    Path current = Files.createSymbolicLink(parent.resolve("current"), old);
    OnnxModelOpener opener =
        OnnxModelOpener.of(
            current.toString(), Tasks.textClassification().task(), new Configuration());
    Model resolved = ModelRepositories.standard().resolve(current.toString());
    opener.load(resolved).close();

    Files.delete(current);
    Files.createSymbolicLink(current, other);
    assertThatThrownBy(() -> opener.load(resolved))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("changed while it was loaded")
        .hasMessageContaining("Start again");
  }

  /** Else a second copy would be stamped with a device that it does not run on. */
  @Test
  void aProviderThatTakesNoIndexHasNone() {
    Configuration config = new Configuration();
    config.set(InferenceOptions.DEVICE, "openvino");
    OnnxModelOpener opener = OnnxModelOpener.of("any", Tasks.embedding().task(), config);
    assertThat(opener.on(new Device("openvino", 1)).options())
        .isEqualTo(opener.on(new Device("openvino", 0)).options());
    assertThat(opener.on(new Device("cuda", 1)).options().device()).isEqualTo("cuda:1");
  }

  @Test
  void onTheCpuInPlaceOfAnotherDeviceAsManyRunAtOnceAsOnTheCpu(@TempDir Path parent)
      throws Exception {
    Configuration options = new Configuration();
    options.set(InferenceOptions.DEVICE, "rocm:1");
    options.set(InferenceOptions.DEVICE_FALLBACK, InferenceOptions.DeviceFallback.CPU);
    String model = TestingModels.directory("tiny-classifier", parent).toString();
    try (ModelLease lease =
        OnnxModelOpener.of(model, Tasks.textClassification().task(), options).open()) {
      int processors = Runtime.getRuntime().availableProcessors();
      assertThat(lease.model().engine().device()).isEqualTo(Device.CPU);
      assertThat(lease.model().engine().concurrency()).isEqualTo(processors);
      assertThat(lease.model().executor().concurrency()).isEqualTo(processors);
    }
  }

  @Test
  void fusingNeedsTheModelToolsAndTheCpuAndFp32(@TempDir Path parent) throws Exception {
    String model = TestingModels.directory("tiny-classifier", parent).toString();
    Configuration fusing = new Configuration();
    fusing.set(InferenceOptions.MODEL_FUSE, true);
    assertThatThrownBy(() -> TextScorer.open(model, Tasks.textClassification(), fusing))
        .hasMessageContaining(
            "flink-inference-model-tools with tribuo-util-onnx and protobuf-java");
    assertThatThrownBy(() -> TextScorer.open("all-minilm-l6-v2-q", Tasks.embedding(), fusing))
        .hasMessageContaining("the graph of all-minilm-l6-v2-q is int8")
        .hasMessageContaining("only fp32 is fused");

    fusing.set(InferenceOptions.MODEL_PRECISION, GraphPrecision.INT8);
    assertThatThrownBy(() -> TextScorer.open(model, Tasks.textClassification(), fusing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "inference.model.fuse is true, and inference.model.precision is INT8");

    fusing.removeConfig(InferenceOptions.MODEL_PRECISION);
    fusing.set(InferenceOptions.DEVICE, "cuda:0");
    assertThatThrownBy(() -> TextScorer.open(model, Tasks.textClassification(), fusing))
        .hasMessageContaining("inference.model.fuse is true, and the device is cuda:0");
  }

  /** Calls the scorer that the job's class loader knows. */
  private static AutoCloseable open(ClassLoader job, String model, Configuration options)
      throws Exception {
    Object task = job.loadClass(Tasks.class.getName()).getMethod("textClassification").invoke(null);
    try {
      return (AutoCloseable)
          job.loadClass(TextScorer.class.getName())
              .getMethod(
                  "open",
                  String.class,
                  job.loadClass(InferenceTask.class.getName()),
                  ReadableConfig.class)
              .invoke(null, model, task, options);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
