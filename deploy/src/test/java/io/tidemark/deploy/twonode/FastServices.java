package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.alarm.AlarmDesk;
import io.tidemark.crash.CrashPoints;
import io.tidemark.deploy.kit.Node;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.route.ReceiverNode;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.sender.cli.SenderWork;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.transfer.Pulse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Both nodes' services as {@code run} starts them, but in this process and by a clock of the test's. */
final class FastServices implements AutoCloseable {
    private static final Pulse PULSE = new Pulse(Duration.ofMillis(10));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AlarmDesk sendersAlarms;
    private final AlarmDesk receiversAlarms;
    private final Told sending;
    private final Told receiving;
    private final SenderWork sender;
    private final ReceiverNode receiver;
    private final List<CompletableFuture<Void>> services;

    FastServices(Node sending, Node receiving, Clock clock) {
        SenderSettings from = SenderSettings.read(sending.file(), Map.of());
        ReceiverSettings to = ReceiverSettings.read(receiving.file(), Map.of());
        this.sendersAlarms = AlarmDesk.open(from.watch().alarms(), "sender", from.workFolder(), clock);
        this.receiversAlarms = AlarmDesk.open(to.watch().alarms(), "receiver", to.workFolder(), clock);
        this.sending = new Told(sendersAlarms);
        this.receiving = new Told(receiversAlarms);
        this.sender = SenderWork.open(from, clock, Progress.none(), CrashPoints.none(), this.sending);
        this.receiver = new ReceiverNode(to, clock, Progress.none(), CrashPoints.none(), this.receiving);
        this.services = List.of(
                start("sender", () -> {
                    this.sender.serve(PULSE);
                    return true;
                }),
                start("receiver", () -> {
                    this.receiver.run(PULSE);
                    return true;
                }));
    }

    private static CompletableFuture<Void> start(String name, Callable<Boolean> service) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        service.call();
                        end.complete(null);
                    } catch (Exception failure) {
                        end.completeExceptionally(failure);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    /** What the sender's routes told. */
    Told sending() {
        return sending;
    }

    /** What the receiver's routes told. */
    Told receiving() {
        return receiving;
    }

    /** As the sender's state has them, in the order of their numbers. */
    List<SentBundle> bundles() {
        return sender.state().bundles();
    }

    boolean completeIsRequested() {
        return sender.state().chain().openRequest().isPresent();
    }

    void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    assertThat(services).as("services that ended").noneMatch(CompletableFuture::isDone);
                    assertThat(sending.troubles()).as("the sender's troubles").isEmpty();
                    assertThat(receiving.troubles())
                            .as("the receiver's troubles")
                            .isEmpty();
                    return condition.getAsBoolean();
                });
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
        sendersAlarms.close();
        receiversAlarms.close();
        try {
            CompletableFuture.allOf(services.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException stopped) {
            assertThat(stopped.getCause()).as("how a service ended").isInstanceOf(InterruptedException.class);
        }
    }
}
