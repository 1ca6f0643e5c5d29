package breach.blob;

import java.sql.Connection;

record KnowsJdbc(Connection connection) {}
