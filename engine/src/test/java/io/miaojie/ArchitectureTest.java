package io.miaojie;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders between the rooms of the engine, as docs/ARCHITECTURE.md draws them. */
@AnalyzeClasses(packages = "io.miaojie", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule wireIsALeaf = classes()
            .that()
            .resideInAPackage("io.miaojie.wire..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.miaojie.wire..", "java..", "org.agrona..");

    @ArchTest
    static final ArchRule settlementSeesOnlyWireAgronaAndTheLanguage = classes()
            .that()
            .resideInAPackage("io.miaojie.settlement..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.miaojie.settlement..",
                    "io.miaojie.wire..",
                    "org.agrona..",
                    "java.lang..",
                    "java.util",
                    "java.util.function",
                    "java.nio");

    @ArchTest
    static final ArchRule settlementHasNoClockNoChanceNoThreads = noClasses()
            .that()
            .resideInAPackage("io.miaojie.settlement..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    Thread.class,
                    java.util.Random.class,
                    java.util.Timer.class,
                    java.util.UUID.class,
                    java.util.Date.class,
                    java.util.HashMap.class,
                    java.util.HashSet.class,
                    java.util.Currency.class);

    @ArchTest
    static final ArchRule settlementHasLayers = noClasses()
            .that()
            .resideInAPackage("io.miaojie.settlement.state..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.miaojie.settlement.ledger..",
                    "io.miaojie.settlement.part..",
                    "io.miaojie.settlement.campaign..",
                    "io.miaojie.settlement.kind..");

    @ArchTest
    static final ArchRule ledgerSeesOnlyState = noClasses()
            .that()
            .resideInAPackage("io.miaojie.settlement.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.miaojie.settlement.part..", "io.miaojie.settlement.campaign..", "io.miaojie.settlement.kind..");

    @ArchTest
    static final ArchRule partsDoNotSeeCampaigns = noClasses()
            .that()
            .resideInAPackage("io.miaojie.settlement.part..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.miaojie.settlement.campaign..", "io.miaojie.settlement.kind..");

    @ArchTest
    static final ArchRule campaignsDoNotSeeKinds = noClasses()
            .that()
            .resideInAPackage("io.miaojie.settlement.campaign..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.miaojie.settlement.kind..");

    @ArchTest
    static final ArchRule settlementNamesNoKind = noClasses()
            .that()
            .resideInAPackage("io.miaojie.settlement")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.miaojie\\.settlement\\.kind\\.(?!CampaignKinds).*");

    @ArchTest
    static final ArchRule gateSeesOnlyWire = rooms("gate", "wire");

    @ArchTest
    static final ArchRule journalSeesWireAndSettlement = rooms("journal", "wire", "settlement");

    @ArchTest
    static final ArchRule onlyOneFileKnowsChronicle = noClasses()
            .that()
            .haveNameNotMatching("io\\.miaojie\\.journal\\.Chronicle.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.openhft..");

    @ArchTest
    static final ArchRule ringSeesWhatItHosts = rooms("ring", "gate", "wire", "settlement", "journal");

    @ArchTest
    static final ArchRule projectionRunsNoRule = rooms("projection", "wire", "journal");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.miaojie.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSaySomething =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..", "..impl..");

    private static ArchRule rooms(final String room, final String... seen) {
        final String[] forbidden = java.util.stream.Stream.of(
                        "wire", "settlement", "gate", "ring", "cluster", "journal", "projection", "node")
                .filter(other -> !other.equals(room))
                .filter(other -> !java.util.Arrays.asList(seen).contains(other))
                .map(other -> "io.miaojie." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.miaojie." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true);
    }
}
