package io.tidemark.alarm;

import io.tidemark.alarm.AlarmSettings.MailSettings;
import io.tidemark.alarm.AlarmSettings.Security;
import io.tidemark.settings.Secret;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLException;

/** Mail by SMTP. A server that shows the wrong name or a certificate that is not trusted gets neither password nor news. */
final class MailChannel implements Channel {
    private final MailSettings settings;

    MailChannel(MailSettings settings) {
        this.settings = settings;
    }

    @Override
    public String key() {
        return "mail.host";
    }

    @Override
    public void deliver(Notice notice) throws IOException {
        Session session = Session.getInstance(properties());
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(
                    settings.host(),
                    settings.port(),
                    settings.user().orElse(null),
                    settings.password().map(Secret::value).orElse(null));
            Message message = message(session, notice);
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException failure) {
            throw explained(failure);
        }
    }

    private Message message(Session session, Notice notice) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(settings.from(), true));
        message.setRecipients(Message.RecipientType.TO, InternetAddress.parse(String.join(",", settings.to()), true));
        message.setSubject(notice.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(Instant.now()));
        // Nobody answers a machine on holiday.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Tidemark-Alarm", notice.alarm().replaceAll("[^\\x20-\\x7e]", "?"));
        message.setText(notice.text(), StandardCharsets.UTF_8.name());
        return message;
    }

    private Properties properties() throws IOException {
        String millis = Long.toString(settings.timeout().toMillis());
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", millis);
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.auth", Boolean.toString(settings.user().isPresent()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", Boolean.toString(settings.security() == Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(settings.security() == Security.STARTTLS));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(settings.security() == Security.TLS));
        if (settings.certificate().isPresent()) {
            try {
                properties.put(
                        "mail.smtp.ssl.socketFactory",
                        Trust.in(settings.certificate().get()));
            } catch (GeneralSecurityException e) {
                throw new DeliveryException(
                        "mail.certificate cannot be used: " + e.getMessage(), "put the server's certificate in it", e);
            }
        }
        return properties;
    }

    private DeliveryException explained(MessagingException failure) {
        String server = settings.host() + ":" + settings.port();
        if (failure instanceof AuthenticationFailedException) {
            return new DeliveryException(
                    server + " refuses the login of " + settings.user().orElse("nobody"),
                    "correct mail.user and mail.password-file",
                    failure);
        }
        if (failure instanceof SendFailedException) {
            return new DeliveryException(
                    server + " takes no mail from " + settings.from() + " to " + settings.to() + ": " + words(failure),
                    "correct mail.from and mail.to, or allow them on the server",
                    failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
                return new DeliveryException(
                        server + " cannot be trusted, or speaks no TLS: " + words(cause),
                        "is mail.security right for this port? does the certificate name " + settings.host()
                                + "? one of an authority of your own goes into mail.certificate",
                        failure);
            }
        }
        return new DeliveryException(
                server + ": " + words(failure),
                "is the server up, may this one reach it, and are mail.host, mail.port and mail.security right?",
                failure);
    }

    private static String words(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        Throwable cause = failure.getCause();
        String more = cause == null || cause.getMessage() == null || text.contains(cause.getMessage())
                ? ""
                : ": " + cause.getMessage();
        return (text + more).replaceAll("\\s+", " ").strip();
    }
}
