package io.tidemark.settings;

import io.tidemark.database.Database;
import java.time.Duration;
import java.util.Locale;

/** What Tidemark accepts as the URL of a database. */
final class JdbcUrls {
    private static final String PREFIX = "jdbc:postgresql:";

    private JdbcUrls() {}

    static String check(String text) throws BadValue {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!text.startsWith(PREFIX)) {
            throw new BadValue("is not a PostgreSQL URL", "write it as jdbc:postgresql://host:5432/database");
        }
        if (lower.contains("password=")) {
            throw new BadValue("carries a password", "move it to database.password-file");
        }
        if (lower.matches("[^?]*//[^/?]*@.*")) {
            throw new BadValue(
                    "carries a login", "move the user to database.user, the password to database.password-file");
        }
        try {
            new Database(text, "", null, Duration.ZERO).target();
        } catch (IllegalArgumentException e) {
            throw new BadValue(
                    SettingTypes.quoted(text) + " is not a PostgreSQL URL",
                    "write it as jdbc:postgresql://host:5432/database");
        }
        return text;
    }
}
