package dev.drover.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import dev.drover.audit.rule.Rules;

class StatelessRulesTest {

    private static final String FIXTURES = "dev.drover.audit.fixture.";

    @Test
    void aFindingFailsATestWithItsClassItsLineAndTheFix() {
        assertThatThrownBy(() -> StatelessRules.all().check(classes("filewrite")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("classes should hold nothing that has to survive the process")
                .hasMessageContaining("[Files] Stateful.write (Stateful.java:")
                .hasMessageContaining("writes to the local disk: Files.writeString")
                .hasMessageContaining("is not on the others'")
                .hasMessageContaining("Fix: Put the bytes in an object store");
    }

    @Test
    void aRuleOfItsOwnFindsItsOwnKindOnly() {
        assertThatThrownBy(() -> StatelessRules.noFileWrites().check(classes("filewrite")))
                .hasMessageContaining("no classes should write to the local disk");
        assertThatCode(() -> StatelessRules.noTempFiles().check(classes("filewrite")))
                .doesNotThrowAnyException();
    }

    @Test
    void theEnvironmentMayBeReadWhereAProjectSaysSo() {
        JavaClasses classes = classes("environment");

        assertThatThrownBy(() -> StatelessRules.all().check(classes)).isInstanceOf(AssertionError.class);
        assertThatCode(() -> StatelessRules.environmentIsReadInPackages(FIXTURES + "environment..")
                        .check(classes))
                .doesNotThrowAnyException();
    }

    @Test
    void aProjectWithoutClassesPasses() {
        assertThatCode(() -> StatelessRules.all().check(classes("nothing.at.all")))
                .doesNotThrowAnyException();
    }

    @Test
    void everyRuleCanBeHadAlone() {
        List<Method> single = Stream.of(StatelessRules.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType() == ArchRule.class
                        && !method.getName().equals("all"))
                .toList();

        assertThat(single).hasSameSizeAs(Rules.ALL);
    }

    private static JavaClasses classes(String fixture) {
        return new ClassFileImporter().importPackages(FIXTURES + fixture);
    }
}
