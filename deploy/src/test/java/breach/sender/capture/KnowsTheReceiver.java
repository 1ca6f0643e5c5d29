package breach.sender.capture;

import breach.receiver.load.Prints;

record KnowsTheReceiver(Prints receiver) {}
