package io.flinkinference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The package table of ARCHITECTURE.md, as a test. */
@AnalyzeClasses(
    packages = "io.flinkinference",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule EACH_PACKAGE_USES_ONLY_WHAT_THE_TABLE_ALLOWS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.flinkinference..")
          .layer("root")
          .definedBy("io.flinkinference")
          .layer("text")
          .definedBy("..text..")
          .layer("result")
          .definedBy("..result..")
          .layer("model")
          .definedBy("..model..")
          .layer("tokenize")
          .definedBy("..tokenize..")
          .layer("batch")
          .definedBy("..batch..")
          .layer("engine")
          .definedBy("io.flinkinference.engine")
          .layer("onnx")
          .definedBy("..engine.onnx..")
          .layer("runtime")
          .definedBy("..runtime..")
          .layer("task")
          .definedBy("..task..")
          .layer("operator")
          .definedBy("..operator..")
          .layer("table")
          .definedBy("..table..")
          .layer("placement")
          .definedBy("..placement..")
          .whereLayer("root")
          .mayOnlyAccessLayers(
              "text",
              "result",
              "model",
              "tokenize",
              "batch",
              "engine",
              "onnx",
              "runtime",
              "task",
              "operator",
              "placement")
          .whereLayer("placement")
          .mayNotAccessAnyLayer()
          .whereLayer("text")
          .mayNotAccessAnyLayer()
          .whereLayer("result")
          .mayNotAccessAnyLayer()
          .whereLayer("model")
          .mayOnlyAccessLayers("text")
          .whereLayer("tokenize")
          .mayOnlyAccessLayers("text", "model")
          .whereLayer("batch")
          .mayOnlyAccessLayers("text", "result")
          .whereLayer("engine")
          .mayOnlyAccessLayers("batch", "model", "text")
          .whereLayer("onnx")
          .mayOnlyAccessLayers("engine", "batch", "text")
          .whereLayer("runtime")
          .mayOnlyAccessLayers("engine", "batch", "model", "tokenize", "result", "text")
          .whereLayer("task")
          .mayOnlyAccessLayers("runtime", "tokenize", "engine", "batch", "model", "result", "text")
          .whereLayer("operator")
          .mayOnlyAccessLayers(
              "runtime", "task", "tokenize", "engine", "batch", "model", "result", "text")
          .whereLayer("table")
          .mayOnlyAccessLayers("root", "runtime", "task", "result");

  @ArchTest
  static final ArchRule FOUR_PACKAGES_KNOW_FLINK =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.flinkinference",
              "io.flinkinference.operator..",
              "io.flinkinference.placement..",
              "io.flinkinference.table..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_TABLES =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.flinkinference.table")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink.table..");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_ONNX_RUNTIME =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.flinkinference.engine.onnx")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_THE_NATIVE_TOKENIZER =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.flinkinference.tokenize")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule BATCHING_IS_PLAIN_JAVA =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.flinkinference.batch", "io.flinkinference.text", "io.flinkinference.result")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java..",
              "io.flinkinference.batch",
              "io.flinkinference.text",
              "io.flinkinference.result");

  @ArchTest
  static final ArchRule THERE_ARE_NO_CYCLES =
      slices().matching("io.flinkinference.(**)").should().beFreeOfCycles();
}
