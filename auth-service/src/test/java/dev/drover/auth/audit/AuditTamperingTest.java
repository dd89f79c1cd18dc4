package dev.drover.auth.audit;

import static dev.drover.auth.audit.TriedAuditLog.ADA;
import static dev.drover.auth.audit.TriedAuditLog.BOB;
import static dev.drover.auth.audit.TriedAuditLog.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import jakarta.inject.Inject;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.audit.AuditTrail.Fault;
import dev.drover.auth.audit.AuditTrail.Noted;
import dev.drover.auth.audit.AuditTrail.Verification;
import dev.drover.platform.redis.RedisCalls;

/** an entry that was changed, moved, made up or taken out is found. */
@ServiceTest
class AuditTamperingTest {

    @Inject
    RedisCalls redis;

    @Inject
    @AutoClose
    TriedAuditLog audit;

    @Test
    void aChangedEntryIsFound() {
        audit.append(3);
        Response second = audit.entry(1);
        String content = field(second, 1).replace(ADA, BOB);
        audit.replaceFrom(1, content, field(second, 3), field(second, 5));
        assertThat(audit.verify()).isEqualTo(new Verification.Broken(2, Fault.CHANGED));
    }

    /** Whoever writes to Redis alone has no key: neither a link of the chain nor a seal can be made. */
    @Test
    void whatIsMadeUpIsFound() {
        audit.append(1);
        Response first = audit.entry(0);
        long millis = Long.parseLong(first.get(0).toString().split("-")[0]);
        audit.add(millis + "-2", field(first, 1), field(first, 3), field(first, 5));
        redis.send(Command.HSET, AuditKeys.HEAD, "seq", "2", "hash", field(first, 5));
        assertThat(audit.verify()).isEqualTo(new Verification.Broken(2, Fault.CHANGED));

        audit.clear();
        audit.open();
        String madeUp = field(first, 1).replace(ADA, BOB);
        redis.send(Command.XADD, AuditKeys.OWED, "*", "content", madeUp, "seal", field(first, 3));
        assertThat(audit.verify()).isEqualTo(new Verification.Broken(1, Fault.FORGED));
        redis.send(Command.XADD, AuditKeys.OWED, "*", "content", "no JSON", "seal", "none");
        assertThat(audit.newest()).as("pages are read all the same").hasSize(1);
    }

    /** The chain that is left is whole: only who knows how far it had come can tell. */
    @Test
    void anEndThatIsCutOffIsFoundByWhoNotedItAndByAnInstanceThatSawIt() {
        audit.append(2);
        Response second = audit.entry(1);
        audit.append(2);
        Verification.Intact before = (Verification.Intact) audit.verify();
        audit.keepFirst(2);
        redis.send(Command.HSET, AuditKeys.HEAD, "seq", "2", "hash", field(second, 5));
        Verification.Broken cut = new Verification.Broken(3, Fault.MISSING);
        assertThat(audit.verify()).as("by the instance that saw four").isEqualTo(cut);

        audit.open();
        assertThat(audit.verify()).as("by one that saw nothing").isInstanceOf(Verification.Intact.class);
        Optional<Noted> noted = Optional.of(new Noted(before.lastSequence(), before.head()));
        audit.open();
        assertThat(audit.trail().verify(noted)).as("by who noted the fourth").isEqualTo(cut);
        audit.append(3);
        assertThat(audit.trail().verify(noted))
                .as("when others were written in their place")
                .isEqualTo(new Verification.Broken(4, Fault.CHANGED));
    }

    @Test
    void aBeginningThatIsCutOffIsFoundAlsoWhenItLooksTrimmed() {
        audit.append(4);
        Response second = audit.entry(1);
        redis.send(Command.XTRIM, AuditKeys.LOG, "MAXLEN", "2");
        assertThat(audit.verify()).isEqualTo(new Verification.Broken(1, Fault.MISSING));
        redis.send(
                Command.HSET,
                AuditKeys.HEAD,
                "anchorSeq",
                "2",
                "anchorHash",
                field(second, 5),
                "anchorMark",
                field(second, 3));
        assertThat(audit.verify()).isEqualTo(new Verification.Broken(2, Fault.MISSING));
    }

    @Test
    void aPieceTakenOutOfTheMiddleIsMissedThoughTheRestIsRenumbered() {
        audit.append(4);
        Response fourth = audit.entry(3);
        audit.keepFirst(2);
        String millis = fourth.get(0).toString().split("-")[0];
        audit.add(millis + "-3", field(fourth, 1), field(fourth, 3), field(fourth, 5));
        redis.send(Command.HSET, AuditKeys.HEAD, "seq", "3", "hash", field(fourth, 5));
        assertThat(audit.verify()).isEqualTo(new Verification.Broken(3, Fault.CHANGED));
    }

    @Test
    void anEntryThatIsTakenOutIsMissedWhereverItWas() {
        for (int taken = 0; taken < 3; taken++) {
            audit.clear();
            audit.open();
            audit.append(3);
            audit.takeOut(taken);
            assertThat(audit.verify()).isEqualTo(new Verification.Broken(taken + 1, Fault.MISSING));
        }
    }
}
