package io.tidemark.deploy.kit;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small photographs of nothing: the same seed gives the same picture, another seed another one. */
public final class Pictures {
    private static final int WIDTH = 240;
    private static final int HEIGHT = 160;

    private Pictures() {}

    /** Writes {@code report_<n>.jpeg} for n from {@code first} to {@code last}; gives the bytes written. */
    public static long write(Path folder, int first, int last) {
        long bytes = 0;
        for (int n = first; n <= last; n++) {
            bytes += write(folder.resolve("report_" + n + ".jpeg"), n);
        }
        return bytes;
    }

    public static long write(Path file, long seed) {
        System.setProperty("java.awt.headless", "true");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            ImageIO.setUseCache(false);
            ImageIO.write(picture(seed), "jpeg", file.toFile());
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": picture cannot be written", e);
        }
    }

    private static BufferedImage picture(long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setPaint(new GradientPaint(0, 0, colour(random), WIDTH, HEIGHT, colour(random)));
        canvas.fillRect(0, 0, WIDTH, HEIGHT);
        for (int i = 0; i < 40; i++) {
            canvas.setColor(colour(random));
            canvas.fillOval(
                    random.nextInt(WIDTH), random.nextInt(HEIGHT), 4 + random.nextInt(40), 4 + random.nextInt(40));
        }
        canvas.dispose();
        return image;
    }

    private static Color colour(Random random) {
        return new Color(random.nextInt(0x1000000));
    }
}
