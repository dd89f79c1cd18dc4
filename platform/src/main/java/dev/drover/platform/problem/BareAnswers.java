package dev.drover.platform.problem;

import java.lang.annotation.Annotation;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;

import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import dev.drover.platform.http.FilterOrder;

/** Gives an error that is a bare status its body, such as the 412 that Jakarta REST makes of a precondition. */
final class BareAnswers {

    private static final Annotation[] NONE = {};

    private final ProblemRenderer problems;

    BareAnswers(ProblemRenderer problems) {
        this.problems = problems;
    }

    @ServerResponseFilter(priority = FilterOrder.BARE_ANSWERS)
    void explain(ContainerResponseContext answer, RoutingContext request) {
        if (answer.getStatus() >= 400 && !answer.hasEntity()) {
            Response problem = problems.toResponse(request, ProblemRoutes.byStatus(answer.getStatus()));
            answer.getHeaders().putAll(problem.getHeaders());
            answer.setEntity(problem.getEntity(), NONE, problem.getMediaType());
        }
    }
}
