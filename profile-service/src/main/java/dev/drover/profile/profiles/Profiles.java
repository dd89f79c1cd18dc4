package dev.drover.profile.profiles;

import java.util.Optional;
import java.util.OptionalLong;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.profile.AccountId;
import dev.drover.profile.handles.HandleChange;

/** Reading and changing profiles. */
@Singleton
final class Profiles {

    private static final Logger LOG = Logger.getLogger(Profiles.class);

    private final ProfileStore store;
    private final AccountDirectory accounts;
    private final HandleChange handles;
    private final AvatarFiles avatars;
    private final WritePolicy policy;

    Profiles(
            ProfileStore store,
            AccountDirectory accounts,
            HandleChange handles,
            AvatarFiles avatars,
            WritePolicy policy) {
        this.store = store;
        this.accounts = accounts;
        this.handles = handles;
        this.avatars = avatars;
        this.policy = policy;
    }

    /** The profile of an account that is known to exist, since it is logged in. */
    Profile own(AccountId id) {
        return switch (store.find(id)) {
            case ProfileStore.Found.Written written -> written.profile();
            case ProfileStore.Found.NeverWritten never ->
                Profile.initial(id, accounts.find(id).orElse(AccountFacts.UNKNOWN), never.handleEpoch());
        };
    }

    /** The same on the event loop. */
    Uni<Profile> ownAsync(AccountId id) {
        return store.findAsync(id).chain(found -> switch (found) {
            case ProfileStore.Found.Written written -> Uni.createFrom().item(written.profile());
            case ProfileStore.Found.NeverWritten never ->
                accounts.findAsync(id)
                        .map(account -> Profile.initial(id, account.orElse(AccountFacts.UNKNOWN), never.handleEpoch()));
        });
    }

    /** Anyone's profile, for its public part; empty when there is no such account. */
    Optional<Profile> find(AccountId id) {
        return switch (store.find(id)) {
            case ProfileStore.Found.Written written -> Optional.of(written.profile());
            case ProfileStore.Found.NeverWritten never ->
                accounts.find(id).map(account -> Profile.initial(id, account, never.handleEpoch()));
        };
    }

    /** @param expected the version that must be there; empty: whichever there is */
    WriteResult write(AccountId id, OptionalLong expected, Optional<RequestMark> mark, ProfileEdit edit) {
        if (mark.isPresent()) {
            switch (store.recall(id, mark.get())) {
                case REPEATED -> {
                    return new WriteResult.Done(own(id), true);
                }
                case REUSED -> {
                    return new WriteResult.KeyReused();
                }
                case UNKNOWN -> {}
            }
        }
        for (int attempt = 0; attempt < policy.attemptsMax(); attempt++) {
            Optional<WriteResult> result = attempt(own(id), expected, mark, edit);
            if (result.isPresent()) {
                return result.get();
            }
        }
        return new WriteResult.Busy();
    }

    /** Empty: something came in between that does not concern the caller; read and try again. */
    private Optional<WriteResult> attempt(
            Profile current, OptionalLong expected, Optional<RequestMark> mark, ProfileEdit edit) {
        if (expected.isPresent() && expected.getAsLong() != current.version()) {
            return Optional.of(new WriteResult.Stale(current.version()));
        }
        return switch (edit.apply(current)) {
            case ProfileEdit.Result.Refused refused -> Optional.of(new WriteResult.Refused(refused));
            case ProfileEdit.Result.Accepted accepted -> write(current, accepted.content(), expected, mark);
        };
    }

    private Optional<WriteResult> write(
            Profile current, ProfileContent next, OptionalLong expected, Optional<RequestMark> mark) {
        boolean changesAvatar = !next.avatar().equals(current.content().avatar());
        if (changesAvatar
                && next.avatar()
                        .filter(file -> !avatars.isUsable(current.id(), file))
                        .isPresent()) {
            return Optional.of(new WriteResult.AvatarUnusable());
        }
        boolean changesHandle = !next.handle().equals(current.content().handle());
        if (changesHandle && !handles.claim(next.handle(), current.id(), current.handleEpoch())) {
            return Optional.of(new WriteResult.HandleTaken(next.handle()));
        }
        return switch (store.write(current, next, mark)) {
            case ProfileStore.Outcome.Written written -> {
                if (changesHandle) {
                    reserveFormerHandle(current);
                }
                yield Optional.of(
                        new WriteResult.Done(current.written(next, written.version(), written.updatedAt()), false));
            }
            case ProfileStore.Outcome.Repeated repeated -> Optional.of(new WriteResult.Done(own(current.id()), true));
            case ProfileStore.Outcome.Reused reused -> Optional.of(new WriteResult.KeyReused());
            case ProfileStore.Outcome.Stale stale ->
                expected.isPresent() ? Optional.of(new WriteResult.Stale(stale.version())) : Optional.empty();
            case ProfileStore.Outcome.Fenced fenced -> Optional.empty();
            case ProfileStore.Outcome.Exhausted exhausted ->
                Optional.of(new WriteResult.HandleChangesExhausted(exhausted.retryAfter()));
        };
    }

    /** The profile is written by now, so nothing that goes wrong here may make the answer look as if it were not. */
    private void reserveFormerHandle(Profile before) {
        try {
            handles.left(before.content().handle(), before.id(), before.handleEpoch());
        } catch (StoreUnavailableException e) {
            LOG.infof("the claim on a former handle stays without expiry: %s", e.getMessage());
        }
    }
}
