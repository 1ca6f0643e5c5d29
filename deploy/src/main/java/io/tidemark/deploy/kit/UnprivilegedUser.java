package io.tidemark.deploy.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;

/**
 * Who runs a PostgreSQL server: it refuses root. Root takes the user {@code postgres} where there is one, else a user namespace in which
 * it is nobody; everybody else runs it directly.
 */
record UnprivilegedUser(List<String> prefix, boolean ownFiles) {
    UnprivilegedUser {
        prefix = List.copyOf(prefix);
    }

    static UnprivilegedUser find() {
        if (!isRoot()) {
            return new UnprivilegedUser(List.of(), false);
        }
        if (!exists("postgres")) {
            return new UnprivilegedUser(List.of("unshare", "-U", "--"), false);
        }
        // Unlike runuser, setpriv puts no process of its own between us and the server.
        return Files.isExecutable(Path.of("/usr/bin/setpriv"))
                ? new UnprivilegedUser(
                        List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"), true)
                : new UnprivilegedUser(List.of("runuser", "-u", "postgres", "--"), true);
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Gives the folder to the user that the servers run as. */
    void own(Path folder) {
        if (ownFiles) {
            try {
                Files.setOwner(folder, user(folder, "postgres"));
            } catch (IOException e) {
                throw new UncheckedIOException(folder + ": cannot be given to user postgres", e);
            }
        }
    }

    private static boolean exists(String name) {
        try {
            user(Path.of("/"), name);
            return true;
        } catch (UserPrincipalNotFoundException nobody) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UserPrincipal user(Path path, String name) throws IOException {
        return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
    }
}
