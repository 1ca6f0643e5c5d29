package io.tidemark.alarm;

import io.tidemark.alarm.AlarmSettings.CommandSettings;
import io.tidemark.alarm.AlarmSettings.MailSettings;
import io.tidemark.alarm.AlarmSettings.Security;
import io.tidemark.settings.Secret;
import io.tidemark.settings.Setting;
import io.tidemark.settings.SettingTypes;
import io.tidemark.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of alarms, which both nodes have. Use {@link #get} once the reader is finished. */
public final class AlarmKeys {
    private static final Duration MAIL_TIMEOUT = Duration.ofSeconds(20);
    private static final String PASSWORD_FILE = "mail.password-file";
    private static final List<String> OF_MAIL = List.of(
            "mail.port",
            "mail.security",
            "mail.user",
            "mail.password",
            PASSWORD_FILE,
            "mail.from",
            "mail.to",
            "mail.certificate");

    private final SettingsReader reader;
    private final Setting<String> host;
    private final Setting<Integer> port;
    private final Setting<Security> security;
    private final Setting<String> user;
    private final Setting<Secret> password;
    private final Setting<List<String>> from;
    private final Setting<List<String>> to;
    private final Setting<Path> certificate;
    private final Setting<PingUrl> complete;
    private final Setting<PingUrl> partial;
    private final Setting<List<String>> command;
    private final Setting<Duration> commandTimeout;
    private final Setting<Duration> before;
    private final Setting<Duration> after;
    private final Setting<Set<String>> success;

    public AlarmKeys(SettingsReader reader) {
        this.reader = reader;
        host = reader.optional("mail.host", SettingTypes.text());
        port = reader.optional("mail.port", SettingTypes.integer(1, 65535));
        security = reader.or("mail.security", SettingTypes.oneOf(Security.class), Security.STARTTLS);
        user = reader.optional("mail.user", SettingTypes.text());
        password = reader.secret("mail.password");
        from = reader.optional("mail.from", AlarmTypes.addresses());
        to = reader.optional("mail.to", AlarmTypes.addresses());
        certificate = reader.optional("mail.certificate", AlarmTypes.certificate());
        complete = reader.optional("ping.complete", AlarmTypes.ping("ping.complete"));
        partial = reader.optional("ping.partial", AlarmTypes.ping("ping.partial"));
        command = reader.optional("alarm.command", AlarmTypes.command());
        commandTimeout = reader.or("alarm.command-timeout", SettingTypes.duration(), Duration.ofSeconds(30));
        before = reader.or("alarm.after", SettingTypes.duration(), Duration.ofMinutes(1));
        after = reader.or("alarm.settle", SettingTypes.duration(), Duration.ofMinutes(5));
        success = reader.or("alarm.success", AlarmTypes.kinds(), Set.of());
        checkMail();
    }

    private void checkMail() {
        if (!reader.given("mail.host")) {
            OF_MAIL.stream()
                    .filter(reader::given)
                    .findFirst()
                    .ifPresent(key -> reader.add(
                            "mail.host",
                            "is missing, and " + key + " is given",
                            "name the mail server, or remove " + key));
            return;
        }
        need("mail.from", "name the address that alarms come from");
        need("mail.to", "name who is told, comma-separated");
        boolean secret = reader.given("mail.password") || reader.given(PASSWORD_FILE);
        if (secret && !reader.given("mail.user")) {
            reader.add("mail.user", "is missing, and mail.password is given", "name the login, or remove the password");
        }
        if (reader.given("mail.user") && !secret) {
            reader.add("mail.password", "is missing, and mail.user is given", "name a file with the password");
        }
        if (secret && security.optional().filter(Security.NONE::equals).isPresent()) {
            reader.add("mail.security", "is none, which would show the password", "take starttls or tls");
        }
        from.optional()
                .filter(addresses -> addresses.size() > 1)
                .ifPresent(several -> reader.add("mail.from", "is more than one address", "name one"));
    }

    private void need(String key, String remedy) {
        if (!reader.given(key)) {
            reader.add(key, "is missing, and mail.host is given", remedy);
        }
    }

    public AlarmSettings get() {
        Optional<MailSettings> mail = host.optional()
                .map(name -> new MailSettings(
                        name,
                        port.optional()
                                .orElseGet(() -> security.get() == Security.TLS
                                        ? 465
                                        : security.get() == Security.NONE ? 25 : 587),
                        security.get(),
                        user.optional(),
                        password.optional(),
                        from.get().get(0),
                        to.get(),
                        certificate.optional(),
                        MAIL_TIMEOUT));
        Map<String, PingUrl> pings = new LinkedHashMap<>();
        complete.optional().ifPresent(url -> pings.put("complete", url));
        partial.optional().ifPresent(url -> pings.put("partial", url));
        return new AlarmSettings(
                mail,
                command.optional().map(words -> new CommandSettings(words, commandTimeout.get())),
                pings,
                before.get(),
                after.get(),
                success.get());
    }
}
