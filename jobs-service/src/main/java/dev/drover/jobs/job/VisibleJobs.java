package dev.drover.jobs.job;

import jakarta.enterprise.context.RequestScoped;

import dev.drover.jobs.JobsError;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.problem.ServiceException;

/** The jobs the caller may see: their own, and with a role all. For anyone else they are not there. */
@RequestScoped
public class VisibleJobs {

    private final JobStore jobs;
    private final CurrentCaller caller;

    VisibleJobs(JobStore jobs, CurrentCaller caller) {
        this.jobs = jobs;
        this.caller = caller;
    }

    public Job get(String id) {
        return JobId.parse(id)
                .flatMap(jobs::find)
                .filter(job -> job.belongsTo(caller.sub()) || seesAll())
                .orElseThrow(VisibleJobs::notFound);
    }

    public boolean seesAll() {
        Caller asking = caller.get();
        return asking.isAdmin() || asking.roles().contains(Roles.WORKER);
    }

    public static ServiceException notFound() {
        return new ServiceException(
                JobsError.JOB_NOT_FOUND, "It never was, it was forgotten after its end, or it is another account's.");
    }
}
