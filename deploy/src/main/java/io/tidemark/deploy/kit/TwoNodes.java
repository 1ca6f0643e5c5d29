package io.tidemark.deploy.kit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A primary and a replica database on clusters of their own, a remote folder between them, and the settings of a sender and a receiver that
 * log in with no more rights than they need.
 */
public final class TwoNodes implements AutoCloseable {
    public static final String SOURCE = "transapp";
    public static final String PRIMARY = "transapp";
    public static final String REPLICA = "analytics";
    public static final String ROLE = "tidemark";

    private static final String APPLICATION = "application";

    private final Scratch scratch;
    private final TidemarkHome home = TidemarkHome.find();
    private final PostgresCluster primary;
    private final PostgresCluster replica;
    private final String password = Secrets.random();

    private TwoNodes(Scratch scratch, PostgresCluster primary, PostgresCluster replica) {
        this.scratch = scratch;
        this.primary = primary;
        this.replica = replica;
    }

    /** Both servers of the newest version installed; the folder stays the caller's to close. */
    public static TwoNodes start(
            Scratch scratch, Map<String, String> primarySettings, Map<String, String> replicaSettings) {
        return start(scratch, PostgresPrograms.newest(), PostgresPrograms.newest(), primarySettings, replicaSettings);
    }

    public static TwoNodes start(
            Scratch scratch,
            PostgresPrograms primaryPrograms,
            PostgresPrograms replicaPrograms,
            Map<String, String> primarySettings,
            Map<String, String> replicaSettings) {
        PostgresCluster primary = PostgresCluster.start(primaryPrograms, scratch.resolve("primary"), primarySettings);
        PostgresCluster replica = PostgresCluster.start(replicaPrograms, scratch.resolve("replica"), replicaSettings);
        TwoNodes nodes = new TwoNodes(scratch, primary, replica);
        primary.psql(
                "postgres",
                "create role " + ROLE + " login replication bypassrls password '" + nodes.password + "';"
                        + "grant pg_read_all_data to " + ROLE + "; create database " + PRIMARY);
        nodes.receiverRole();
        nodes.freshReplica();
        return nodes;
    }

    /** Before version 15 only a superuser may keep triggers and rules from firing while rows are merged. */
    private void receiverRole() {
        boolean grantable = replica.programs().major() >= 15;
        replica.psql(
                "postgres",
                "create role " + ROLE + " login bypassrls " + (grantable ? "" : "superuser ") + "password '" + password
                        + "'");
        if (grantable) {
            replica.psql("postgres", "grant set on parameter session_replication_role to " + ROLE);
        }
    }

    /** An empty target database, owned by the receiver's role. */
    public void freshReplica() {
        replica.psql("postgres", "drop database if exists " + REPLICA + " with (force)");
        replica.psql("postgres", "create database " + REPLICA + " owner " + ROLE + " template template0");
    }

    /** A primary database as {@code template} is, and an empty target; both nodes forget everything. */
    public void fresh(String template) {
        freeSlots();
        primary.psql("postgres", "drop database if exists " + PRIMARY + " with (force)");
        primary.psql("postgres", "create database " + PRIMARY + " template " + template);
        freshReplica();
        for (String folder : List.of("sender", "receiver", "remote", "media", "media-replica")) {
            Scratch.delete(scratch.resolve(folder));
        }
        remote();
    }

    /** A database with a slot that somebody reads cannot be dropped; idle slots go with it. */
    private void freeSlots() {
        primary.psql(
                "postgres",
                "select count(pg_terminate_backend(active_pid, 10000)) from pg_replication_slots where active and database = '"
                        + PRIMARY + "'");
    }

    /**
     * Lets the sender make partials of the primary as {@link #fresh} left it: what is created there from now on belongs to an application's role
     * whose member the sender's is.
     */
    public void allowPartials() {
        primary.psql(
                PRIMARY,
                "do $$ begin if to_regrole('" + APPLICATION + "') is null then create role " + APPLICATION
                        + "; end if; end $$;"
                        + "grant " + APPLICATION + " to " + ROLE + ";"
                        + "grant create on database " + PRIMARY + " to " + ROLE + ", " + APPLICATION + ";"
                        + "grant all on schema public to " + APPLICATION + ";"
                        + "alter role " + PostgresCluster.SUPERUSER + " in database " + PRIMARY + " set role = '"
                        + APPLICATION + "'");
    }

    /** Lets the sender look at the log of a busy primary instead of streaming it, as README tells. */
    public void allowLooks() {
        boolean grantable = primary.programs().major() >= 15;
        primary.psql(
                "postgres",
                grantable
                        ? "grant set on parameter log_min_messages to " + ROLE
                        : "alter role " + ROLE + " set log_min_messages = fatal");
    }

    public PostgresCluster primary() {
        return primary;
    }

    public PostgresCluster replica() {
        return replica;
    }

    public Path mediaSource() {
        return scratch.subfolder("media");
    }

    public Path mediaTarget() {
        return scratch.subfolder("media-replica");
    }

    /** What the receiver sees of the remote folder. */
    public Path remote() {
        return scratch.subfolder("remote");
    }

    public Path inbox() {
        return scratch.subfolder("remote/inbox");
    }

    public Path receipts() {
        return scratch.subfolder("remote/receipts");
    }

    public Path archive() {
        return scratch.resolve("receiver/archive/" + SOURCE);
    }

    /** A sender that reaches the remote folder as {@code user} through {@code port}; {@code inside} is what comes before /inbox there. */
    public Node sender(String user, int port, String inside, Path privateKey, Path knownHosts) {
        Map<String, String> settings = database(primary, PRIMARY);
        settings.put("source", SOURCE);
        settings.put("media.folder", mediaSource().toString());
        settings.put("work.folder", scratch.subfolder("sender").toString());
        settings.put("remote.url", "sftp://" + user + "@127.0.0.1:" + port + inside + "/inbox");
        settings.put("remote.receipts", inside + "/receipts");
        settings.put("remote.private-key", privateKey.toString());
        settings.put("remote.known-hosts", knownHosts.toString());
        inbox();
        receipts();
        return new Node(home.sender(), scratch.subfolder("runs"), settings, Map.of());
    }

    /** A sender that goes through a proxy to the embedded server. */
    public Node sender(SftpServer server, TcpProxy proxy) {
        Path keys = scratch.subfolder("keys");
        return sender(
                SftpServer.USER,
                proxy.port(),
                "",
                server.writeUserKey(keys),
                server.writeKnownHosts(keys, proxy.port()));
    }

    public Node receiver() {
        Map<String, String> settings = database(replica, REPLICA);
        settings.put("inbox.folder", inbox().toString());
        settings.put("receipts.folder", receipts().toString());
        settings.put("media.folder", mediaTarget().toString());
        settings.put("work.folder", scratch.subfolder("receiver").toString());
        settings.put("poll.interval", "500ms");
        return new Node(home.receiver(), scratch.subfolder("runs"), settings, Map.of());
    }

    private Map<String, String> database(PostgresCluster cluster, String name) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("database.url", cluster.jdbcUrl(name));
        settings.put("database.user", ROLE);
        settings.put(
                "database.password-file",
                TextFiles.writeSecret(scratch.resolve("db.password"), password + "\n")
                        .toString());
        return settings;
    }

    /** Whether tables, sequences and materialised views are the same on both sides. */
    public TableCompare.Outcome compare() {
        return TableCompare.of(primary, PRIMARY, replica, REPLICA);
    }

    @Override
    public void close() {
        replica.close();
        primary.close();
    }
}
