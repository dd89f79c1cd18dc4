package dev.drover.audit.rule;

import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.tngtech.archunit.core.domain.JavaClass;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;
import dev.drover.audit.code.Literal;

/** Hosts and addresses in string constants. Sentences, namespaces and links for people are none. */
final class HardCodedHostRule implements Rule {

    private static final Pattern URL = Pattern.compile(
            "(?:jdbc:)?([a-z][a-z0-9+.-]*)://(?:[^/@\\s]*@)?(\\[[0-9a-f:]+]|[A-Za-z0-9_-][A-Za-z0-9._-]*)(?::[0-9*]+)?(?:[/?#;,].*)?");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)(:\\d{2,5})?");
    private static final Pattern LOCAL =
            Pattern.compile("localhost(:[\\d*]{1,5})?(/.*)?|host\\.docker\\.internal(:\\d+)?");
    private static final Pattern INTERNAL = Pattern.compile(
            "[a-z0-9-]+(\\.[a-z0-9-]+)*\\.(svc|svc\\.cluster\\.local|internal|local|lan|corp)(:\\d{2,5})?");
    private static final Pattern HOST_AND_KNOWN_PORT =
            Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*:(22|25|80|443|587|1433|1521|2181|3306|4222|4317|5432|5672|"
                    + "6379|6650|8080|8443|9000|9042|9092|9200|11211|26379|27017)");

    private static final Set<String> SCHEMES = Set.of(
            "http",
            "https",
            "ws",
            "wss",
            "ftp",
            "sftp",
            "redis",
            "rediss",
            "amqp",
            "amqps",
            "mongodb",
            "mongodb+srv",
            "postgresql",
            "postgres",
            "mysql",
            "mariadb",
            "sqlserver",
            "oracle",
            "kafka",
            "nats",
            "mqtt",
            "mqtts",
            "tcp",
            "ldap",
            "ldaps",
            "smtp",
            "smtps",
            "grpc",
            "s3",
            "memcached",
            "cassandra",
            "pulsar");

    /** Names of things rather than places to call: namespaces, specifications, documentation. */
    private static final Pattern NAMES_ONLY = Pattern.compile(
            "(.*\\.)?(w3\\.org|xmlsoap\\.org|xml\\.org|ietf\\.org|rfc-editor\\.org|iana\\.org|json-schema\\.org|openid\\.net|oasis-open\\.org|purl\\.org"
                    + "|schema\\.org|java\\.sun\\.com|jcp\\.org|example\\.(com|org|net)|apache\\.org|eclipse\\.org|github\\.com|github\\.io|adoptium\\.net"
                    + "|quarkus\\.io|jboss\\.org|springframework\\.org|wikipedia\\.org|stackoverflow\\.com|microprofile\\.io|swagger\\.io"
                    + "|openapis\\.org|invalid|test)|(schemas?|xmlns|docs?|ns)\\..*|acs\\.amazonaws\\.com|s3\\.amazonaws\\.com");

    @Override
    public String id() {
        return "hard-coded-host";
    }

    @Override
    public String forbids() {
        return "name hosts in string constants";
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (Literal literal : code.literalsIn(type)) {
            if (isHost(literal.value().strip())) {
                String what = "names a host: \"%s\"".formatted(literal.value().strip());
                found.accept(Observation.of(ChecklistItem.CONFIG, type, literal.place(), what));
            }
        }
    }

    static boolean isHost(String text) {
        if (text.length() < 7 || text.length() > 300) {
            return false;
        }
        Matcher url = URL.matcher(text);
        if (url.matches() && SCHEMES.contains(url.group(1).replaceAll(".*:", ""))) {
            return !NAMES_ONLY.matcher(url.group(2)).matches();
        }
        return LOCAL.matcher(text).matches()
                || IPV4.matcher(text).matches() && !text.equals("0.0.0.0") && !text.equals("255.255.255.255")
                || INTERNAL.matcher(text).matches()
                || HOST_AND_KNOWN_PORT.matcher(text).matches();
    }
}
