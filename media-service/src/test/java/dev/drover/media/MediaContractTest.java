package dev.drover.media;

import java.util.Optional;

import dev.drover.platform.objectstore.Sha256;
import dev.drover.testing.HttpContract;

@ServiceTest
class MediaContractTest extends HttpContract {

    @Override
    protected String protectedGet() {
        return "/media";
    }

    @Override
    protected String jsonPost() {
        return "/media/uploads";
    }

    @Override
    protected Optional<KeyedPost> keyedPost() {
        String body = """
                {"purpose":"file","fileName":"%s","contentType":"text/plain","sizeBytes":15,"sha256":"%s"}""";
        String sha256 = Sha256.of(Files.TEXT).hex();
        return Optional.of(new KeyedPost(jsonPost(), body.formatted("a.txt", sha256), body.formatted("b.txt", sha256)));
    }
}
