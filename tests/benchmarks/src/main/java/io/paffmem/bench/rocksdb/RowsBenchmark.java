package io.paffmem.bench.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * One partition's store of 4,000 people with 200 neurons each, 270 MB, four times its memory, as
 * the settings lay it out, after neurons of random people moved: reading one person at random.
 * Kafka Streams' own settings are the first value of each parameter.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class RowsBenchmark {
  private static final int PEOPLE = 4_000;
  private static final int NEURONS = 200;
  private static final int ROW_BYTES = 320;
  private static final int MOVED = 60;
  private static final int KEY_BYTES = 16 + 1 + 4;

  static {
    RocksDB.loadLibrary();
  }

  @Param({"4", "16"})
  private int blockKilobytes;

  @Param({"UNIVERSAL", "LEVEL"})
  private CompactionStyle compaction;

  @Param({"16", "4"})
  private int bufferMegabytes;

  @Param("64")
  private int memoryMegabytes;

  /** Whether indexes and filters are part of that memory; else they come on top, all of them. */
  @Param("true")
  private boolean indexesWithin;

  private final SplittableRandom random = new SplittableRandom(1);
  private Path folder;
  private LRUCache cache;
  private WriteBufferManager buffers;
  private BloomFilter filter;
  private Options options;
  private WriteOptions writing;
  private RocksDB store;

  /** Writes everyone, then the neurons that moved of as many people. */
  @Setup
  public void fill() throws IOException, RocksDBException {
    folder = Files.createTempDirectory("paffmem-rows-");
    cache = new LRUCache((long) memoryMegabytes << 20);
    buffers = new WriteBufferManager((long) memoryMegabytes << 19, cache);
    filter = new BloomFilter();
    options =
        new Options()
            .setCreateIfMissing(true)
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setCompactionStyle(compaction)
            .setWriteBufferSize((long) bufferMegabytes << 20)
            .setMaxWriteBufferNumber(2)
            .setWriteBufferManager(buffers)
            .setTableFormatConfig(
                new BlockBasedTableConfig()
                    .setBlockSize((long) blockKilobytes << 10)
                    .setBlockCache(cache)
                    .setCacheIndexAndFilterBlocks(indexesWithin)
                    .setPinTopLevelIndexAndFilter(indexesWithin)
                    .setFilterPolicy(filter));
    writing = new WriteOptions().setDisableWAL(true);
    store = RocksDB.open(options, folder.toString());
    for (int person = 0; person < PEOPLE; person++) {
      write(person, 0, NEURONS);
    }
    for (int i = 0; i < PEOPLE; i++) {
      checkpoint();
    }
    try (FlushOptions flush = new FlushOptions()) {
      store.flush(flush);
    }
    try (Stream<Path> files = Files.list(folder)) {
      long bytes = files.mapToLong(file -> file.toFile().length()).sum();
      System.out.printf("# %d MB on disk%n", bytes >> 20);
    }
  }

  /** All rows of one person: a cold load without decoding. */
  @Benchmark
  public void scan(Blackhole into) {
    byte[] first = key(random.nextInt(PEOPLE), 0);
    try (RocksIterator rows = store.newIterator()) {
      int count = 0;
      for (rows.seek(first); rows.isValid() && count < NEURONS; rows.next()) {
        into.consume(rows.key());
        into.consume(rows.value());
        count++;
      }
    }
  }

  /** Neurons of one person that moved. */
  private void checkpoint() throws RocksDBException {
    write(random.nextInt(PEOPLE), random.nextInt(NEURONS - MOVED), MOVED);
  }

  private void write(int person, int from, int neurons) throws RocksDBException {
    byte[] row = new byte[ROW_BYTES];
    try (WriteBatch batch = new WriteBatch()) {
      for (int neuron = from; neuron < from + neurons; neuron++) {
        random.nextBytes(row);
        batch.put(key(person, neuron), row);
      }
      store.write(writing, batch);
    }
  }

  /** As hashes lie: nobody beside who came before. */
  private static byte[] key(int person, int neuron) {
    SplittableRandom hash = new SplittableRandom(person);
    return ByteBuffer.allocate(KEY_BYTES)
        .putLong(hash.nextLong())
        .putLong(hash.nextLong())
        .put((byte) 2)
        .putInt(neuron)
        .array();
  }

  /** Removes it. */
  @TearDown
  public void remove() throws IOException {
    store.close();
    options.close();
    writing.close();
    filter.close();
    buffers.close();
    cache.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
