package dev.drover.platform.medialedger;

/** A file and whose it is: what its keys are made of. */
public record MediaName(String owner, MediaId id) {

    public MediaName {
        if (id.shard() != MediaId.shardOf(owner)) {
            throw new IllegalArgumentException(id + " is not in the shard of " + owner);
        }
    }

    /** As a member of {@link MediaKeys#pending}. */
    static MediaName ofMember(String member) {
        int colon = member.lastIndexOf(':');
        return new MediaName(member.substring(0, colon), new MediaId(member.substring(colon + 1)));
    }
}
