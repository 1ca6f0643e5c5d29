package io.tidemark.sender.sftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/** Private keys as {@code ssh-keygen -m PEM} writes them: the format that OpenSSL had first, and many old keys still have. */
public final class PemKey {
    private static final int LINE = 64;

    private PemKey() {}

    public static Path write(KeyPair pair, Path file, @Nullable String passphrase) {
        String kind = pair.getPrivate() instanceof ECPrivateKey ? "EC" : "RSA";
        try {
            byte[] content = der(pair);
            StringBuilder pem = new StringBuilder("-----BEGIN " + kind + " PRIVATE KEY-----\n");
            if (passphrase != null) {
                byte[] salt = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
                content = encrypted(content, passphrase, salt);
                pem.append("Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,")
                        .append(HexFormat.of().formatHex(salt).toUpperCase(Locale.ROOT))
                        .append("\n\n");
            }
            pem.append(Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content));
            return Files.writeString(file, pem + "\n-----END " + kind + " PRIVATE KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] der(KeyPair pair) throws IOException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
        if (pair.getPrivate() instanceof ECPrivateKey key) {
            return new org.bouncycastle.asn1.sec.ECPrivateKey(
                            key.getParams().getOrder().bitLength(),
                            key.getS(),
                            new DERBitString(SubjectPublicKeyInfo.getInstance(
                                            pair.getPublic().getEncoded())
                                    .getPublicKeyData()
                                    .getBytes()),
                            info.getPrivateKeyAlgorithm().getParameters())
                    .getEncoded();
        }
        return info.parsePrivateKey().toASN1Primitive().getEncoded();
    }

    /** The key is one round of MD5, as OpenSSL did. */
    private static byte[] encrypted(byte[] content, String passphrase, byte[] salt) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        digest.update(passphrase.getBytes(StandardCharsets.UTF_8));
        digest.update(Arrays.copyOf(salt, 8));
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(digest.digest(), "AES"), new IvParameterSpec(salt));
        return cipher.doFinal(content);
    }
}
