package dev.drover.profile.profiles;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

import dev.drover.platform.http.EntityVersion;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.profile.AccountId;
import dev.drover.profile.ProfileError;

/** What all requests to change one's own profile have in common: whose it is, the version insisted on, and how the outcome is answered. */
@RequestScoped
class ProfileRequest {

    static final String REPLAYED = IdempotencyKey.REPLAYED;

    private final CurrentCaller caller;
    private final HttpServerRequest request;
    private final Profiles profiles;

    ProfileRequest(CurrentCaller caller, HttpServerRequest request, Profiles profiles) {
        this.caller = caller;
        this.request = request;
        this.profiles = profiles;
    }

    AccountId account() {
        return AccountId.parse(caller.sub())
                .orElseThrow(() -> new ServiceException(
                        PlatformError.TOKEN_INVALID, "Its subject is not an account of this suite."));
    }

    Profile own() {
        return profiles.own(account());
    }

    Uni<Profile> ownAsync() {
        return profiles.ownAsync(account());
    }

    /** The profile after the edit, for an answer that says which version it is and whether it was carried out before. */
    Answer write(byte[] body, ProfileEdit edit) {
        String ifMatch = request.getHeader(HttpHeaders.IF_MATCH);
        OptionalLong expected = EntityVersion.required(ifMatch).stream()
                .mapToLong(EntityVersion::number)
                .findFirst();
        AccountId account = account();
        // What is there is read while the request is being admitted; an edit is what follows the read and precedes
        // every change.
        ProfileEdit onceAdmitted = current -> {
            caller.admitted();
            return edit.apply(current);
        };
        return switch (profiles.write(account, expected, mark(account, ifMatch, body), onceAdmitted)) {
            case WriteResult.Done done -> {
                // A repeat has changed nothing, and therefore not asked.
                caller.admitted();
                yield new Answer(done.profile(), done.repeated());
            }
            case WriteResult.Refused refused -> throw refusal(refused.reasons());
            case WriteResult.Stale stale ->
                throw new ServiceException(
                        PlatformError.PRECONDITION_FAILED,
                        "It is at version " + stale.version() + " now; read it and apply the change to that.");
            case WriteResult.KeyReused reused ->
                throw new ServiceException(PlatformError.IDEMPOTENCY_KEY_REUSED, "Use a new key for a new request.");
            case WriteResult.HandleTaken taken ->
                throw new ServiceException(
                        ProfileError.HANDLE_TAKEN, "The handle " + taken.handle() + " is in use or reserved.");
            case WriteResult.AvatarUnusable unusable ->
                throw new ServiceException(
                        ProfileError.AVATAR_UNUSABLE,
                        "Upload a picture for the purpose avatar, wait until it is ready, then name it.");
            case WriteResult.HandleChangesExhausted exhausted ->
                throw new ServiceException(
                        ProfileError.HANDLE_CHANGES_EXHAUSTED,
                        "Take a former handle back, or wait until the oldest is released.",
                        exhausted.retryAfter());
            case WriteResult.Busy busy ->
                throw new ServiceException(
                        ProfileError.PROFILE_BUSY, "Insist on a version to know which write comes first.");
        };
    }

    private Optional<RequestMark> mark(AccountId account, String ifMatch, byte[] body) {
        String route = request.method() + " " + request.path();
        return IdempotencyKey.fromHeader(request.getHeader(IdempotencyKey.HEADER))
                .map(key -> new RequestMark(
                        Ids.derive(account.value(), route, key.value()),
                        Ids.derive(ifMatch.strip(), new String(body, StandardCharsets.ISO_8859_1))));
    }

    private static ServiceException refusal(ProfileEdit.Result.Refused reasons) {
        return ServiceException.unfit(reasons.unknown(), reasons.invalid());
    }

    record Answer(Profile profile, boolean repeated) {

        Response with(Object body) {
            Response.ResponseBuilder response = Response.ok(body).tag(new EntityVersion(profile.version()).toTag());
            return (repeated ? response.header(REPLAYED, "true") : response).build();
        }
    }
}
