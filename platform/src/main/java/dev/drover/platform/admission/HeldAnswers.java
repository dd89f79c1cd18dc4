package dev.drover.platform.admission;

import java.lang.annotation.Annotation;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import dev.drover.platform.http.FilterOrder;
import dev.drover.platform.problem.ProblemRenderer;

/** Holds an answer until the request is admitted; if it is not, the refusal takes its place: status, headers and body. */
@Singleton
public class HeldAnswers {

    private static final Annotation[] NONE = {};

    private final ProblemRenderer problems;

    HeldAnswers(ProblemRenderer problems) {
        this.problems = problems;
    }

    @ServerResponseFilter(priority = FilterOrder.ADMISSION)
    public Uni<Void> hold(ContainerResponseContext answer, RoutingContext request) {
        Admission admission = Admission.of(request);
        if (!admission.isHeld()) {
            return null;
        }
        return admission
                .verdict()
                .invoke(() -> forbidUnadmittedChange(admission, answer))
                .onFailure()
                .invoke(failure -> replace(answer, problems.toResponse(request, failure)))
                .onFailure()
                .recoverWithNull();
    }

    private static void forbidUnadmittedChange(Admission admission, ContainerResponseContext answer) {
        if (admission.isIgnored() && answer.getStatus() < 300) {
            throw new IllegalStateException("a handler that writes must ask for CurrentCaller.admitted() first");
        }
    }

    private static void replace(ContainerResponseContext answer, Response refusal) {
        answer.setStatus(refusal.getStatus());
        answer.getHeaders().clear();
        answer.getHeaders().putAll(refusal.getHeaders());
        answer.setEntity(refusal.getEntity(), NONE, refusal.getMediaType());
    }
}
