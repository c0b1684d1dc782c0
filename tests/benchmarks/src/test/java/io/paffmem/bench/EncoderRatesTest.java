package io.paffmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.bench.EncoderRates.Rate;
import io.paffmem.bench.EncoderRates.Report;
import io.paffmem.prior.Weights;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.start.StartException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("model")
class EncoderRatesTest {

  @Test
  void medianRatio_slowedRounds_isThatOfTheOthers() {
    List<Double> ours = List.of(10.0, 2.0, 12.0);
    List<Double> theirs = List.of(20.0, 20.0, 24.0);

    assertThat(EncoderRates.medianRatio(ours, theirs)).isEqualTo(0.5);
    assertThat(EncoderRates.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
  }

  @Test
  void measure_peerThatIsThePkItself_isMeasuredBesideIt() {
    try (SavedModelPrior prior = SavedModelPrior.bundled(Device.CPU)) {
      List<Integer> batches = List.of(1, 3);
      Report report = new EncoderRates(prior, new Mirror(prior, 0), 0.001, batches, 64).measure();

      assertThat(report.rounds()).isEqualTo(3);
      assertThat(report.largestDifference()).isLessThan(1e-5);
      assertThat(report.encode()).extracting(Rate::batch).isEqualTo(batches);
      for (Rate rate : report.generateAndEncode()) {
        assertThat(rate.facesPerSecond()).isPositive();
        assertThat(rate.ofSquareProduct()).isPositive();
        assertThat(rate.ofPeer()).isPositive();
      }
      assertThat(report.productGigaflops()).containsKeys("64 x 64 x 64", "32 x 32 x 32").hasSize(3);
      assertThat(report.generateAndEncodeOperations()).isGreaterThan(report.encodeOperations());
    }
  }

  @Test
  void measure_peerWithOtherAnswers_isRefused() {
    try (SavedModelPrior prior = SavedModelPrior.bundled(Device.CPU)) {
      EncoderRates rates = new EncoderRates(prior, new Mirror(prior, 2e-4f), 0.001);

      assertThatThrownBy(rates::measure)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("mirror gives other answers");
    }
  }

  /** The PK itself as its peer, a little off. */
  private record Mirror(SavedModelPrior prior, float off) implements EncoderPeer {

    @Override
    public String name() {
      return "mirror";
    }

    @Override
    public Model load(Map<String, Weights> weights) {
      return new Model() {
        @Override
        public float[] encode(byte[] pixels, int faces) {
          float[] z = prior.encode(pixels, faces).z();
          z[0] += off;
          return z;
        }

        @Override
        public float[] generateAndEncode(float[] z, float[] affect, int faces) {
          return prior.generateAndEncode(z, affect, faces).z();
        }

        @Override
        public void close() {}
      };
    }
  }
}
