package io.tidemark.alarm;

import io.tidemark.settings.BadValue;
import io.tidemark.settings.SettingType;
import io.tidemark.settings.SettingTypes;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of the alarms' settings. */
public final class AlarmTypes {
    private static final Set<String> KINDS = Set.of("complete", "partial");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|([^\\s\"]+)|(\")");

    private AlarmTypes() {}

    static SettingType<List<String>> addresses() {
        return text -> {
            List<String> addresses = new ArrayList<>();
            try {
                for (InternetAddress address : InternetAddress.parse(text, true)) {
                    address.validate();
                    if (!address.getAddress().contains("@")) {
                        throw new AddressException("no @ in " + address.getAddress());
                    }
                    addresses.add(address.toString());
                }
            } catch (AddressException e) {
                throw new BadValue(
                        '"' + text + "\" is not an address: " + e.getMessage(),
                        "write it like admin@example.org, several with commas between");
            }
            if (addresses.isEmpty()) {
                throw new BadValue('"' + text + "\" names nobody", "write it like admin@example.org");
            }
            return List.copyOf(addresses);
        };
    }

    /** The address may hold a secret, so that no message repeats it. */
    public static SettingType<PingUrl> ping(String key) {
        return text -> {
            try {
                URI uri = new URI(text);
                boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (web && uri.getHost() != null) {
                    return new PingUrl(key, uri);
                }
            } catch (URISyntaxException e) {
                throw new BadValue("is not a URL", "write it like https://watchdog.example.org/ping/…");
            }
            throw new BadValue(
                    "is neither http: nor https: with a host", "write it like https://watchdog.example.org/…");
        };
    }

    /** Words with blanks between; what is in double quotes is one word. No shell reads them. */
    static SettingType<List<String>> command() {
        return text -> {
            List<String> words = new ArrayList<>();
            Matcher matcher = WORD.matcher(text);
            while (matcher.find()) {
                if (matcher.group(3) != null) {
                    throw new BadValue("has a double quote without its other half", "close it, or leave it out");
                }
                words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            }
            Path program = SettingTypes.existingFile().read(words.get(0));
            if (!Files.isExecutable(program)) {
                throw new BadValue(program + " cannot be executed", "chmod +x it, for the user that runs Tidemark");
            }
            return List.copyOf(words);
        };
    }

    static SettingType<Set<String>> kinds() {
        return text -> {
            Set<String> kinds = new TreeSet<>();
            for (String kind :
                    Arrays.stream(text.split(",", -1)).map(String::strip).toList()) {
                if (!KINDS.contains(kind)) {
                    throw new BadValue('"' + kind + "\" is nothing that is told", "take complete, partial, or both");
                }
                kinds.add(kind);
            }
            return kinds;
        };
    }

    static SettingType<Path> certificate() {
        return text -> {
            Path file = SettingTypes.existingFile().read(text);
            try (InputStream content = Files.newInputStream(file)) {
                if (CertificateFactory.getInstance("X.509")
                        .generateCertificates(content)
                        .isEmpty()) {
                    throw new BadValue(
                            file + " holds no certificate", "put the server's or its authority's in it, as PEM");
                }
            } catch (IOException | CertificateException e) {
                throw new BadValue(file + " holds no certificate", "put the server's or its authority's in it, as PEM");
            }
            return file;
        };
    }
}
