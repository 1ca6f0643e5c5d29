package io.tidemark.alarm;

import io.tidemark.settings.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whom to tell, and when. Without channels nobody is told, and {@code status} shows what is wrong.
 *
 * @param before how long a failure that may pass by itself is kept back
 * @param after how long something has to be well until it counts as over
 * @param success kinds of which people want to hear when they are done
 */
public record AlarmSettings(
        Optional<MailSettings> mail,
        Optional<CommandSettings> command,
        Map<String, PingUrl> pings,
        Duration before,
        Duration after,
        Set<String> success) {
    public AlarmSettings {
        pings = Map.copyOf(pings);
        success = Set.copyOf(success);
    }

    /** Nobody is told. */
    public static AlarmSettings none() {
        return new AlarmSettings(
                Optional.empty(), Optional.empty(), Map.of(), Duration.ofMinutes(1), Duration.ofMinutes(5), Set.of());
    }

    /** How mail leaves this server. */
    record MailSettings(
            String host,
            int port,
            Security security,
            Optional<String> user,
            Optional<Secret> password,
            String from,
            List<String> to,
            Optional<Path> certificate,
            Duration timeout) {}

    /** What protects mail on its way to the first server. */
    enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    /** @param words the program, by its absolute path, and what it is given */
    record CommandSettings(List<String> words, Duration timeout) {
        CommandSettings {
            words = List.copyOf(words);
        }
    }

    AlarmBook.Patience patience() {
        return new AlarmBook.Patience(before, after);
    }

    /** Those that tell people. */
    List<Channel> channels() {
        List<Channel> channels = new ArrayList<>();
        mail.ifPresent(settings -> channels.add(new MailChannel(settings)));
        command.ifPresent(settings -> channels.add(new CommandChannel(settings)));
        return channels;
    }

    boolean tellsSuccessOf(String kind) {
        return success.contains(kind);
    }

    /** What must never stand in a log. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        mail.flatMap(MailSettings::password).ifPresent(password -> secrets.add(password.value()));
        pings.values().forEach(url -> secrets.addAll(url.secrets()));
        return secrets;
    }

    /** With pings of kinds that only one node has. */
    public AlarmSettings and(String kind, Optional<PingUrl> url) {
        Map<String, PingUrl> all = new LinkedHashMap<>(pings);
        url.ifPresent(each -> all.put(kind, each));
        return new AlarmSettings(mail, command, all, before, after, success);
    }
}
