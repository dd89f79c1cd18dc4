package dev.drover.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What nobody sends by mistake. None of it says anything that an answer must not, so that whatever an answer repeats is the client's own. */
final class HostileInput {

    /** In place of a path's parameters; as they stand on the wire. */
    static final List<String> PATH_PARTS = List.of(
            "%00",
            "a%00b",
            "%ff",
            "%c0%af",
            "%ed%a0%80",
            "%f0%9f%92%a9",
            "%",
            "%2",
            "%zz",
            "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "..%2f..%2f",
            "..",
            "%0d%0aX-Evil:%201",
            "%22%3e%3cscript%3e",
            "{a}",
            "%7b%7d",
            "*",
            "-1",
            "med_%00",
            "med_" + "0".repeat(26),
            "job_default_" + "z".repeat(26),
            "usr_" + "0".repeat(26),
            "a;b=c",
            "a,b",
            "$%7bjndi:x%7d",
            "x".repeat(4_000));

    /** In place of a parameter's value; a number is none of them. */
    static final List<String> QUERY_VALUES = List.of(
            "",
            "abc",
            "1e9",
            "0x10",
            "1.5",
            "NaN",
            "%201",
            "99999999999999999999",
            "9".repeat(3_000),
            "%00",
            "%ff",
            "%ed%a0%80",
            "%f0%9f%92%a9",
            "%zz",
            "%",
            "%0d%0aX-Evil:%201",
            "'%20or%201=1",
            "k3jd9a:99999999999999999999",
            "%d9%a1");

    /** What operations read by themselves. */
    static final List<String> CONDITIONS = List.of(
            "If-Match: W/\"1\"",
            "If-Match: \"abc\"",
            "If-Match: \"99999999999999999999\"",
            "If-Match: *, *",
            "If-Match: ",
            "If-None-Match: \"\"\"",
            "If-None-Match: abc",
            "If-None-Match: W/");

    static final List<String> FIELDS = List.of(
            "If-Modified-Since: yesterday",
            "Idempotency-Key: \u00e9",
            "Idempotency-Key: a\tb",
            "Accept: a/b/c",
            "Accept: ;;;",
            "Accept: */*;q=abc",
            "Accept-Language: ;;",
            "Accept-Encoding: ;q=9",
            "Authorization: Bearer",
            "Authorization: Bearer a.b.c",
            "Authorization: Bearer e30.e30.e30",
            "Authorization: Bearer eyJhbGciOiJFUzI1NiIsImtpZCI6MX0.e30.e30",
            "Authorization: Bearer " + "a".repeat(6_000),
            "Authorization: Basic YTpi",
            "Authorization: \u00ff",
            "Cookie: drover_session=a",
            "Cookie: drover_session=\u00ff; drover_session=b",
            "Cookie: ;;;===",
            "Range: bytes=9-1",
            "X-Request-Id: \u00ff'\"",
            "traceparent: 00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-zz",
            "tracestate: \u00ff",
            "baggage: ;;=",
            "Forwarded: for=\"[::1",
            "Forwarded: for=\u00ff;by",
            "X-Forwarded-For: 999.1.1.1, ::::",
            "X-Forwarded-Host: \u00ff",
            "X-HTTP-Method-Override: DELETE",
            "Content-Encoding: gzip",
            "Trailer: x");

    static final List<String> MEDIA_TYPES = List.of(
            "",
            "a/b/c",
            ";",
            "application",
            "text/plain",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "application/xml",
            "*/*",
            "application/json;charset=nope",
            "application/json;charset=utf-16",
            "application/json;;;=");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1.5",
            "1e999",
            "-0",
            "9223372036854775808",
            "9".repeat(99),
            "9".repeat(2_000),
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\ud83d\\udca9\"",
            "\"\\u202e\\u200b\"",
            "\"" + "x".repeat(20_000) + "\"",
            "[]",
            "[null]",
            "{}",
            "{\"a\":{\"b\":null}}",
            "[".repeat(90) + "]".repeat(90),
            "\"PT99999999999999999999S\"",
            "\"-P1D\"",
            "\"+999999999-12-31T23:59:59Z\"");

    private HostileInput() {}

    /** Bodies that are wrong whatever they are for. */
    static List<byte[]> bodies() {
        Stream<String> texts = Stream.of(
                "",
                " ",
                "{",
                "}",
                "null",
                "true",
                "1",
                "\"a\"",
                "[]",
                "{}{}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":Infinity}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"\\u0000\":1}",
                "{\"\\ud800\":1}",
                "{\"\":1}",
                "{\"~/~1\":1}",
                "{\"__proto__\":{}}",
                "{\"@class\":\"x\"}",
                "// a\n{}",
                "[".repeat(30_000),
                "{\"a\":".repeat(10_000),
                "{\"a\":" + "9".repeat(10_000) + "}",
                "{\"a\":1e" + "9".repeat(90) + "}");
        Stream<byte[]> bytes = Stream.of(
                new byte[] {0},
                new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0},
                new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}'},
                new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'},
                new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'},
                new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'},
                new byte[] {'{', '"', 'a', '"', ':', '"', 0, '"', '}'});
        return Stream.concat(texts.map(text -> text.getBytes(StandardCharsets.UTF_8)), bytes)
                .toList();
    }

    /** The example with one member after the other in every wrong way. */
    static Stream<byte[]> spoiled(ObjectNode example) {
        List<String> spoiled = new ArrayList<>();
        for (String value : VALUES) {
            example.fieldNames().forEachRemaining(member -> spoiled.add(with(example, member, value)));
        }
        return spoiled.stream().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static String with(ObjectNode example, String spoiled, String value) {
        List<String> members = new ArrayList<>();
        example.properties()
                .forEach(member -> members.add("\"" + member.getKey() + "\":"
                        + (member.getKey().equals(spoiled)
                                ? value
                                : member.getValue().toString())));
        return "{" + String.join(",", members) + "}";
    }
}
