package io.paffmem.bench.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.cluster.KafkaSettings;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.StreamSettings;
import io.paffmem.topology.config.TopologyConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One instance of the stream in a process of its own; a line in is answered by a line out. */
final class Instance {
  /** What {@link InstanceProcess} asks for a {@link Report}. */
  static final String REPORT = "report";

  /** The same after a collection of garbage. */
  static final String COLLECTED_REPORT = "collect";

  static final String MODEL = "bench";

  /**
   * What an instance says of itself.
   *
   * @param activeTasks that run here now
   * @param copies of partitions' stores that are up to date, active ones among them
   * @param loads persons whose rows were read, since the start
   * @param loadMicros what they took together
   * @param loadP99Micros of the loads of the last minute
   * @param loadProcessorP99Micros the same, of what their threads worked for them
   * @param residentBytes of the process
   * @param heapBytes in use, garbage among them
   * @param cpuSeconds of the process since its start
   */
  record Report(
      int activeTasks,
      int copies,
      long loads,
      double loadMicros,
      double loadP99Micros,
      double loadProcessorP99Micros,
      long residentBytes,
      long heapBytes,
      double cpuSeconds) {}

  private static final String LOADS = "paffmem.topology.load";
  private static final String LOADS_PROCESSOR = LOADS + ".processor";

  private Instance() {}

  static TopologyConfig config(int partitions, long cacheBytes) {
    return TopologyConfig.standard(MODEL, partitions).toBuilder().cacheBytes(cacheBytes).build();
  }

  /**
   * Runs until standard input ends.
   *
   * @param args file of client settings, folder, partitions, bytes of cache, standbys, commit
   *     interval
   */
  public static void main(String[] args) throws IOException {
    ObjectMapper json = new ObjectMapper();
    MeterRegistry meters = new SimpleMeterRegistry();
    meters.config().meterFilter(new Percentiles());
    Map<String, String> client = KafkaSettings.read(Path.of(args[0]));
    String servers = requireNonNull(client.remove("bootstrap.servers"));
    StreamSettings settings =
        StreamSettings.standard(servers, Path.of(args[1])).toBuilder()
            .clientProperties(client)
            .standbys(Integer.parseInt(args[4]))
            .commitMillis(Integer.parseInt(args[5]))
            .build();
    try (AvroSerdes serdes = AvroSerdes.inMemory();
        AffectiveStream stream =
            new AffectiveStream(
                config(Integer.parseInt(args[2]), Long.parseLong(args[3])),
                settings,
                serdes,
                meters);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      stream.start();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals(COLLECTED_REPORT)) {
          System.gc();
        }
        if (line.equals(REPORT) || line.equals(COLLECTED_REPORT)) {
          System.out.println(json.writeValueAsString(report(stream, meters)));
        }
      }
    }
  }

  private static Report report(AffectiveStream stream, MeterRegistry meters) throws IOException {
    HistogramSnapshot loads = meters.get(LOADS).timer().takeSnapshot();
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double cpuSeconds = system.getProcessCpuTime() / 1e9;
    return new Report(
        stream.activeTasks(),
        (int) stream.storeLags().values().stream().filter(lag -> lag <= 1).count(),
        stream.counts().getOrDefault("cache-loads", 0L),
        loads.total(TimeUnit.MICROSECONDS),
        p99Micros(loads),
        p99Micros(meters.get(LOADS_PROCESSOR).timer().takeSnapshot()),
        residentBytes(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        cpuSeconds);
  }

  private static double p99Micros(HistogramSnapshot times) {
    return times.percentileValues()[0].value(TimeUnit.MICROSECONDS);
  }

  /** 0 where the system does not tell. */
  private static long residentBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.isReadable(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    }
    return 0;
  }

  /** Adds the p99 of the last minute to the time that loads take. */
  private static final class Percentiles implements MeterFilter {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      return id.getName().startsWith(LOADS)
          ? DistributionStatisticConfig.builder()
              .percentiles(0.99)
              .expiry(WINDOW)
              .build()
              .merge(config)
          : config;
    }
  }
}
