package io.paffmem.bench.memory;

import io.paffmem.bench.MadeMemory;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.Recognition;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a memory costs, by its neurons: a face recognised, a face learned, a frame seeded, the whole
 * copied.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class MemoryBenchmark {
  @Param({"100", "201", "512", "1000", "5000"})
  private int neurons;

  private MadeMemory memory;
  private int frame;

  /** Grows the memory. */
  @Setup(Level.Trial)
  public void grow() {
    memory = new MadeMemory(neurons, 1);
    memory.settle();
  }

  /** The next face of a video. */
  @Benchmark
  public Recognition recognise() {
    return memory.recognize(frame++);
  }

  /** The next face of a video. */
  @Benchmark
  public void learn() {
    memory.learn(frame++);
  }

  /** One frame: 200 pairs, 10 epochs. */
  @Benchmark
  public void seed() {
    memory.seed();
  }

  /** As a query takes it. */
  @Benchmark
  public MemoryState copy() {
    return memory.state().copy();
  }
}
