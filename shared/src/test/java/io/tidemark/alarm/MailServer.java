package io.tidemark.alarm;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** An SMTP server that takes a login over TLS and nothing else, and keeps what it is sent. */
final class MailServer implements AutoCloseable {
    static final String USER = "tidemark@example.org";
    static final String PASSWORD = "s3cr3t pass:word";

    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final SMTPServer server;

    /** One mail for one of its recipients. */
    record Mail(String to, MimeMessage message) {
        String subject() throws Exception {
            return message.getSubject();
        }

        String text() throws Exception {
            return String.valueOf(message.getContent());
        }
    }

    /** @param implicit whether TLS begins with the connection, and not by STARTTLS */
    MailServer(ServerKey key, boolean implicit) {
        this(key, implicit, 0);
    }

    MailServer(ServerKey key, boolean implicit, int port) {
        SMTPServer.Builder builder = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    if (!user.equals(USER) || !password.equals(PASSWORD)) {
                        throw new LoginFailedException();
                    }
                }))
                .simpleMessageListener(new Keeping());
        server = (implicit
                        ? builder.serverSocketFactory(key.context())
                        : builder.enableTLS().requireTLS().startTlsSocketFactory(key.context()))
                .build();
        server.start();
    }

    /** Takes whatever comes for whomever. */
    private final class Keeping implements SimpleMessageListener {
        @Override
        public boolean accept(String from, String recipient) {
            return true;
        }

        @Override
        public void deliver(String from, String recipient, InputStream data) {
            mails.add(new Mail(recipient, read(data)));
        }
    }

    private static MimeMessage read(InputStream data) {
        try {
            return new MimeMessage(Session.getInstance(new Properties()), data);
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return server.getPortAllocated();
    }

    List<Mail> mails() {
        return mails;
    }

    List<String> subjects() {
        return mails.stream()
                .map(mail -> {
                    try {
                        return mail.to() + ": " + mail.subject();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}
