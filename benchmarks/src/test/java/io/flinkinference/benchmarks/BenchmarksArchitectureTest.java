package io.flinkinference.benchmarks;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The root package knows all benchmarks; none of them knows it. */
@AnalyzeClasses(
    packages = "io.flinkinference.benchmarks",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BenchmarksArchitectureTest {

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.flinkinference.(**)").should().beFreeOfCycles();
}
