package breach.blob;

import java.util.logging.Logger;

record LogsPastSlf4j(Logger logger) {}
