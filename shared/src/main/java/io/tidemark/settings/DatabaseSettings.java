package io.tidemark.settings;

import io.tidemark.database.Database;
import java.time.Duration;
import java.util.Optional;

/**
 * How a node reaches its database.
 *
 * @param url for JDBC, without login
 * @param password absent where the server asks for none
 */
public record DatabaseSettings(String url, String user, Optional<Secret> password) {

    /** @param lockTimeout how long any statement waits for a lock */
    public Database database(Duration lockTimeout) {
        return new Database(url, user, password.map(Secret::value).orElse(null), lockTimeout);
    }

    /** Reads {@code database.url}, {@code database.user}, {@code database.password}; use it once {@code reader} is finished. */
    public static Keys keys(SettingsReader reader) {
        return new Keys(
                reader.required("database.url", SettingTypes.jdbcUrl()),
                reader.required("database.user", SettingTypes.text()),
                reader.secret("database.password"));
    }

    /** The keys, read and not yet known to be good. */
    public record Keys(Setting<String> url, Setting<String> user, Setting<Secret> password) {
        public DatabaseSettings get() {
            return new DatabaseSettings(url.get(), user.get(), password.optional());
        }
    }
}
