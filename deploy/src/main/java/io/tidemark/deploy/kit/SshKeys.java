package io.tidemark.deploy.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Key pairs as OpenSSH writes them. */
public final class SshKeys {

    private SshKeys() {}

    public static KeyPair ed25519() {
        try {
            return KeyUtils.generateKeyPair("ssh-ed25519", 256);
        } catch (GeneralSecurityException e) {
            throw new KitException("no Ed25519 keys here", e);
        }
    }

    /** @param type {@code ssh-rsa} or {@code ecdsa-sha2-nistp256} */
    public static KeyPair other(String type) {
        try {
            if ("ssh-rsa".equals(type)) {
                KeyPairGenerator generator = SecurityUtils.getKeyPairGenerator("RSA");
                generator.initialize(3072);
                return generator.generateKeyPair();
            }
            return KeyUtils.generateKeyPair(type, 256);
        } catch (GeneralSecurityException e) {
            throw new KitException("no keys of type " + type, e);
        }
    }

    /** The private key in OpenSSH's own format, for the owner alone. */
    public static Path writePrivate(KeyPair keys, Path file) {
        return writePrivate(keys, file, "");
    }

    /** @param passphrase empty for none */
    public static Path writePrivate(KeyPair keys, Path file, String passphrase) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OpenSSHKeyEncryptionContext context = new OpenSSHKeyEncryptionContext();
        context.setPassword(passphrase);
        context.setCipherName("AES");
        context.setCipherType("256");
        context.setCipherMode("CTR");
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                    keys, "tidemark", passphrase.isEmpty() ? null : context, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new KitException(file + ": private key cannot be written", e);
        }
        return TextFiles.writeSecret(file, bytes.toString(StandardCharsets.UTF_8));
    }

    /** {@code ssh-ed25519 AAAA…}, as in authorized_keys. */
    public static String line(PublicKey key) {
        return PublicKeyEntry.toString(key);
    }

    /** A line of known_hosts for a server on the loopback interface. */
    public static String knownHost(int port, PublicKey key) {
        return "[127.0.0.1]:" + port + " " + line(key) + "\n";
    }
}
