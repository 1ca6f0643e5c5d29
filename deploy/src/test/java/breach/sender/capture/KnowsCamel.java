package breach.sender.capture;

import org.apache.camel.CamelContext;

public record KnowsCamel(CamelContext context) {}
