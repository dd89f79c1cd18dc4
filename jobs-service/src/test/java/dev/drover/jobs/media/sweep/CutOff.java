package dev.drover.jobs.media.sweep;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

import dev.drover.platform.redis.StoreUnavailableException;

/** Lets so many calls to a store through, and fails the one after them before it is made, as if the process had died there. */
final class CutOff {

    private final int failing;
    private int calls;

    CutOff(int failing) {
        this.failing = failing;
    }

    <T> T around(Class<T> port, T store) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> {
            if (++calls == failing) {
                throw new StoreUnavailableException("The test's store", null);
            }
            try {
                return method.invoke(store, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
