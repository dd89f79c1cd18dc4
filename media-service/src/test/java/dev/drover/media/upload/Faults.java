package dev.drover.media.upload;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

import dev.drover.platform.redis.StoreUnavailableException;

/** Makes the N-th call to any of the wrapped stores fail, before or after it was carried out. */
final class Faults {

    enum When {
        BEFORE,
        AFTER
    }

    private int calls;
    private int failing;
    private When when = When.BEFORE;

    void failCall(int number, When moment) {
        calls = 0;
        failing = number;
        when = moment;
    }

    void heal() {
        failing = 0;
    }

    /** Whether the call that was to fail has been made. */
    boolean struck() {
        return calls >= failing;
    }

    <T> T around(Class<T> port, T store) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> {
            boolean fails = ++calls == failing;
            if (fails && when == When.BEFORE) {
                throw new StoreUnavailableException("The test's store", null);
            }
            try {
                Object result = method.invoke(store, args);
                if (fails) {
                    throw new StoreUnavailableException("The test's store", null);
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
