package dev.drover.audit.rule;

import java.util.List;

/** All rules, in the order of the checklist. */
public final class Rules {

    public static final Rule HTTP_SESSION = new HttpSessionRule();
    public static final Rule SESSION_AFFINITY = new SessionAffinityRule();
    public static final Rule OWN_KEY = new OwnKeyRule();
    public static final Rule FILE_WRITE = new FileWriteRule();
    public static final Rule MUTABLE_STATIC = new MutableStaticRule();
    public static final Rule REQUEST_STATE = new RequestStateRule();
    public static final Rule BEAN_STORE = new BeanStoreRule();
    public static final Rule CACHE_ANNOTATION = new CacheAnnotationRule();
    public static final Rule TEMP_FILE = new TempFileRule();
    public static final Rule ENVIRONMENT = new EnvironmentRule();
    public static final Rule HARD_CODED_HOST = new HardCodedHostRule();
    public static final Rule SOCKET_REGISTRY = new SocketRegistryRule();
    public static final Rule SCHEDULE = new ScheduleRule();
    public static final Rule WORK_QUEUE = new WorkQueueRule();
    public static final Rule RATE_LIMITER = new RateLimiterRule();
    public static final Rule SHARED_LOCK = new SharedLockRule();
    public static final Rule SERVER_IDENTITY = new ServerIdentityRule();

    public static final List<Rule> ALL = List.of(
            HTTP_SESSION,
            SESSION_AFFINITY,
            OWN_KEY,
            FILE_WRITE,
            MUTABLE_STATIC,
            REQUEST_STATE,
            BEAN_STORE,
            CACHE_ANNOTATION,
            TEMP_FILE,
            ENVIRONMENT,
            HARD_CODED_HOST,
            SOCKET_REGISTRY,
            SCHEDULE,
            WORK_QUEUE,
            RATE_LIMITER,
            SHARED_LOCK,
            SERVER_IDENTITY);

    private Rules() {}
}
