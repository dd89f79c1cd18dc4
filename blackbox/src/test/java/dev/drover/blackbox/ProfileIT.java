package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.drover.blackbox.Suite.Member;

class ProfileIT {

    private final Suite suite = Suite.shared();

    @Test
    void aChangeAcknowledgedByAnInstanceThatIsThenKilledIsReadFromTheOther() {
        Person person = Person.signUp(suite.anyone());
        Reply before = person.client().get("/profiles/me");
        Member writer = suite.ready("profile").getFirst();
        Member reader = suite.other(writer);

        Reply written = person.client()
                .with("If-Match", before.header("ETag").orElseThrow())
                .via(writer.url())
                .patch("/profiles/me", "{\"displayName\":\"Ada\",\"bio\":\"counts sheep\"}");
        assertThat(written.status()).as("%s", written.body()).isEqualTo(200);
        suite.kill(writer);

        Reply read = person.client().via(reader.url()).get("/profiles/me");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text("/displayName")).isEqualTo("Ada");
        assertThat(read.text("/bio")).isEqualTo("counts sheep");
        assertThat(read.header("ETag")).isEqualTo(written.header("ETag"));
    }

    @Test
    void aStaleWriterIsToldOnAnyInstance() {
        Person person = Person.signUp(suite.anyone());
        String stale = person.client().get("/profiles/me").header("ETag").orElseThrow();
        Client writer = person.client().with("If-Match", stale);
        assertThat(writer.patch("/profiles/me", "{\"bio\":\"first\"}").status()).isEqualTo(200);

        assertThat(suite.ready("profile")).allSatisfy(member -> {
            Reply late = writer.via(member.url()).patch("/profiles/me", "{\"bio\":\"second\"}");
            assertThat(late.status()).isEqualTo(412);
            assertThat(late.text("/code")).isEqualTo("precondition_failed");
        });
    }
}
