package dev.drover.media;

import dev.drover.testing.ArchitectureRules;

class MediaArchitectureTest extends ArchitectureRules {

    @Override
    protected String part() {
        return "media";
    }
}
