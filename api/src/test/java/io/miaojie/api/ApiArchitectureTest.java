package io.miaojie.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The api sees the engine through its door: gate, wire and node, and never what lies behind. */
@AnalyzeClasses(packages = "io.miaojie.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ApiArchitectureTest {
    @ArchTest
    static final ArchRule apiSeesTheDoorOnly = noClasses()
            .that()
            .resideInAPackage("io.miaojie.api..")
            .and()
            .resideOutsideOfPackage("io.miaojie.api.command..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.miaojie.settlement..", "io.miaojie.journal..", "io.miaojie.ring..", "io.miaojie.projection..");

    @ArchTest
    static final ArchRule leavesSeeNoServer = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.miaojie.api.json..",
                    "io.miaojie.api.message..",
                    "io.miaojie.api.digest..",
                    "io.miaojie.api.directory..",
                    "io.miaojie.api.problem..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.miaojie.gate..", "io.miaojie.api.edge..", "io.miaojie.api.route..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.miaojie.api.(*)..").should().beFreeOfCycles();
}
