package io.paffmem.dashboard.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.imagine.Painter;
import io.paffmem.prior.ModelException;
import io.paffmem.query.Memories;
import io.paffmem.query.MemoryAnswer;
import io.paffmem.query.MemoryAnswer.Found;
import io.paffmem.query.MemoryAnswer.Missing;
import io.paffmem.query.MemoryAnswer.Reason;
import io.paffmem.query.PersonMemory;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QueriedMemoriesTest {
  private static final String TOKEN = "Bearer 0123456789abcdef";
  private static final int SIDE = Painter.SIDE;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger closes = new AtomicInteger();
  private final List<String> asked = new ArrayList<>();
  private MemoryAnswer<PersonMemory> lookup = new Found<>(memory(0, "painter-1"));
  private final Memories topology =
      (person, authorization) -> {
        asked.add(person + " " + authorization);
        return lookup;
      };
  private final QueriedMemories memories =
      new QueriedMemories(topology, Imagination.lazily(this::load), nanos::get);

  private Painter load() {
    loads.incrementAndGet();
    return new Painter() {
      @Override
      public void close() {
        closes.incrementAndGet();
      }
    };
  }

  @AfterEach
  void close() {
    memories.close();
  }

  @Test
  void memory_isAskedForWithTheUsersToken_andLaidOut() {
    MemoryView view = found(memories.memory("ann", TOKEN));

    assertThat(asked).containsExactly("ann " + TOKEN);
    assertThat(view.person()).isEqualTo("ann");
    assertThat(view.capacity()).isEqualTo(512);
    assertThat(view.waitingFrames()).isEqualTo(2);
    assertThat(view.neurons()).extracting(MemoryView.Neuron::id).containsExactly(0, 4, 5);
    assertThat(view.edges()).containsExactly(new MemoryView.Edge(0, 4, 7));
    assertThat(view.projection().first()).isCloseTo(1, within(1e-9));
  }

  @Test
  void forget_person_nothingThatWasKeptToAnswerSoonerStays() {
    memories.memory("ann", TOKEN);
    memories.imagined("ann", TOKEN, 0, 2);
    memories.memory("bob", TOKEN);
    assertThat(asked).hasSize(2);

    memories.forget("ann");
    lookup = MemoryAnswer.unknown();

    assertThat(memories.memory("ann", TOKEN)).isEqualTo(MemoryAnswer.unknown());
    assertThat(memories.imagined("ann", TOKEN, 0, 2)).isEqualTo(MemoryAnswer.unknown());
    assertThat(memories.memory("bob", TOKEN)).as("of others").isInstanceOf(Found.class);
  }

  @Test
  void memory_askedByMany_isAskedForOnce_forEachToken() {
    memories.memory("ann", TOKEN);
    memories.memory("ann", TOKEN);
    memories.imagined("ann", TOKEN, 0, 2);
    assertThat(asked).hasSize(1);

    memories.memory("ann", "Bearer another");
    assertThat(asked).hasSize(2);

    nanos.addAndGet(250_000_000);
    memories.memory("ann", TOKEN);
    assertThat(asked).hasSize(3);
  }

  @Test
  void memory_whatCannotBeHad_hasItsReason() {
    lookup = MemoryAnswer.unknown();
    assertThat(reason(memories.memory("ann", TOKEN))).isEqualTo(Reason.UNKNOWN_PERSON);
    lookup = MemoryAnswer.refused();
    assertThat(reason(memories.memory("ann", TOKEN))).isEqualTo(Reason.FORBIDDEN);
    lookup = MemoryAnswer.restoring("it moves");
    assertThat(reason(memories.memory("ann", TOKEN))).isEqualTo(Reason.RESTORING);
    lookup = new Missing<>(Reason.TOPOLOGY_UNAVAILABLE, "nobody there");
    assertThat(reason(memories.imagined("ann", TOKEN, 0, 3)))
        .isEqualTo(Reason.TOPOLOGY_UNAVAILABLE);
    assertThat(loads).hasValue(0);
  }

  @Test
  void imagined_bestMatchingUnitIsThere_facesAreOfItsPrototype() throws IOException {
    BufferedImage sheet = sheet(memories.imagined("ann", TOKEN, 4, 3));

    assertThat(sheet.getWidth()).isEqualTo(3 * SIDE);
    assertThat(green(sheet)).isCloseTo(128 + 50, within(8));
    assertThat(sheet.getRGB(2, 2) >> 16 & 0xFF).as("aroused above").isCloseTo(228, within(8));
    assertThat(loads).hasValue(1);
  }

  @Test
  void imagined_unitUnknownOrGone_facesAreOfTheNeuronInTheMiddle() throws IOException {
    // z: -1, 0.5, 0.75; their mean is 0.083.
    assertThat(green(sheet(memories.imagined("ann", TOKEN, -1, 2)))).isCloseTo(178, within(8));
    assertThat(green(sheet(memories.figure2("ann", TOKEN, 99)))).isCloseTo(178, within(8));
  }

  @Test
  void imagined_againSoon_isTheSameSheet_untilTheMemoryIsAnother() {
    byte[] first = found(memories.imagined("ann", TOKEN, 0, 2));
    nanos.addAndGet(4_000_000_000L);
    assertThat(found(memories.imagined("ann", TOKEN, 5, 2))).isSameAs(first);
    assertThat(found(memories.imagined("ann", TOKEN, 5, 3))).isNotEqualTo(first);

    lookup = new Found<>(memory(1, "painter-1"));
    nanos.addAndGet(500_000_000L);
    assertThat(found(memories.imagined("ann", TOKEN, 5, 2))).isNotSameAs(first);

    lookup = MemoryAnswer.unknown();
    nanos.addAndGet(500_000_000L);
    assertThat(reason(memories.imagined("ann", TOKEN, 5, 2))).isEqualTo(Reason.UNKNOWN_PERSON);
  }

  @Test
  void imagined_memoryOfAnotherModel_saysSo() {
    lookup = new Found<>(memory(0, "pk-2"));

    MemoryAnswer<byte[]> answer = memories.figure2("ann", TOKEN, 0);

    assertThat(reason(answer)).isEqualTo(Reason.OTHER_MODEL);
    assertThat(((Missing<byte[]>) answer).message()).contains("pk-2", "painter-1", "--model");
  }

  @Test
  void imagined_noNeuronYet_loadsNothing() {
    lookup =
        new Found<>(
            new PersonMemory(
                "ann", 0, "painter-1", 0, 25, 0, 3, 512, List.of(), List.of(), List.of()));

    assertThat(reason(memories.imagined("ann", TOKEN, 0, 2))).isEqualTo(Reason.UNKNOWN_PERSON);
    assertThat(found(memories.memory("ann", TOKEN)).neurons()).isEmpty();
    assertThat(loads).hasValue(0);
  }

  @Test
  void imagined_modelCannotBeLoaded_saysWhy() {
    try (QueriedMemories broken =
        new QueriedMemories(
            topology,
            Imagination.lazily(
                () -> {
                  throw new ModelException("no SavedModel in there");
                }),
            nanos::get)) {
      MemoryAnswer<byte[]> answer = broken.imagined("ann", TOKEN, 0, 2);

      assertThat(answer)
          .isEqualTo(new Missing<>(Reason.MEMORY_UNAVAILABLE, "no SavedModel in there"));
    }
  }

  @Test
  void imagined_manyAtOnce_oneTooManyIsToldSoWhileTheOthersWait() throws Exception {
    CountDownLatch drawing = new CountDownLatch(1);
    Imagination slow =
        Imagination.lazily(
            () -> {
              try {
                drawing.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return load();
            });
    Memories answering = (person, authorization) -> new Found<>(memory(0, "painter-1"));
    ExecutorService threads = Executors.newCachedThreadPool();
    try (QueriedMemories busy = new QueriedMemories(answering, slow, nanos::get)) {
      CompletionService<MemoryAnswer<byte[]>> answers = new ExecutorCompletionService<>(threads);
      for (int i = 0; i < 5; i++) {
        String person = "person-" + i;
        answers.submit(() -> busy.imagined(person, TOKEN, 0, 2));
      }

      assertThat(reason(answers.take().get())).isEqualTo(Reason.BUSY);
      drawing.countDown();
      for (int i = 0; i < 4; i++) {
        assertThat(answers.take().get()).isInstanceOf(Found.class);
      }
      assertThat(busy.imagined("nobody waits any more", TOKEN, 0, 2)).isInstanceOf(Found.class);
    } finally {
      drawing.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void close_modelOfItsOwn_isClosed_sharedOneStays() {
    memories.imagined("ann", TOKEN, 0, 2);
    memories.close();
    assertThat(closes).hasValue(1);

    QueriedMemories sharing = new QueriedMemories(topology, Imagination.with(load()), nanos::get);
    sharing.imagined("ann", TOKEN, 0, 2);
    sharing.close();
    assertThat(closes).hasValue(1);
  }

  private static PersonMemory memory(int generation, String model) {
    return new PersonMemory(
        "ann",
        generation,
        model,
        25,
        25,
        100,
        2,
        512,
        List.of(
            new PersonMemory.Neuron(0, -0.5f, -0.5f, 1, new float[] {-1, 0, 0}),
            new PersonMemory.Neuron(4, 0, 0, 0.5f, new float[] {0.5f, 0, 0}),
            new PersonMemory.Neuron(5, 0.5f, 0.5f, 0.25f, new float[] {0.75f, 0, 0})),
        List.of(new PersonMemory.Edge(0, 4, 7)),
        List.of());
  }

  private static <T> T found(MemoryAnswer<T> answer) {
    return ((Found<T>) answer).value();
  }

  private static Reason reason(MemoryAnswer<?> answer) {
    return ((Missing<?>) answer).reason();
  }

  private static BufferedImage sheet(MemoryAnswer<byte[]> answer) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(found(answer)));
  }

  private static int green(BufferedImage sheet) {
    return sheet.getRGB(SIDE / 2, SIDE / 2) >> 8 & 0xFF;
  }
}
