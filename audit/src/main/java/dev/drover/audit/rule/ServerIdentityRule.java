package dev.drover.audit.rule;

import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;
import dev.drover.audit.code.EnvironmentRead;

/** Questions about the host or the process: who am I? */
final class ServerIdentityRule implements Rule {

    private static final CallTable WHO_AM_I = CallTable.of()
            .calls("java.net.InetAddress", "getLocalHost")
            .calls("java.net.NetworkInterface", "getHardwareAddress", "getNetworkInterfaces", "networkInterfaces")
            .calls("java.lang.ProcessHandle", "pid")
            .calls("java.lang.management.RuntimeMXBean", "getName", "getPid")
            .calls("java.rmi.server.UID", "new");
    private static final Set<String> VARIABLES = Set.of("HOSTNAME", "COMPUTERNAME", "POD_NAME", "POD_IP", "NODE_NAME");

    @Override
    public String id() {
        return "server-identity";
    }

    @Override
    public String forbids() {
        return "ask which host or process they are";
    }

    @Override
    public Set<String> excuses() {
        return Marks.PROCESS;
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (JavaAccess<?> access : code.accessesFrom(type)) {
            if (WHO_AM_I.contains(access)) {
                String what = "asks which host or process it is: " + CallTable.name(access);
                found.accept(Observation.of(ChecklistItem.SERVER_IDENTITY, access, what));
            }
        }
        for (EnvironmentRead read : code.environmentReadsIn(type)) {
            if (VARIABLES.contains(read.name())) {
                String what = "asks which host it is: System.%s(\"%s\")".formatted(read.call(), read.name());
                found.accept(Observation.of(ChecklistItem.SERVER_IDENTITY, type, read.place(), what));
            }
        }
    }
}
