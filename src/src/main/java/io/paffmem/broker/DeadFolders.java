package io.paffmem.broker;

import io.paffmem.access.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Temporary folders of brokers that were killed: nobody else removes the faces in them. */
final class DeadFolders {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  /** A broker that is just being started may not have locked its folder yet. */
  private static final Duration YOUNG = Duration.ofMinutes(1);

  private DeadFolders() {}

  /**
   * Removes the folders beside one's own that belong to the same user and that no process holds.
   *
   * @param own a folder that the caller has just made
   * @param prefix with which their names begin
   */
  static void sweep(Path own, String prefix) {
    Path parent = own.getParent();
    if (parent == null) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, prefix + "*")) {
      for (Path folder : all) {
        try {
          if (!folder.equals(own) && isDead(folder, own)) {
            BrokerFolder.delete(folder);
            log.warn("removed {}, which a run that was killed had left behind", folder);
          }
        } catch (IOException | EmbeddedBrokerException e) {
          log.debug("{} is left alone", folder, e);
        }
      }
    } catch (IOException e) {
      log.warn("cannot look for what killed runs left in {} ({})", parent, e.toString());
    }
  }

  private static boolean isDead(Path folder, Path own) throws IOException {
    Path lock = folder.resolve(BrokerFolder.LOCK);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || !OwnerOnly.haveOneOwner(folder, own)
        || !Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)
        || isYoung(lock)) {
      return false;
    }
    try (FileChannel free = BrokerFolder.lock(folder)) {
      return free.isOpen();
    }
  }

  private static boolean isYoung(Path lock) throws IOException {
    long ageMillis = System.currentTimeMillis() - Files.getLastModifiedTime(lock).toMillis();
    return ageMillis < YOUNG.toMillis();
  }
}
