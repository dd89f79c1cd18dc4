package dev.drover.auth.account;

import java.time.Clock;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;

import dev.drover.auth.password.Password;
import dev.drover.auth.password.PasswordHasher;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** Signing up and proving who one is. */
@Singleton
public final class Accounts {

    private final AccountStore store;
    private final PasswordHasher hasher;
    private final Clock clock;

    Accounts(AccountStore store, PasswordHasher hasher, Clock clock) {
        this.store = store;
        this.hasher = hasher;
        this.clock = clock;
    }

    /** @param id derived from the request's Idempotency-Key, so that a repeated request names the account of the first */
    SignUpResult signUp(SignUp request, AccountId id) {
        Optional<AccountId> holder = store.holder(request.email());
        if (holder.isPresent()) {
            return holder.get().equals(id)
                    ? store.findByEmail(request.email())
                            .map(account -> repeated(account, request))
                            .orElseGet(SignUpResult.EmailTaken::new)
                    : new SignUpResult.EmailTaken();
        }
        Account account = Account.signedUp(id, request, hasher.hash(request.password()), clock.instant());
        return switch (store.register(account)) {
            case Registration.Registered registered -> new SignUpResult.Created(registered.account());
            case Registration.AlreadyRegistered before -> repeated(before.account(), request);
            case Registration.AddressTaken taken -> new SignUpResult.EmailTaken();
        };
    }

    private SignUpResult repeated(Account account, SignUp request) {
        boolean isSame = account.displayName().equals(request.displayName())
                && hasher.matches(request.password(), account.passwordHash());
        return isSame ? new SignUpResult.Repeated(account) : new SignUpResult.KeyReused();
    }

    /** The account whose address and password these are; an unknown address costs what a wrong password costs. */
    public Optional<Account> authenticate(String email, Password password) {
        Optional<Account> account = EmailAddress.parse(email).flatMap(store::findByEmail);
        boolean isTheirs = account.map(known -> hasher.matches(password, known.passwordHash()))
                .orElseGet(() -> hasher.matchesNothing(password));
        if (isTheirs) {
            account.filter(known -> hasher.isOutdated(known.passwordHash()))
                    .ifPresent(known -> rehash(known, password));
        }
        return isTheirs ? account : Optional.empty();
    }

    /** The one moment a password is known. That there is no capacity for it now is no reason to refuse a log-in: the next one does it. */
    private void rehash(Account account, Password password) {
        try {
            store.rehash(account.id(), account.passwordHash(), hasher.hash(password));
        } catch (ServiceException e) {
            if (e.error() != PlatformError.OVERLOADED) {
                throw e;
            }
        }
    }

    /** Whose address it is; as many round trips whether it is anybody's or not. */
    public Optional<AccountId> holder(String email) {
        return EmailAddress.parse(email).flatMap(store::holder);
    }

    /** Of a caller: one that was erased since its session was looked up ends the request as a session that was ended does. */
    public Account ofCaller(AccountId id) {
        return find(id).orElseThrow(Accounts::gone);
    }

    /** As {@link #ofCaller}, of what an account shows of itself, for an event loop. */
    Uni<AccountFace> faceOfCaller(AccountId id) {
        return store.face(id).map(face -> face.orElseThrow(Accounts::gone));
    }

    private static ServiceException gone() {
        return new ServiceException(PlatformError.SESSION_REVOKED, "Its account is gone.");
    }

    public Optional<Account> find(AccountId id) {
        return store.find(id);
    }

    /** As many round trips whether the address has an account or not. */
    public Optional<Account> findByEmail(EmailAddress email) {
        return store.findByEmail(email);
    }

    /** Whether it is the account's password; waits its turn at the gate as a log-in does. */
    public boolean isPassword(Account account, Password password) {
        return hasher.matches(password, account.passwordHash());
    }
}
