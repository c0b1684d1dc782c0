package io.paffmem.topology;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RocksDB's native library. RocksDB unpacks its 15 MB into the temporary folder at each start, and
 * leaves them there if the process is killed. Where there is a cache folder, they are unpacked into
 * it, once for each release.
 */
final class RocksDbLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(RocksDbLibrary.class);

  /** The launcher names the folder for what is unpacked once. */
  private static final String CACHE = "paffmem.cache";

  /** RocksDB looks for this name in a folder, and packs the library under another. */
  private static final String AS_LOADED = "rocksdbjni";

  private RocksDbLibrary() {}

  /** Loads it, if it is not loaded yet. */
  static void load() {
    Optional<Path> folder =
        Optional.ofNullable(System.getProperty(CACHE)).flatMap(cache -> unpacked(Path.of(cache)));
    if (folder.isPresent()) {
      try {
        RocksDB.loadLibrary(List.of(folder.get().toString()));
        return;
      } catch (UnsatisfiedLinkError e) {
        LOG.warn("RocksDB's library cannot be used from {}: {}", folder.get(), e.toString());
      }
    }
    RocksDB.loadLibrary();
  }

  /**
   * The folder with the library, unpacked if it is not there whole; empty if the library of this
   * machine is not in the jar under its first name, or the cache cannot be written.
   */
  static Optional<Path> unpacked(Path cache) {
    URL packed =
        RocksDB.class.getClassLoader().getResource(Environment.getJniLibraryFileName("rocksdb"));
    try {
      if (packed == null || !(packed.openConnection() instanceof JarURLConnection connection)) {
        return Optional.empty();
      }
      JarEntry entry = connection.getJarEntry();
      // The sum tells releases apart: RocksDB names its own only when it is loaded.
      Path folder =
          Files.createDirectories(
              cache.resolve("rocksdb").resolve(Long.toHexString(entry.getCrc())));
      Path library = folder.resolve(Environment.getJniLibraryFileName(AS_LOADED));
      if (!Files.isRegularFile(library) || Files.size(library) != entry.getSize()) {
        unpack(connection, library);
      }
      return Optional.of(folder.toAbsolutePath());
    } catch (IOException e) {
      LOG.warn("RocksDB's library cannot be kept in {}: {}", cache, e.toString());
      return Optional.empty();
    }
  }

  /** Another process may do the same: the last one wins, with the same bytes. */
  private static void unpack(JarURLConnection packed, Path library) throws IOException {
    Path partial = Files.createTempFile(library.getParent(), "partial-", null);
    try (InputStream bytes = packed.getInputStream()) {
      Files.copy(bytes, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
