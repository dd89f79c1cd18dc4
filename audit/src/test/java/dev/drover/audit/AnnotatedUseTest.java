package dev.drover.audit;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The example of docs/audit.md, applied to the audit itself. */
@AnalyzeClasses(packages = "dev.drover.audit.rule", importOptions = ImportOption.DoNotIncludeTests.class)
class AnnotatedUseTest {

    @ArchTest
    static final ArchRule STATELESS = StatelessRules.noMutableStatics();
}
