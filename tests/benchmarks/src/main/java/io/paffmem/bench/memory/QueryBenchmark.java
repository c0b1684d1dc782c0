package io.paffmem.bench.memory;

import io.paffmem.bench.MadeMemory;
import io.paffmem.topology.task.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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

/**
 * What questions cost the frames of a task: faces are learnt while so many threads ask for the
 * whole memory without a pause.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class QueryBenchmark {
  @Param("512")
  private int neurons;

  @Param({"0", "1", "8"})
  private int asking;

  private final Turns turns = new Turns();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ended;
  private MadeMemory memory;
  private int frame;

  /** Grows the memory, then begins to ask. */
  @Setup(Level.Trial)
  public void begin(Blackhole blackhole) {
    memory = new MadeMemory(neurons, 1);
    memory.settle();
    for (int i = 0; i < asking; i++) {
      Thread thread =
          new Thread(
              () -> {
                while (!ended) {
                  blackhole.consume(turns.ask(() -> memory.state().copy()));
                }
              });
      thread.start();
      threads.add(thread);
    }
  }

  /** Ends the questions. */
  @TearDown(Level.Trial)
  public void end() throws InterruptedException {
    ended = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** The next face of a video, learnt in turn. */
  @Benchmark
  public void frame() {
    turns.work(() -> memory.learn(frame++));
  }
}
