package io.tidemark.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * One PostgreSQL database and how to log in to it. Every connection has the settings pinned that shape the text of values, so that COPY and
 * the log give the same bytes on both nodes whatever the role or the database prefers.
 *
 * @param url {@code jdbc:postgresql://host:port/name}
 * @param lockTimeout how long any statement waits for a lock
 */
public record Database(String url, String user, @Nullable String password, Duration lockTimeout) {
    private static final String PINNED = """
            SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex';
            SET extra_float_digits = 3; SET lc_monetary = 'C'; SET xmlbinary = 'base64'; SET xmloption = 'content';
            SET standard_conforming_strings = on; SET search_path = ''; SET row_security = off; SET jit = off;
            SET synchronize_seqscans = off; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;
            SET client_min_messages = warning; SET check_function_bodies = off; SET escape_string_warning = off;
            SET lock_timeout = %d""";

    /** Open transactions that have changed more than this come in parts; in this room the server keeps the others. */
    private static final String DECODING_MEMORY = "16MB";

    /** The connection is in auto-commit mode. */
    public Connection open(String applicationName) throws SQLException {
        Properties properties = login(applicationName);
        return pinned(DriverManager.getConnection(url, properties));
    }

    /** A connection that speaks the replication protocol beside SQL, for which options in the URL come first; lock_timeout bounds the creation of a slot as well. */
    public Connection openReplication(String applicationName) throws SQLException {
        Properties properties = login(applicationName);
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.OPTIONS.set(
                properties,
                "-c lock_timeout=" + lockTimeout.toMillis() + " -c statement_timeout=0 -c logical_decoding_work_mem="
                        + DECODING_MEMORY);
        return pinned(DriverManager.getConnection(url, properties));
    }

    private Connection pinned(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(PINNED.formatted(lockTimeout.toMillis()));
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    public Database withLockTimeout(Duration timeout) {
        return new Database(url, user, password, timeout);
    }

    /** Host, port and name as the driver reads them from the URL: keys PGHOST, PGPORT, PGDBNAME and what else the URL says. */
    public Properties target() {
        Properties properties = Driver.parseURL(url, new Properties());
        if (properties == null) {
            throw new IllegalArgumentException("not a PostgreSQL JDBC URL: " + url);
        }
        return properties;
    }

    private Properties login(String applicationName) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user);
        if (password != null) {
            PGProperty.PASSWORD.set(properties, password);
        }
        PGProperty.APPLICATION_NAME.set(properties, applicationName);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(properties, 30);
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        return properties;
    }

    /** Never with the password. */
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
