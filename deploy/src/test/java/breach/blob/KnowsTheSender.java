package breach.blob;

import breach.sender.capture.KnowsCamel;

record KnowsTheSender(KnowsCamel sender) {}
