package io.tidemark.sender.route;

import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.TidemarkException;
import io.tidemark.logging.LogScope;
import io.tidemark.sender.route.link.Links;
import java.io.Closeable;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel as the sender uses it: its context, the connections of its endpoints, and the push route. */
final class SenderCamel implements Closeable {
    /** A stop must not wait for a capture; what was not finished is done again. */
    private static final int STOP_SECONDS = 5;

    private final DefaultCamelContext context;
    private final Links links;
    private final Delivery delivery;
    private final ProducerTemplate template;

    SenderCamel(NodeParts parts, Incidents incidents) {
        context = context();
        links = Links.to(parts.remote(), context);
        delivery = new Delivery(
                parts.outbox(),
                links.inboxFolder(),
                parts.state()::volumePushed,
                parts.progress(),
                parts.crashPoints());
        add(new FailureRoutes(parts.remote(), incidents));
        add(SenderRoutes.push(delivery, links.inbox(), incidents, new Pushed(parts.state(), parts.alarms())));
        add(SenderRoutes.sequence(
                new Sequences(links.inboxFolder(), parts.outbox(), parts.source(), parts.state()), incidents));
        links.receiptsFolder().ifPresent(folder -> {
            add(SenderRoutes.receipts(new Receipts(folder, parts.source(), parts.state()), incidents));
        });
        context.start();
        template = context.createProducerTemplate();
    }

    /** Without what Tidemark does not use: management, a scan for converters, copies of streams. */
    static DefaultCamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.getCamelContextExtension().setName("tidemark-sender");
        context.setLoadTypeConverters(false);
        context.setStreamCaching(false);
        context.setUseMDCLogging(true);
        context.getShutdownStrategy().setTimeout(STOP_SECONDS);
        context.getShutdownStrategy().setShutdownNowOnTimeout(true);
        return context;
    }

    Links links() {
        return links;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Sends one volume through the push route. */
    Optional<TidemarkException> push(VolumeName volume) {
        Object answer =
                LogScope.aboutBundle(volume.bundle(), () -> template.requestBody(SenderRoutes.PUSH_VOLUME, volume));
        return answer instanceof TidemarkException failure ? Optional.of(failure) : Optional.empty();
    }

    /**
     * Reads what the receiver says, where it says anything; a failure is told and does not matter otherwise.
     *
     * @param lost whether the state knows nothing, and has to learn its sequence too
     */
    void readReceipts(boolean lost) {
        if (lost) {
            template.sendBody(SenderRoutes.LEARN_SEQUENCE, "");
        }
        if (links.receiptsFolder().isPresent()) {
            template.sendBody(SenderRoutes.READ_RECEIPTS, "");
        }
    }

    void add(RoutesBuilder routes) {
        try {
            context.addRoutes(routes);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }

    @Override
    public void close() {
        links.close();
        context.stop();
    }
}
