package io.paffmem.bench.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.StreamSettings;
import io.paffmem.topology.TopologyConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

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
   * @param loadMeanMicros of the loads of the last half minute or more, mean over the partitions
   * @param loadP99Micros the same, the partition that is worst
   * @param residentBytes of the process
   * @param heapBytes in use, garbage among them
   * @param cpuSeconds of the process since its start
   */
  record Report(
      int activeTasks,
      int copies,
      long loads,
      double loadMeanMicros,
      double loadP99Micros,
      long residentBytes,
      long heapBytes,
      double cpuSeconds) {}

  private Instance() {}

  static TopologyConfig config(int partitions, long cacheBytes) {
    return TopologyConfig.standard(MODEL, partitions).withCacheBytes(cacheBytes);
  }

  /**
   * Runs until standard input ends.
   *
   * @param args bootstrap servers, folder, partitions, bytes of cache, standbys, commit interval
   */
  public static void main(String[] args) throws IOException {
    ObjectMapper json = new ObjectMapper();
    StreamSettings settings =
        StreamSettings.standard(args[0], Path.of(args[1])).toBuilder()
            .standbys(Integer.parseInt(args[4]))
            .commitMillis(Integer.parseInt(args[5]))
            .build();
    try (AvroSerdes serdes = AvroSerdes.inMemory();
        AffectiveStream stream =
            new AffectiveStream(
                config(Integer.parseInt(args[2]), Long.parseLong(args[3])), settings, serdes);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      stream.start();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals(COLLECTED_REPORT)) {
          System.gc();
        }
        if (line.equals(REPORT) || line.equals(COLLECTED_REPORT)) {
          System.out.println(json.writeValueAsString(report(stream)));
        }
      }
    }
  }

  private static Report report(AffectiveStream stream) throws IOException {
    double mean = 0;
    double worst = 0;
    int partitions = 0;
    for (Map.Entry<MetricName, ? extends Metric> metric : stream.metrics().entrySet()) {
      Object value = metric.getValue().metricValue();
      if (value instanceof Double micros && !micros.isNaN()) {
        if (metric.getKey().name().equals("load-micros-avg")) {
          mean += micros;
          partitions++;
        } else if (metric.getKey().name().equals("load-micros-p99")) {
          worst = Math.max(worst, micros);
        }
      }
    }
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double cpuSeconds = system.getProcessCpuTime() / 1e9;
    return new Report(
        stream.activeTasks(),
        (int) stream.storeLags().values().stream().filter(lag -> lag <= 1).count(),
        stream.counts().getOrDefault("cache-loads", 0L),
        partitions == 0 ? 0 : mean / partitions,
        worst,
        residentBytes(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        cpuSeconds);
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
}
