package io.tidemark.deploy.kit;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tree that the build leaves, with {@code bin/tidemark-sender} and {@code bin/tidemark-receiver}. */
public record TidemarkHome(Path folder) {
    public TidemarkHome {
        if (!Files.isExecutable(folder.resolve("bin/tidemark-sender"))) {
            throw new KitException(folder + ": holds no bin/tidemark-sender; build with: mvn -q -DskipTests package");
        }
    }

    /** The system property {@code tidemark.home}, else the tree that lies beside these classes. */
    public static TidemarkHome find() {
        String told = System.getProperty("tidemark.home", "");
        return new TidemarkHome(told.isEmpty() ? besideTheClasses() : Path.of(told));
    }

    public String sender() {
        return folder.resolve("bin/tidemark-sender").toString();
    }

    public String receiver() {
        return folder.resolve("bin/tidemark-receiver").toString();
    }

    private static Path besideTheClasses() {
        try {
            Path classes = Path.of(TidemarkHome.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolveSibling("tidemark");
        } catch (URISyntaxException e) {
            throw new KitException("these classes lie nowhere", e);
        }
    }
}
