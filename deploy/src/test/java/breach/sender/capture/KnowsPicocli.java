package breach.sender.capture;

import picocli.CommandLine;

record KnowsPicocli(CommandLine commandLine) {}
