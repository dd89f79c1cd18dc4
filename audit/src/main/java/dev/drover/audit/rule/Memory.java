package dev.drover.audit.rule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;

import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;
import dev.drover.audit.code.FieldWrite;

/** What tells a store from a table of constants, and what is stored. */
final class Memory {

    private static final Set<String> SOCKETS = Set.of(
            "jakarta.websocket.Session",
            "javax.websocket.Session",
            "io.quarkus.websockets.next.WebSocketConnection",
            "io.vertx.core.http.ServerWebSocket",
            "io.vertx.core.http.WebSocketBase",
            "io.vertx.core.net.NetSocket",
            "org.springframework.web.socket.WebSocketSession",
            "org.springframework.web.servlet.mvc.method.annotation.SseEmitter",
            "jakarta.ws.rs.sse.SseEventSink",
            "javax.ws.rs.sse.SseEventSink",
            "jakarta.ws.rs.sse.SseBroadcaster",
            "javax.ws.rs.sse.SseBroadcaster",
            "jakarta.servlet.AsyncContext",
            "io.smallrye.mutiny.subscription.MultiEmitter",
            "io.netty.channel.Channel");
    private static final Set<String> IDENTITIES = Set.of(
            "java.security.Principal",
            "jakarta.ws.rs.core.SecurityContext",
            "javax.ws.rs.core.SecurityContext",
            "io.quarkus.security.identity.SecurityIdentity",
            "org.eclipse.microprofile.jwt.JsonWebToken",
            "org.springframework.security.core.Authentication");
    private static final Set<String> REQUESTS = Set.of(
            "jakarta.servlet.ServletRequest",
            "jakarta.servlet.ServletResponse",
            "javax.servlet.ServletRequest",
            "javax.servlet.ServletResponse",
            "jakarta.ws.rs.container.ContainerRequestContext",
            "jakarta.ws.rs.core.UriInfo",
            "jakarta.ws.rs.core.HttpHeaders",
            "javax.ws.rs.core.UriInfo",
            "javax.ws.rs.core.HttpHeaders",
            "io.vertx.ext.web.RoutingContext",
            "io.vertx.core.http.HttpServerRequest");
    /** Have a rule of their own. */
    private static final Set<String> EXECUTORS = Set.of("java.util.concurrent.Executor");

    private static final Set<String> QUEUES = Set.of("java.util.Queue", "java.util.concurrent.DelayQueue");

    /** Made to be changed by many threads: nobody takes one for constants. */
    private static final Pattern CONCURRENT =
            Pattern.compile("java\\.util\\.concurrent\\.(Concurrent\\w+|CopyOnWrite\\w+|\\w*BlockingQueue|"
                    + "\\w*BlockingDeque|LinkedTransferQueue|DelayQueue|Exchanger)(\\.newKeySet)?|"
                    + "java\\.util\\.concurrent\\.atomic\\.(?!Atomic\\w+FieldUpdater)\\w+|"
                    + "com\\.github\\.benmanes\\.caffeine\\.cache\\.\\w*Cache|com\\.google\\.common\\.cache\\.\\w*Cache|"
                    + "com\\.google\\.common\\.collect\\.Concurrent\\w+|io\\.vertx\\.core\\.shareddata\\.LocalMap|org\\.springframework\\.cache\\.Cache|"
                    + "java\\.util\\.Collections\\.synchronized\\w+|java\\.util\\.(Vector|Hashtable|WeakHashMap)");

    private static final Set<String> COLLECTIONS = Set.of(
            "java.util.Map",
            "java.util.Collection",
            "java.util.Dictionary",
            "com.google.common.collect.Multimap",
            "java.util.BitSet");

    private record Word(Pattern words, ChecklistItem item) {}

    private static final List<Word> WORDS = List.of(
            new Word(Pattern.compile("session|loggedin|onlineusers|basket|cart"), ChecklistItem.SESSIONS),
            new Word(
                    Pattern.compile(
                            "token|otp|nonce|principal|revoked|blacklist|denylist|password|login|credential|apikey"),
                    ChecklistItem.AUTH),
            new Word(Pattern.compile("socket|connection|subscriber|emitter|viewers"), ChecklistItem.SOCKETS),
            new Word(Pattern.compile("limit|attempt|quota|bucket|throttl|hits|ratelimit"), ChecklistItem.LIMITS),
            new Word(Pattern.compile("job|task|queue|schedul|pending|backlog|inprogress|outbox"), ChecklistItem.JOBS),
            new Word(Pattern.compile("upload|files?$"), ChecklistItem.FILES));

    private Memory() {}

    static boolean isCollectionOfSockets(JavaField field) {
        boolean holdsMany = isCollection(field.getRawType())
                || field.getRawType().isArray()
                || isConcurrent(field.getRawType().getName());
        return holdsMany
                && field.getType().getAllInvolvedRawTypes().stream().anyMatch(type -> Names.isA(type, SOCKETS));
    }

    static boolean isCollection(JavaClass type) {
        return Names.isA(type, COLLECTIONS);
    }

    static boolean isConcurrent(String typeOrCall) {
        return CONCURRENT.matcher(typeOrCall).matches();
    }

    /** The write that shows a field to be a store; empty when none does. */
    static Optional<FieldWrite> storing(JavaField field, Codebase code) {
        if (Names.isA(field.getRawType(), EXECUTORS)) {
            return Optional.empty();
        }
        List<FieldWrite> writes = code.writesTo(field);
        Optional<FieldWrite> change = writes.stream()
                .filter(write -> !write.isAssignment() && !write.place().duringStart())
                .findFirst();
        if (change.isPresent()) {
            return change;
        }
        return writes.stream()
                .filter(FieldWrite::isAssignment)
                .filter(write -> isConcurrent(write.made())
                        || isConcurrent(field.getRawType().getName()))
                .findFirst();
    }

    /** The line of the checklist a remembered thing belongs to, by its type and, failing that, by its name. */
    static ChecklistItem itemOf(JavaField field) {
        Set<JavaClass> types = field.getType().getAllInvolvedRawTypes();
        if (types.stream().anyMatch(type -> Names.isA(type, SOCKETS))) {
            return ChecklistItem.SOCKETS;
        }
        if (types.stream().anyMatch(type -> Names.isA(type, IDENTITIES))) {
            return ChecklistItem.AUTH;
        }
        if (types.stream().anyMatch(type -> Names.isA(type, REQUESTS))) {
            return ChecklistItem.SESSIONS;
        }
        String name = field.getName().toLowerCase(Locale.ROOT).replace("_", "");
        if (name.contains("cache")) {
            return ChecklistItem.CACHE;
        }
        return WORDS.stream()
                .filter(word -> word.words().matcher(name).find())
                .map(Word::item)
                .findFirst()
                .orElseGet(() -> Names.isA(field.getRawType(), QUEUES) ? ChecklistItem.JOBS : ChecklistItem.CACHE);
    }
}
