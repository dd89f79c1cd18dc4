package dev.drover.lab.mailbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Map;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;

import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** Takes every mail the suite sends, and puts it into the mailbox instead of anybody's. */
public final class MailServer implements AutoCloseable {
    private static final int MESSAGE_BYTES_MAX = 256 * 1024;
    private static final int CONNECTIONS_MAX = 32;
    private static final int NOT_UNDERSTOOD = 554;

    private final SMTPServer server;

    private MailServer(SMTPServer server) {
        this.server = server;
    }

    /** On any free port. */
    public static MailServer onThisMachine(Mailbox mailbox, Clock clock) {
        return start(InetAddress.getLoopbackAddress(), 0, mailbox, clock);
    }

    /** @param address where to listen */
    public static MailServer start(InetAddress address, int port, Mailbox mailbox, Clock clock) {
        SMTPServer server = SMTPServer.port(port)
                .bindAddress(address)
                .maxConnections(CONNECTIONS_MAX)
                .maxMessageSize(MESSAGE_BYTES_MAX)
                .messageHandler((context, from, to, data) -> mailbox.add(read(from, to, data, clock)))
                .build();
        server.start();
        return new MailServer(server);
    }

    /** What services need to know to send. */
    public Map<String, String> environment() {
        return Map.of("SMTP_HOST", "127.0.0.1", "SMTP_PORT", Integer.toString(server.getPortAllocated()));
    }

    private static ReceivedMail read(String from, String to, byte[] data, Clock clock) throws RejectException {
        try {
            MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(data));
            return new ReceivedMail(to, from, String.valueOf(message.getSubject()), text(message), clock.instant());
        } catch (MessagingException | IOException e) {
            throw new RejectException(NOT_UNDERSTOOD, "not a message: " + e.getMessage());
        }
    }

    /** The first plain text there is, with the line ends of this world and not of mail's. */
    private static String text(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return String.valueOf(part.getContent()).replace("\r\n", "\n");
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                String text = text(inner);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    @Override
    public void close() {
        server.stop();
    }
}
