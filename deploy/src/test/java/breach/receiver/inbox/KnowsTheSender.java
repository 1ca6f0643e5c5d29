package breach.receiver.inbox;

import breach.sender.capture.KnowsCamel;

record KnowsTheSender(KnowsCamel sender) {}
