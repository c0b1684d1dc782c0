package io.paffmem.prior.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceChunksTest {

  @ParameterizedTest
  @CsvSource({
    "1, 2, 1",
    "2, 2, 2",
    "8, 2, 2",
    "40, 2, 2",
    "41, 2, 4",
    "200, 2, 10",
    "128, 16, 16",
    "9, 16, 9",
    "20, 1, 1",
    "21, 1, 2",
    "128, 0, 1"
  })
  void count_facesOnCores_isAMultipleOfTheCoresWithAtMostTwentyEach(
      int faces, int cores, int chunks) {
    assertThat(FaceChunks.count(faces, cores)).isEqualTo(chunks);
  }

  @Test
  void facesPerRun_onTheCpu_isAFullChunkForEachCore() {
    int faces = FaceChunks.on(Device.CPU).facesPerRun();

    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(FaceChunks.count(faces, cores)).isEqualTo(cores);
    assertThat(FaceChunks.count(faces + 1, cores)).isGreaterThan(cores);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 33, 200})
  void compute_faces_eachIsComputedOnce(int faces) {
    AtomicIntegerArray computed = new AtomicIntegerArray(faces);

    FaceChunks.on(Device.CPU)
        .compute(
            faces,
            (first, some) -> {
              for (int face = first; face < first + some; face++) {
                computed.incrementAndGet(face);
              }
            });

    for (int face = 0; face < faces; face++) {
      assertThat(computed.get(face)).isEqualTo(1);
    }
  }

  @Test
  void compute_oneChunkFails_theCallerIsTold() {
    assertThatThrownBy(
            () ->
                FaceChunks.on(Device.CPU)
                    .compute(
                        100,
                        (first, some) -> {
                          if (first > 50) {
                            throw new IllegalStateException("face " + first);
                          }
                        }))
        .isInstanceOf(IllegalStateException.class);
  }
}
