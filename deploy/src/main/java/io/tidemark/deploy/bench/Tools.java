package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.Command;
import io.tidemark.deploy.kit.OpenSshServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tools of the others: installed where that may be done, else done without. */
final class Tools {

    private Tools() {}

    /** Says on standard error what it does and what stays missing. */
    static void provide(BenchOptions options) {
        List<String> packages = new ArrayList<>();
        if (!OpenSshServer.installed()) {
            packages.add("openssh-server");
        }
        if (!Script.exists("sftp")) {
            packages.add("openssh-client");
        }
        if (options.contestants().contains(PgCopyDbPeer.NAME) && !Script.exists("pgcopydb")) {
            packages.add("pgcopydb");
        }
        boolean mayInstall =
                options.install() && "root".equals(System.getProperty("user.name")) && Script.exists("apt-get");
        if (!packages.isEmpty() && mayInstall) {
            packages.forEach(Tools::install);
        } else if (!packages.isEmpty()) {
            System.err.println("not installed: " + String.join(", ", packages));
        }
    }

    private static void install(String name) {
        System.err.println("installing " + name);
        // A run level of 1 keeps the package from starting a service of its own.
        Command apt = Command.of("apt-get", "-qq", "-o", "Dpkg::Options::=--force-confold")
                .environment(Map.of("DEBIAN_FRONTEND", "noninteractive", "RUNLEVEL", "1"));
        Command install = apt.with("install", "-y", "--no-install-recommends", name);
        if (install.tryRun().exitCode() != 0) {
            apt.with("update").tryRun();
            Command.Result result = install.tryRun();
            if (result.exitCode() != 0) {
                System.err.println("not installed: " + name + "\n" + result.error());
            }
        }
    }
}
