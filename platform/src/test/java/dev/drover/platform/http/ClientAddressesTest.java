package dev.drover.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trusted here: 10.0.0.0/8, 192.0.2.7 and fd00::/8. */
class ClientAddressesTest {

    private static final String TRUSTED = "10.0.0.0/8, 192.0.2.7, fd00::/8";

    private final ClientAddresses addresses = new ClientAddresses(config(TRUSTED));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // An untrusted peer is the client, whatever it says.
                "198.51.100.1  | 203.0.113.9                        | 198.51.100.1",
                "192.0.2.8     | 203.0.113.9                        | 192.0.2.8",
                // A trusted one is believed about the hop before it, and so on to the first that is not trusted.
                "10.0.0.1      | 203.0.113.9                        | 203.0.113.9",
                "192.0.2.7     | 203.0.113.9                        | 203.0.113.9",
                "10.0.0.1      | 1.1.1.1, 203.0.113.9               | 203.0.113.9",
                "10.0.0.1      | 1.1.1.1, 203.0.113.9, 10.9.9.9     | 203.0.113.9",
                "10.0.0.1      | 10.2.2.2, 10.9.9.9                 | 10.2.2.2",
                // Ports, brackets and spaces are no part of the address.
                "10.0.0.1      | 203.0.113.9:4711                   | 203.0.113.9",
                "10.0.0.1      | ' 203.0.113.9 ,  10.1.1.1 '        | 203.0.113.9",
                "10.0.0.1      | [2001:db8:1:2:3:4:5:6]:4711        | 2001:db8:1:2:0:0:0:0/64",
                "10.0.0.1      | 2001:db8:1:2:3:4:5:6               | 2001:db8:1:2:0:0:0:0/64",
                // What cannot be understood ends the way back.
                "10.0.0.1      | unknown                            | 10.0.0.1",
                "10.0.0.1      | ''                                 | 10.0.0.1",
                "10.0.0.1      | localhost                          | 10.0.0.1",
                "10.0.0.1      | 203.0.113.9, nonsense, 10.1.1.1    | 10.1.1.1",
                "10.0.0.1      | 203.0.113.999                      | 10.0.0.1",
                "10.0.0.1      | 203.0.113                          | 10.0.0.1",
                "10.0.0.1      | 203.0.113.9;drop                   | 10.0.0.1",
                // IPv4 in IPv6 clothes is IPv4, as proxy and as client.
                "::ffff:10.0.0.1 | ::ffff:203.0.113.9               | 203.0.113.9",
                "fd00:0:0:0:0:0:0:1%eth0 | 203.0.113.9              | 203.0.113.9",
            })
    void forwardedForIsFollowedBackToTheFirstHopThatIsNotTrusted(String peer, String header, String client) {
        assertThat(addresses.of(peer, List.of(), List.of(header)).network()).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "for=203.0.113.9                                             | 203.0.113.9",
                "For=\"203.0.113.9:4711\";proto=https;by=10.0.0.1            | 203.0.113.9",
                "proto=https; for=203.0.113.9                                | 203.0.113.9",
                "for=\"[2001:db8:1:2:3:4:5:6]:4711\"                         | 2001:db8:1:2:0:0:0:0/64",
                "for=1.1.1.1, for=203.0.113.9;by=\"a,b\", for=10.1.1.1       | 203.0.113.9",
                "for=203.0.113.9;host=\"a\\\"b,for=8.8.8.8\"                 | 203.0.113.9",
                "for=_hidden                                                 | 10.0.0.1",
                "for=unknown                                                 | 10.0.0.1",
                "proto=https                                                 | 10.0.0.1",
                "for=203.0.113.9, for=\"_x, for=8.8.8.8                      | 10.0.0.1",
                "203.0.113.9                                                 | 10.0.0.1",
            })
    void forwardedIsReadAsRfc7239Says(String header, String client) {
        assertThat(addresses.of("10.0.0.1", List.of(header), List.of()).network())
                .isEqualTo(client);
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(addresses
                        .of("10.0.0.1", List.of(), List.of("1.1.1.1", "203.0.113.9, 10.1.1.1"))
                        .network())
                .isEqualTo("203.0.113.9");
    }

    @Test
    void headersThatContradictEachOtherAreNotBelieved() {
        assertThat(addresses
                        .of("10.0.0.1", List.of("for=1.1.1.1"), List.of("203.0.113.9"))
                        .network())
                .isEqualTo("10.0.0.1");
        assertThat(addresses
                        .of("10.0.0.1", List.of("for=203.0.113.9"), List.of("203.0.113.9"))
                        .network())
                .isEqualTo("203.0.113.9");
    }

    @Test
    void onlySoManyHopsAreFollowed() {
        String hops = "203.0.113.9"
                + ", 10.1.1.1".repeat(8)
                + IntStream.range(0, 100).mapToObj(i -> ", 10.2.2.2").reduce("", String::concat);

        assertThat(addresses.of("10.0.0.1", List.of(), List.of(hops)).network()).isEqualTo("10.2.2.2");
    }

    @Test
    void withoutTrustedProxiesThePeerIsTheClient() {
        assertThat(new ClientAddresses(config(""))
                        .of("127.0.0.1", List.of("for=1.1.1.1"), List.of("1.1.1.1"))
                        .network())
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "127.0.0.1/32,::1", "fd00::/8 , 0.0.0.0/0", "2001:db8::/33"})
    void networksAreValid(String text) {
        assertThat(TrustedProxies.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "::1/129", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/8,", "*"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThat(TrustedProxies.isValid(text)).isFalse();
    }

    private static ForwardedConfig config(String trusted) {
        return new ForwardedConfig() {
            @Override
            public Optional<String> trustedProxies() {
                return Optional.of(trusted);
            }

            @Override
            public int hopsMax() {
                return 8;
            }
        };
    }
}
