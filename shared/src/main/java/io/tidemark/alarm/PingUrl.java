package io.tidemark.alarm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A watchdog's address. All of it but scheme and host may be secret, and is never told.
 *
 * @param key the setting that names it
 */
public record PingUrl(String key, URI uri, Duration timeout) {
    static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int SHORTEST_KEY = 12;

    PingUrl(String key, URI uri) {
        this(key, uri, PATIENCE);
    }

    /** @throws DeliveryException where the answer was no success, or none came in time */
    void ping() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            int status = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status / 100 != 2) {
                throw new DeliveryException(
                        place() + " answers " + status, "correct " + key + ", or mend the watchdog's server");
            }
        } catch (ExecutionException | TimeoutException failure) {
            answer.cancel(true);
            Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
            String why =
                    cause instanceof TimeoutException ? "no answer in " + timeout.toSeconds() + " s" : words(cause);
            throw new DeliveryException(
                    place() + ": " + why, "is the host up, and may this server reach it? else correct " + key, failure);
        }
    }

    /**
     * What a watchdog knows its customer by: all but scheme and host, where it follows the host, and each of its parts that is long enough for a
     * key wherever it stands. Shorter ones may be words, like {@code complete}, which stand in every second line.
     */
    List<String> secrets() {
        String text = uri.toString().substring(uri.getScheme().length() + 3);
        int end = text.indexOf('/');
        if (end < 0 || end + 1 == text.length()) {
            return List.of();
        }
        List<String> secrets = new ArrayList<>(List.of(text.substring(end + 1)));
        secrets.addAll(List.of(text.substring(end + 1).split("[/?&=#]", -1)));
        secrets.removeIf(part -> part.length() < SHORTEST_KEY);
        secrets.add(text);
        return secrets;
    }

    private static String words(@Nullable Throwable cause) {
        String text = cause == null ? "failed" : cause.getMessage();
        return text == null || text.isEmpty() ? String.valueOf(cause) : text;
    }

    private String place() {
        return uri.getScheme() + "://" + uri.getHost();
    }

    @Override
    public String toString() {
        return place() + "/…";
    }
}
