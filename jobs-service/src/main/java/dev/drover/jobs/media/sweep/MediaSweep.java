package dev.drover.jobs.media.sweep;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.drover.jobs.media.MediaEvents;
import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaName;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.SweepLedger;
import dev.drover.platform.medialedger.SweepLedger.ExpireResult;
import dev.drover.platform.medialedger.SweepLedger.Standing;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.MultipartStore.OpenUpload;
import dev.drover.platform.objectstore.MultipartStore.OpenUploads;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.ObjectStore.ListedObject;
import dev.drover.platform.objectstore.ObjectStore.ObjectPage;
import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.outbox.OutboxRelay;

/**
 * Brings ledger and store together where something died between them. It goes in bounded steps, each of which may be repeated, cut off
 * anywhere or made by two at once: the ledger changes first, and what is then left in the store is an orphan the next sweep finds.
 */
final class MediaSweep {

    private static final int ACCOUNTS_MAX = 20;
    private static final int FILES_MAX = 100;
    private static final int LISTED_MAX = 1000;

    private final MediaLedger ledger;
    private final SweepLedger sweeping;
    private final ObjectStore store;
    private final MultipartStore multipart;
    private final OutboxRelay relay;
    private final MediaEvents events;
    private final SweepPolicy policy;
    private final Clock clock;

    MediaSweep(Stores stores, OutboxRelay relay, MediaEvents events, SweepPolicy policy, Clock clock) {
        this.ledger = stores.ledger();
        this.sweeping = stores.sweeping();
        this.store = stores.store();
        this.multipart = stores.multipart();
        this.relay = relay;
        this.events = events;
        this.policy = policy;
        this.clock = clock;
    }

    record Stores(MediaLedger ledger, SweepLedger sweeping, ObjectStore store, MultipartStore multipart) {}

    /** @param dryRun only counts */
    SweepProgress step(SweepProgress from, boolean dryRun) throws Doubtful {
        return switch (from.phase()) {
            case OVERDUE -> overdue(from, dryRun);
            case ORPHANS -> orphans(from, dryRun);
            case LOST -> lost(from, dryRun);
            case MULTIPART -> multipart(from, dryRun);
            case DONE -> from;
        };
    }

    private SweepProgress overdue(SweepProgress from, boolean dryRun) {
        int shard = from.after().isEmpty() ? 0 : Integer.parseInt(from.after());
        List<MediaName> batch = sweeping.overdue(MediaKeys.shards().get(shard), policy.batchMax());
        int expired = dryRun
                ? batch.size()
                : (int) batch.stream().filter(this::expire).count();
        SweepReport found = SweepReport.expired(expired);
        // Those that stay although they look overdue are another clock's matter; they are not looked at twice.
        if (!dryRun && batch.size() == policy.batchMax() && expired > 0) {
            return from.in(Integer.toString(shard), found);
        }
        return shard + 1 == MediaKeys.SHARDS ? from.next(found) : from.in(Integer.toString(shard + 1), found);
    }

    private boolean expire(MediaName name) {
        return switch (sweeping.expire(name, policy.remembered())) {
            case ExpireResult.Kept kept -> false;
            case ExpireResult.Expired(var uploadId) -> {
                uploadId.ifPresent(upload -> multipart.abort(original(name), upload));
                store.delete(original(name));
                yield true;
            }
        };
    }

    private SweepProgress orphans(SweepProgress from, boolean dryRun) throws Doubtful {
        ObjectPage page = store.list(
                MediaKeys.OBJECTS, Optional.of(from.after()).filter(key -> !key.isEmpty()), policy.batchMax());
        Map<String, MediaName> names = new HashMap<>();
        page.objects()
                .forEach(object -> MediaKeys.nameOf(object.key()).ifPresent(name -> names.put(object.key(), name)));
        Map<MediaName, Standing> standing = sweeping.standing(Set.copyOf(names.values()));
        Instant before = clock.instant().minus(policy.orphanAge());
        List<String> orphans = page.objects().stream()
                .filter(object -> names.containsKey(object.key()) && !standing.containsKey(names.get(object.key())))
                .filter(object -> !object.modifiedAt().isAfter(before))
                .map(ListedObject::key)
                .toList();
        if (policy.isDoubtful(orphans.size(), page.objects().size())) {
            throw new Doubtful(orphans.size() + " of " + page.objects().size()
                    + " objects have no entry in the ledger: did Redis lose its data?");
        }
        if (!dryRun) {
            orphans.forEach(key -> store.delete(new ObjectKey(key)));
        }
        SweepReport found = SweepReport.objects(
                page.objects().size(), orphans.size(), page.objects().size() - names.size());
        return page.more() ? from.in(page.objects().getLast().key(), found) : from.next(found);
    }

    /** The place is the shard's digit and the account that was looked at last. */
    private SweepProgress lost(SweepProgress from, boolean dryRun) throws Doubtful {
        int shard = from.after().isEmpty() ? 0 : Character.digit(from.after().charAt(0), MediaKeys.SHARDS);
        Optional<String> after =
                Optional.of(from.after()).filter(place -> place.length() > 1).map(place -> place.substring(1));
        char digit = MediaKeys.shards().get(shard);
        List<String> owners = sweeping.owners(digit, after, ACCOUNTS_MAX);
        int ready = 0;
        List<MediaName> missing = new ArrayList<>();
        for (String owner : owners) {
            List<MediaName> files = ready(owner);
            ready += files.size();
            missing.addAll(missing(owner, files));
        }
        if (policy.isDoubtful(missing.size(), ready)) {
            throw new Doubtful(
                    missing.size() + " of " + ready + " ready files have no object: is it the right bucket?");
        }
        int lost = dryRun
                ? missing.size()
                : (int) missing.stream().filter(this::lose).count();
        SweepReport found = SweepReport.lost(lost);
        if (owners.size() == ACCOUNTS_MAX) {
            return from.in(digit + owners.getLast(), found);
        }
        return shard + 1 == MediaKeys.SHARDS
                ? from.next(found)
                : from.in(MediaKeys.shards().get(shard + 1).toString(), found);
    }

    private List<MediaName> ready(String owner) {
        List<MediaName> ready = new ArrayList<>();
        Optional<MediaLedger.Cursor> after = Optional.empty();
        do {
            MediaLedger.Page page = ledger.list(owner, FILES_MAX, after);
            page.items().stream()
                    .filter(item -> item.state() == MediaState.READY)
                    .map(MediaItem::id)
                    .forEach(id -> ready.add(new MediaName(owner, id)));
            after = page.next();
        } while (after.isPresent());
        return ready;
    }

    /** Those of the files that the store does not list, and of which it does not know either when asked for each. */
    private List<MediaName> missing(String owner, List<MediaName> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        Set<String> keys = new HashSet<>();
        Optional<String> after = Optional.empty();
        do {
            ObjectPage page = store.list(MediaKeys.objectsOf(owner), after, LISTED_MAX);
            page.objects().forEach(object -> keys.add(object.key()));
            after = page.more() ? Optional.of(page.objects().getLast().key()) : Optional.empty();
        } while (after.isPresent());
        return files.stream()
                .filter(file -> !keys.contains(original(file).value()))
                .filter(file -> store.head(original(file)).isEmpty())
                .toList();
    }

    private boolean lose(MediaName name) {
        OutboxEntry.Event event = events.lost(name);
        var entry = sweeping.lose(name, MediaEvents.LOST, event);
        entry.ifPresent(position -> relay.relay(position, event));
        return entry.isPresent();
    }

    private SweepProgress multipart(SweepProgress from, boolean dryRun) {
        OpenUploads page = multipart.open(MediaKeys.OBJECTS, place(from.after()), policy.batchMax());
        Map<OpenUpload, MediaName> names = new HashMap<>();
        page.uploads().forEach(upload -> MediaKeys.nameOf(upload.key()).ifPresent(name -> names.put(upload, name)));
        Map<MediaName, Standing> standing = sweeping.standing(Set.copyOf(names.values()));
        List<OpenUpload> left = page.uploads().stream()
                .filter(names::containsKey)
                .filter(upload -> !isGoingOn(upload, Optional.ofNullable(standing.get(names.get(upload)))))
                .toList();
        if (!dryRun) {
            left.forEach(upload -> multipart.abort(new ObjectKey(upload.key()), upload.uploadId()));
        }
        SweepReport found = SweepReport.uploads(left.size());
        if (!page.more()) {
            return from.next(found);
        }
        OpenUpload last = page.uploads().getLast();
        return from.in(last.key() + "\n" + last.uploadId(), found);
    }

    private static Optional<OpenUpload> place(String after) {
        int end = after.indexOf('\n');
        return end < 0
                ? Optional.empty()
                : Optional.of(new OpenUpload(after.substring(0, end), after.substring(end + 1)));
    }

    /** An entry without an upload yet may be about to get this one. */
    private static boolean isGoingOn(OpenUpload upload, Optional<Standing> standing) {
        return standing.filter(entry -> entry.state() == MediaState.PENDING)
                .filter(entry ->
                        entry.uploadId().isEmpty() || entry.uploadId().get().equals(upload.uploadId()))
                .isPresent();
    }

    private static ObjectKey original(MediaName name) {
        return MediaKeys.object(name.owner(), name.id(), VariantName.ORIGINAL);
    }
}
