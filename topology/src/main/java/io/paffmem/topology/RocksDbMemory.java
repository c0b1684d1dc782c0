package io.paffmem.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One budget of native memory for the stores of all tasks of a process: blocks that were read,
 * indexes, filters and what is yet to be written. Close it after the streams that use it.
 */
final class RocksDbMemory implements AutoCloseable {
  /** Under this key the streams' configuration carries the budget to each store. */
  static final String CONFIG_KEY = "paffmem.rocksdb.memory";

  static {
    RocksDbLibrary.load();
  }

  /** Two of them for each of four partitions are half of the usual budget. */
  private static final int WRITE_BUFFER_BYTES = 4 * 1024 * 1024;

  /** A person's rows are read in one go, so larger blocks cost nothing and have a smaller index. */
  private static final int BLOCK_BYTES = 16 * 1024;

  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  RocksDbMemory(long bytes) {
    cache = new LRUCache(bytes);
    writeBuffers = new WriteBufferManager(bytes / 2, cache);
  }

  private void applyTo(Options options) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(cache);
    table.setBlockSize(BLOCK_BYTES);
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(writeBuffers);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(2);
  }

  /** Bytes of the budget that stores hold now: buffers in use, and blocks that are being read. */
  long pinnedBytes() {
    return cache.getPinnedUsage();
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }

  /** Hands a store the budget that its configuration carries. */
  public static final class Setter implements RocksDBConfigSetter {
    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
      if (configs.get(CONFIG_KEY) instanceof RocksDbMemory memory) {
        memory.applyTo(options);
      }
    }

    @Override
    public void close(String storeName, Options options) {
      // The budget outlives the store; its maker closes it.
    }
  }
}
