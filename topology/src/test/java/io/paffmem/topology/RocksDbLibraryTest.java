package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;

class RocksDbLibraryTest {
  @TempDir Path folder;

  @Test
  void load_killedTwice_leavesOneLibraryInTheCacheAndNoneInTheTemporaryFolder() throws Exception {
    Path cache = folder.resolve("cache");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));

    for (int run = 0; run < 2; run++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Dpaffmem.cache=" + cache,
                  "-Djava.io.tmpdir=" + temporary,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Killed.class.getName())
              .inheritIO()
              .start();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Killed.STATUS);
    }

    assertThat(temporary).isEmptyDirectory();
    assertThat(files(cache)).hasSize(1).allMatch(file -> file.toString().contains("librocksdb"));
  }

  @Test
  void unpacked_libraryThere_isLeftAlone_andACutOneIsReplaced() throws IOException {
    Path library = files(RocksDbLibrary.unpacked(folder).orElseThrow()).get(0);
    long size = Files.size(library);
    FileTime before = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(library, before);

    assertThat(RocksDbLibrary.unpacked(folder)).contains(library.getParent());
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(before);

    Files.write(library, new byte[100]);
    assertThat(RocksDbLibrary.unpacked(folder)).isPresent();
    assertThat(library).hasSize(size);
    assertThat(files(folder)).hasSize(1);
  }

  @Test
  void unpacked_cacheThatIsAFile_isDoneWithout() throws IOException {
    File file = Files.writeString(folder.resolve("file"), "").toFile();

    assertThat(RocksDbLibrary.unpacked(file.toPath())).isEmpty();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Uses RocksDB and ends as a process that is killed does: without its last words. */
  static final class Killed {
    static final int STATUS = 77;

    private Killed() {}

    public static void main(String[] args) {
      try (RocksDbMemory memory = new RocksDbMemory(8 * 1024 * 1024)) {
        if (memory.pinnedBytes() >= 0 && RocksDB.rocksdbVersion() != null) {
          Runtime.getRuntime().halt(STATUS);
        }
      }
    }
  }
}
