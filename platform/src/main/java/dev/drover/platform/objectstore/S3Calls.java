package dev.drover.platform.objectstore;

import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.enterprise.util.TypeLiteral;

import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import dev.drover.platform.faults.BreakerConfig;
import dev.drover.platform.faults.CallTimers;
import dev.drover.platform.faults.FaultLog;
import dev.drover.platform.faults.StoreBreaker;
import dev.drover.platform.faults.StoreFault;
import dev.drover.platform.redis.StoreUnavailableException;

/** What every call to the object store passes: the breaker, the timer and the translation of faults. Time-outs and retries are the SDK's. */
final class S3Calls {

    private static final String STORE = "The object store";
    private static final int INSUFFICIENT_STORAGE = 507;

    private final StoreBreaker<Object> breaker;
    private final CallTimers timers;
    private final FaultLog log = new FaultLog(STORE);

    S3Calls(BreakerConfig breaker, MeterRegistry meters) {
        this.breaker =
                new StoreBreaker<>(new TypeLiteral<>() {}, "s3", breaker, StoreUnavailableException::isOutage, meters);
        this.timers = new CallTimers(meters, "drover.s3.calls", "operation");
    }

    @SuppressWarnings("unchecked")
    <T> T call(String operation, Supplier<T> call) {
        long startedNanos = System.nanoTime();
        String outcome = CallTimers.REFUSED;
        try {
            T answer = (T) breaker.call(() -> translating(call));
            outcome = CallTimers.OK;
            return answer;
        } catch (CircuitBreakerOpenException e) {
            outcome = StoreFault.GIVEN_UP.outcome();
            throw new StoreUnavailableException(STORE, StoreFault.GIVEN_UP, null);
        } catch (StoreUnavailableException e) {
            outcome = e.fault().outcome();
            log.met(e.fault(), e.getCause());
            throw e;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a call to the object store declares no such exception", e);
        } finally {
            timers.record(operation, outcome, startedNanos);
        }
    }

    private static <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (S3Exception e) {
            Optional<StoreFault> fault = fault(e);
            if (fault.isPresent()) {
                throw new StoreUnavailableException(STORE, fault.get(), e);
            }
            throw new IllegalStateException(
                    "the object store refused a request: " + e.awsErrorDetails().errorCode(), e);
        } catch (ApiCallTimeoutException | ApiCallAttemptTimeoutException e) {
            throw new StoreUnavailableException(STORE, StoreFault.TIMEOUT, e);
        } catch (SdkClientException e) {
            throw new StoreUnavailableException(
                    STORE,
                    e.getCause() instanceof SocketTimeoutException ? StoreFault.TIMEOUT : StoreFault.CONNECTION,
                    e);
        } catch (SdkException e) {
            throw new IllegalStateException("the object store was asked wrongly", e);
        } catch (RuntimeException e) {
            // The client's own timer interrupts the call; while a request is being signed that comes out as no
            // exception of its own.
            if (e.getCause() instanceof AbortedException) {
                throw new StoreUnavailableException(STORE, StoreFault.TIMEOUT, e);
            }
            throw e;
        }
    }

    /** Empty: it refused the request for good, which is a mistake of ours. */
    private static Optional<StoreFault> fault(S3Exception e) {
        if (e.statusCode() == INSUFFICIENT_STORAGE) {
            return Optional.of(StoreFault.FULL);
        }
        return e.statusCode() >= 500 || e.statusCode() == 429 || e.isThrottlingException()
                ? Optional.of(StoreFault.BUSY)
                : Optional.empty();
    }
}
