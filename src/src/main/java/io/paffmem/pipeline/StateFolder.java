package io.paffmem.pipeline;

import io.paffmem.access.OwnerOnly;
import io.paffmem.start.StartException;
import io.paffmem.topology.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;

/** Where a stream keeps memories on disk: for its owner alone. */
public final class StateFolder {
  private StateFolder() {}

  /**
   * Takes every right from others. To be called when the stream has been made, and before it is
   * started: when it is made, Kafka Streams lets the owner's group in.
   *
   * @throws StartException if the folder is somebody else's
   */
  public static void close(Path state) {
    try {
      OwnerOnly.ownFolder(state);
      OwnerOnly.ownFolder(state.resolve(StreamSettings.APPLICATION));
    } catch (IOException e) {
      throw new StartException(
          "memories would lie in "
              + state
              + ", and others on this machine could read them: its mode cannot be set to 0700 ("
              + e
              + "); name a folder of your own",
          e);
    }
  }
}
