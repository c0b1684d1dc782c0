package io.paffmem.dashboard.http;

import io.javalin.http.Context;
import io.paffmem.start.StartException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads for what waits for others: a few, so that it never takes those that serve the rest. */
public final class Work implements AutoCloseable {
  static final String NO_BROKER = "the broker does not do it now; its state, and the log, say more";

  private static final Logger LOG = LoggerFactory.getLogger(Work.class);

  private final ThreadPoolExecutor threads;

  /**
   * @param name of the threads
   * @param most of them
   * @param mostWaiting requests that wait for one of them; more are refused
   */
  public Work(String name, int most, int mostWaiting) {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            most,
            most,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(mostWaiting),
            task -> new Thread(task, "dashboard-" + name + "-" + number.incrementAndGet()));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Answers a request from one of the threads.
   *
   * @param answer gives what writes the answer
   */
  void answer(Context request, Supplier<Runnable> answer) {
    CompletableFuture<Runnable> known = new CompletableFuture<>();
    try {
      threads.execute(() -> known.complete(run(request, answer)));
    } catch (RejectedExecutionException e) {
      throw new RefusedException(ApiError.BUSY, "too many ask at once; ask again");
    }
    request.future(() -> known.thenAccept(Runnable::run));
  }

  private static Runnable run(Context request, Supplier<Runnable> answer) {
    try {
      return answer.get();
    } catch (RefusedException e) {
      return () -> e.error().answer(request, e.explanation());
    } catch (KafkaException | StartException e) {
      LOG.warn("The broker did not do what was asked: {}", e.toString());
      return () -> ApiError.BROKER_UNAVAILABLE.answer(request, NO_BROKER);
    } catch (RuntimeException e) {
      LOG.error("A request could not be handled", e);
      return () ->
          ApiError.INTERNAL_ERROR.answer(request, "a fault of the dashboard; its log has more");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
