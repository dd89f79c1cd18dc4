package dev.drover.testing;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import dev.drover.audit.StatelessRules;

/** Of the library all services share. Here, because the platform itself does not know the fixtures. */
class PlatformArchitectureTest {

    @Test
    void thePlatformHoldsNothingThatHasToSurviveTheProcess() {
        StatelessRules.all()
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.drover.platform"));
    }
}
