package io.tidemark.sender.route;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.route.link.LinkFailures;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.transfer.RemoteLocation;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteConfigurationBuilder;

/** The one place where the routes' failures end: told once per incident, and answered instead of a result. */
final class FailureRoutes extends RouteConfigurationBuilder {
    private final Remote remote;
    private final LinkFailures failures;
    private final Incidents incidents;

    FailureRoutes(Remote remote, Incidents incidents) {
        this.remote = remote;
        this.failures = new LinkFailures(remote);
        this.incidents = incidents;
    }

    @Override
    public void configuration() {
        routeConfiguration().onException(Throwable.class).handled(true).process(this::tell);
    }

    private void tell(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String route = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class);
        TidemarkException failure = RouteIds.COMPLETE.equals(route) || RouteIds.PARTIAL.equals(route)
                ? capture(route, cause)
                : failures.classify(cause, folder(route));
        incidents.failed(route, failure);
        exchange.getMessage().setBody(failure);
    }

    private RemoteLocation folder(String route) {
        return RouteIds.RECEIPTS.equals(route) ? remote.receipts().orElse(remote.inbox()) : remote.inbox();
    }

    private static TidemarkException capture(String route, Throwable cause) {
        return cause instanceof TidemarkException known
                ? known
                : new TidemarkException(
                        FailureCode.FAILED,
                        route + " failed: " + cause,
                        "this is a defect; the log has more of it",
                        cause);
    }
}
