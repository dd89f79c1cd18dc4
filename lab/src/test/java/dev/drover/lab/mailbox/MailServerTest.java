package dev.drover.lab.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

class MailServerTest {
    private final Mailbox mailbox = new Mailbox();

    @Test
    void whatIsSentIsInTheMailboxOfItsAddressee() throws IOException {
        try (MailServer server = MailServer.onThisMachine(mailbox, Clock.systemUTC())) {
            send(
                    Integer.parseInt(server.environment().get("SMTP_PORT")),
                    "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=",
                    "Content-Type: text/plain; charset=utf-8",
                    "",
                    "Open http://localhost/#token=x");
        }
        assertThat(mailbox.to("Ada@example.org")).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Grüße");
            assertThat(mail.text()).contains("#token=x").doesNotContain("\r");
        });
        assertThat(mailbox.to("eve@example.org")).isEmpty();
    }

    @Test
    void theOldestMakeWay() {
        for (int i = 0; i <= Mailbox.MAILS_MAX; i++) {
            mailbox.add(new ReceivedMail("p" + i + "@example.org", "drover", "Hello", "Text", Instant.EPOCH));
        }
        assertThat(mailbox.to("p0@example.org")).isEmpty();
        assertThat(mailbox.to("p1@example.org")).hasSize(1);
        assertThat(mailbox.all().getFirst().to()).isEqualTo("p" + Mailbox.MAILS_MAX + "@example.org");
    }

    private static void send(int port, String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port);
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            assertThat(answers.readLine()).startsWith("220");
            for (String command : List.of(
                    "HELO test",
                    "MAIL FROM:<drover@example.org>",
                    "RCPT TO:<ada@example.org>",
                    "DATA",
                    String.join("\r\n", lines) + "\r\n.")) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(answers.readLine()).as(command).matches("[23].*");
            }
        }
    }
}
