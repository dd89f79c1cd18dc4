package dev.drover.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteTest {

    @Test
    void aTemplateIsShownWithoutThePatternsOfItsParameters() {
        assertThat(Route.withoutPatterns("/media/{id: med_[^/]*}/url")).isEqualTo("/media/{id}/url");
        assertThat(Route.withoutPatterns("/queues/{queue}/lease")).isEqualTo("/queues/{queue}/lease");
        assertThat(Route.withoutPatterns("/a/{b:.+}/{c}/{d: x}")).isEqualTo("/a/{b}/{c}/{d}");
        assertThat(Route.withoutPatterns("/queues/{queue: [a-z][a-z0-9-]{0,31}}/cancel"))
                .isEqualTo("/queues/{queue}/cancel");
    }
}
