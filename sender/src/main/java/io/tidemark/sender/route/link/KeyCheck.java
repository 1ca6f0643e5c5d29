package io.tidemark.sender.route.link;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a private key can be used at all, apart from any server. */
final class KeyCheck {
    private static final String FORMATS = "take an Ed25519, ECDSA or RSA key as ssh-keygen writes it";

    private KeyCheck() {}

    /** What is wrong with the key; empty where it opens. */
    static Optional<TidemarkException> problem(Path key, Optional<Secret> passphrase) {
        if (!Files.isReadable(key)) {
            String what = Files.exists(key) ? "cannot be read" : "does not exist";
            return refuse(key, what, "make it readable for the sender's user, or correct remote.private-key");
        }
        KeyPair pair;
        try {
            pair = KeyPair.load(new JSch(), key.toString());
        } catch (JSchException e) {
            return refuse(key, "is not a private key that can be read: " + e.getMessage(), FORMATS);
        }
        try {
            if (!pair.isEncrypted()) {
                return Optional.empty();
            }
            if (passphrase.isEmpty()) {
                return refuse(key, "needs a passphrase", "set remote.private-key-passphrase-file");
            }
            return pair.decrypt(passphrase.get().value().getBytes(StandardCharsets.UTF_8))
                    ? Optional.empty()
                    : refuse(
                            key,
                            "does not open with the passphrase given",
                            "correct remote.private-key-passphrase-file");
        } finally {
            pair.dispose();
        }
    }

    private static Optional<TidemarkException> refuse(Path key, String what, String hint) {
        return Optional.of(new TidemarkException(FailureCode.USAGE, "private key " + key + " " + what, hint));
    }
}
