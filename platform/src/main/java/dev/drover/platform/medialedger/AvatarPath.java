package dev.drover.platform.medialedger;

import java.util.List;

/**
 * Where anyone gets the picture of an account: media-service answers there, and profile-service writes it on cards. A change of the picture is
 * another path.
 */
public final class AvatarPath {

    public static final String ROOT = "/media/avatars";

    /** In these sizes; the upload itself is nobody's but its owner's. */
    public static final List<VariantName> VARIANTS = List.of(VariantName.AVATAR64, VariantName.AVATAR256);

    private AvatarPath() {}

    public static String of(String owner, MediaId id, VariantName variant) {
        return ROOT + "/" + owner + "/" + id + "/" + variant.word();
    }
}
