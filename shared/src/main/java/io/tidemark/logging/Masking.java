package io.tidemark.logging;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tidemark.settings.Secret;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes secrets unreadable: those of the settings wherever they turn up, and logins that stand in a URL. */
public final class Masking {
    /** Shorter ones would mask half of every line, and protect nothing. */
    private static final int SHORTEST = 4;

    private static final Pattern LOGIN = Pattern.compile("(?<=[a-z]://)[^/\\s@:\"]*:[^/\\s@\"]+(?=@)");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)(?<=[?&](?:password|passphrase|token|sslpassword)=)[^&\\s\"]+");

    private final List<String> secrets;

    public Masking(List<String> secrets) {
        Set<String> all = new LinkedHashSet<>();
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST) {
                all.add(secret);
                // As it stands in a line of JSON.
                all.add(new String(JsonStringEncoder.getInstance().quoteAsString(secret)));
            }
        }
        // The longest first: one may be part of another.
        this.secrets = all.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    public String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, Secret.MASK);
        }
        if (masked.contains("://")) {
            masked = LOGIN.matcher(masked).replaceAll(Secret.MASK);
        }
        return masked.indexOf('=') < 0 ? masked : PARAMETER.matcher(masked).replaceAll(Secret.MASK);
    }
}
