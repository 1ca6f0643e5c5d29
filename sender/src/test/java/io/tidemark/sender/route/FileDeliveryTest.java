package io.tidemark.sender.route;

import io.tidemark.sender.route.link.Remote;
import io.tidemark.transfer.RemoteLocation;
import java.nio.file.Path;
import java.util.Optional;

class FileDeliveryTest extends DeliveryContract {
    @Override
    Remote remote(Path remoteRoot) {
        RemoteLocation at = RemoteLocation.parse("file:" + remoteRoot + "/inbox");
        return Remote.file(at, Optional.of(at.withPath(remoteRoot + "/receipts")));
    }
}
