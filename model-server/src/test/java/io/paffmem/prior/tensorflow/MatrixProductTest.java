package io.paffmem.prior.tensorflow;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class MatrixProductTest {

  @Test
  void compute_rowsThatDoNotDivideAmongCores_multiplies() {
    try (MatrixProduct product = new MatrixProduct(Device.CPU, 7, 5, 3);
        MatrixProduct oneRow = new MatrixProduct(Device.CPU, 1, 5, 3)) {
      assertThatCode(product::compute).doesNotThrowAnyException();
      assertThatCode(oneRow::compute).doesNotThrowAnyException();
    }
  }
}
