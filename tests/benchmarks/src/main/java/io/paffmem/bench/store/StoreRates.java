package io.paffmem.bench.store;

import io.paffmem.bench.MadeMemory;
import io.paffmem.bench.store.FaceLoad.Times;
import io.paffmem.bench.store.Instance.Report;
import io.paffmem.memory.MemoryState;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.topology.store.MemoryReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Measures the stream's store on a broker in this process, the stream in others: what a frame
 * writes, what more people cost, what the commit interval costs, and how long it takes until
 * another instance has taken over.
 */
public final class StoreRates {
  private static final int NEURONS = 200;
  private static final int TEMPLATES = 8;
  private static final int HOT_PEOPLE = 100;
  private static final int HOT_FRAMES = 20_000;

  /** Longer than what the instance's percentiles look back on. */
  private static final int COLD_FRAMES = 300 * 65;

  private static final int COMMIT_MILLIS = 25;

  /** So little that people beyond a few hundred are read from the store, however few there are. */
  private static final long SMALL_CACHE = 16L << 20;

  private static final long USUAL_CACHE = 192L << 20;

  /**
   * What a frame writes to the changelog: 4 people, 25 frames a second each.
   *
   * @param meanDegree edges of a neuron at the end, over the people
   * @param p90Degree the same, 90th percentile
   * @param maxDegree the same, most
   * @param rows a frame, tombstones included
   * @param rowBytes keys and values of a frame
   * @param topicBytes what the topic grew by, a frame: rows, batches and marks of transactions
   */
  public record Changelog(
      int neurons,
      double meanDegree,
      int p90Degree,
      int maxDegree,
      double rows,
      double rowBytes,
      double topicBytes) {}

  /**
   * What people cost who have memories of 200 neurons.
   *
   * @param storeBytes of all rows
   * @param restoreSeconds from the start of a process with an empty folder until it works
   * @param hotCpuMicros processor time of the instance a frame: 100 people, 1,000 frames a second
   * @param coldCpuMicros the same: anybody, 300 frames a second, with hardly a memory in the cache
   * @param loadMeanMicros to read and decode a person then
   * @param loadP99Micros the same
   * @param loadProcessorP99Micros the same, of what the threads worked for it
   * @param residentBytes of the instance after frames of anybody, with the usual cache
   * @param liveHeapBytes the same, of its heap of 512 MB
   */
  public record People(
      int people,
      long storeBytes,
      double restoreSeconds,
      double hotCpuMicros,
      double coldCpuMicros,
      double loadMeanMicros,
      double loadP99Micros,
      double loadProcessorP99Micros,
      long residentBytes,
      long liveHeapBytes) {}

  /**
   * How long until frames are answered again, in every partition, after an instance has gone.
   *
   * @param standby whether another instance had a copy of the store
   * @param killed or stopped
   */
  public record Takeover(int people, boolean standby, boolean killed, double seconds) {}

  /**
   * What a commit interval costs and brings: 100 people.
   *
   * @param medianMillis at 100 frames a second, from publication to the event, read_committed
   * @param p99Millis the same
   * @param framesPerSecond as fast as it goes
   */
  public record Commits(
      int commitMillis, double medianMillis, double p99Millis, double framesPerSecond) {}

  /** All figures of a run. */
  public record Rates(
      List<Changelog> changelog,
      List<Commits> commits,
      List<People> people,
      List<Takeover> takeovers) {}

  private final Consumer<String> progress;
  private final Random random = new Random(1);

  /** Measures nothing yet; says what it does as it goes. */
  public StoreRates(Consumer<String> progress) {
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param neurons sizes of memories for the changelog
   * @param commitIntervals milliseconds
   * @param people how many, for each of the last two figures
   */
  public Rates measure(List<Integer> neurons, List<Integer> commitIntervals, List<Integer> people)
      throws IOException, InterruptedException {
    List<Changelog> changelog = new ArrayList<>();
    for (int size : neurons) {
      changelog.add(changelog(size));
    }
    List<MadeMemory> templates =
        people.isEmpty() && commitIntervals.isEmpty() ? List.of() : made(TEMPLATES, NEURONS);
    List<Commits> commits =
        commitIntervals.isEmpty() ? List.of() : commits(templates, commitIntervals);
    List<People> costs = new ArrayList<>();
    List<Takeover> takeovers = new ArrayList<>();
    for (int many : people) {
      try (StoreCluster cluster = new StoreCluster()) {
        costs.add(people(cluster, templates, many));
        takeovers.addAll(takeovers(cluster, templates, many));
      }
    }
    return new Rates(changelog, commits, costs, takeovers);
  }

  private List<MadeMemory> made(int many, int neurons) {
    progress.accept("growing %d memories of %d neurons".formatted(many, neurons));
    List<MadeMemory> memories = new ArrayList<>();
    for (int seed = 1; seed <= many; seed++) {
      memories.add(new MadeMemory(neurons, seed));
    }
    return memories;
  }

  private Changelog changelog(int neurons) throws IOException, InterruptedException {
    int people = 4;
    int frames = 100 * 40;
    List<MadeMemory> memories = made(people, neurons);
    try (StoreCluster cluster = new StoreCluster()) {
      cluster.load(people, memories);
      try (InstanceProcess instance = cluster.start(USUAL_CACHE, 0, COMMIT_MILLIS);
          FaceLoad feed = cluster.feed(memories)) {
        cluster.awaitActive(instance);
        progress.accept("changelog at %d neurons".formatted(neurons));
        feed.run(2_000, 0, frame -> frame % people);
        StoreCluster.Extent before = cluster.extent();
        feed.run(frames, 100, frame -> frame % people);
        StoreCluster.Extent after = cluster.extent();
        StoreCluster.RowTotals rows = cluster.rowsBetween(before, after);
        int[] degrees = degrees(cluster, people);
        return new Changelog(
            neurons,
            Arrays.stream(degrees).average().orElse(0),
            degrees[degrees.length * 9 / 10],
            degrees[degrees.length - 1],
            rows.rows() / (double) frames,
            rows.bytes() / (double) frames,
            (after.bytes() - before.bytes()) / (double) frames);
      }
    }
  }

  /** Edges of each neuron of each person, ascending. */
  private static int[] degrees(StoreCluster cluster, int people) {
    List<Integer> degrees = new ArrayList<>();
    try (var consumer = cluster.cluster().observer()) {
      MemoryReader reader = new MemoryReader(consumer);
      for (int person = 0; person < people; person++) {
        MemoryState memory =
            reader.person(PersonHasher.plain(), FaceLoad.name(person)).orElseThrow().memory();
        for (int slot = 0; memory != null && slot < memory.size(); slot++) {
          degrees.add(memory.degree(slot));
        }
      }
    }
    return degrees.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private List<Commits> commits(List<MadeMemory> templates, List<Integer> intervals)
      throws IOException, InterruptedException {
    List<Commits> commits = new ArrayList<>();
    try (StoreCluster cluster = new StoreCluster()) {
      cluster.load(HOT_PEOPLE, templates);
      for (int interval : intervals) {
        try (InstanceProcess instance = cluster.start(USUAL_CACHE, 0, interval);
            FaceLoad feed = cluster.feed(templates)) {
          cluster.awaitActive(instance);
          progress.accept("a commit every %d ms".formatted(interval));
          feed.run(30_000, 0, frame -> frame % HOT_PEOPLE);
          Times paced = feed.run(1_500, 100, frame -> frame % HOT_PEOPLE);
          Times fast = feed.run(40_000, 0, frame -> frame % HOT_PEOPLE);
          commits.add(
              new Commits(
                  interval, paced.medianMillis(), paced.p99Millis(), 40_000 / fast.seconds()));
        }
      }
    }
    return commits;
  }

  private People people(StoreCluster cluster, List<MadeMemory> templates, int people)
      throws IOException, InterruptedException {
    progress.accept("loading %,d people".formatted(people));
    long bytes = cluster.load(people, templates);
    long begun = System.nanoTime();
    double restoreSeconds;
    Report[] hot;
    Report[] cold;
    try (InstanceProcess instance = cluster.start(SMALL_CACHE, 0, COMMIT_MILLIS);
        FaceLoad feed = cluster.feed(templates)) {
      cluster.awaitActive(instance);
      restoreSeconds = (System.nanoTime() - begun) / 1e9;
      progress.accept("%,d people: restored in %.1f s".formatted(people, restoreSeconds));
      feed.run(30_000, 0, frame -> frame % HOT_PEOPLE);
      hot = around(instance, () -> feed.run(HOT_FRAMES, 1_000, frame -> frame % HOT_PEOPLE));
      feed.run(10_000, 0, frame -> random.nextInt(people));
      cold = around(instance, () -> feed.run(COLD_FRAMES, 300, frame -> random.nextInt(people)));
    }
    Report usual;
    try (InstanceProcess instance = cluster.start(USUAL_CACHE, 0, COMMIT_MILLIS);
        FaceLoad feed = cluster.feed(templates)) {
      cluster.awaitActive(instance);
      progress.accept("%,d people: with the usual cache".formatted(people));
      feed.run(20_000, 0, frame -> random.nextInt(people));
      usual = instance.collected();
    }
    return new People(
        people,
        bytes,
        restoreSeconds,
        (hot[1].cpuSeconds() - hot[0].cpuSeconds()) * 1e6 / HOT_FRAMES,
        (cold[1].cpuSeconds() - cold[0].cpuSeconds()) * 1e6 / COLD_FRAMES,
        (cold[1].loadMicros() - cold[0].loadMicros())
            / Math.max(1, cold[1].loads() - cold[0].loads()),
        cold[1].loadP99Micros(),
        cold[1].loadProcessorP99Micros(),
        usual.residentBytes(),
        usual.heapBytes());
  }

  /** What an instance says before some frames and after them. */
  private static Report[] around(InstanceProcess instance, Supplier<Times> frames)
      throws IOException {
    Report before = instance.report();
    var unused = frames.get();
    return new Report[] {before, instance.report()};
  }

  /** With a copy, stopped and killed; and killed without one. */
  private List<Takeover> takeovers(StoreCluster cluster, List<MadeMemory> templates, int people)
      throws IOException, InterruptedException {
    List<Takeover> takeovers = new ArrayList<>();
    InstanceProcess first = cluster.start(USUAL_CACHE, 1, COMMIT_MILLIS);
    InstanceProcess second = null;
    try (FaceLoad feed = cluster.feed(templates)) {
      cluster.awaitActive(first);
      for (boolean killed : new boolean[] {false, true}) {
        second = cluster.startBeside(USUAL_CACHE, 1, COMMIT_MILLIS);
        progress.accept("%,d people: waiting for the copies".formatted(people));
        InstanceProcess copying = second;
        copying.await(report -> report.copies() == StoreCluster.PARTITIONS);
        progress.accept("%,d people: an instance goes".formatted(people));
        takeovers.add(new Takeover(people, true, killed, gone(first, killed, feed)));
        first = second;
        second = null;
      }
      progress.accept("%,d people: the only instance goes".formatted(people));
      long begun = System.nanoTime();
      first.kill();
      first = cluster.startBeside(USUAL_CACHE, 0, COMMIT_MILLIS);
      feed.run(HOT_PEOPLE, 0, frame -> frame);
      takeovers.add(new Takeover(people, false, true, (System.nanoTime() - begun) / 1e9));
    } finally {
      first.close();
      if (second != null) {
        second.close();
      }
    }
    return takeovers;
  }

  /** Seconds from the end of an instance until frames of all partitions are answered. */
  private static double gone(InstanceProcess instance, boolean killed, FaceLoad feed) {
    long begun = System.nanoTime();
    if (killed) {
      instance.kill();
    } else {
      instance.close();
    }
    feed.run(HOT_PEOPLE, 0, frame -> frame);
    return (System.nanoTime() - begun) / 1e9;
  }
}
