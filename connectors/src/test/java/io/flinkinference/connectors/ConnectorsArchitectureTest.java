package io.flinkinference.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The root package is the builders that users call; what they are made of does not know them. */
@AnalyzeClasses(
    packages = "io.flinkinference.connectors",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ConnectorsArchitectureTest {

  @ArchTest
  static final ArchRule NO_PACKAGE_KNOWS_THE_BUILDERS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.flinkinference.connectors")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.flinkinference.connectors");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.flinkinference.connectors.(*)..").should().beFreeOfCycles();
}
