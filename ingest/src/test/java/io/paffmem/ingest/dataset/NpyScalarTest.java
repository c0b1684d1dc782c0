package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class NpyScalarTest {

  @Test
  void of_fileWrittenByNumPy_isItsNumber() {
    // numpy.save(file, numpy.array('-0.25')), byte by byte.
    byte[] golden =
        HexFormat.of()
            .parseHex(
                "934e554d50590100"
                    + "7600"
                    + HexFormat.of()
                        .formatHex(
                            ("{'descr': '<U5', 'fortran_order': False, 'shape': (), }"
                                    + " ".repeat(62)
                                    + "\n")
                                .getBytes(US_ASCII))
                    + "2d000000"
                    + "30000000"
                    + "2e000000"
                    + "32000000"
                    + "35000000");

    assertThat(NpyScalar.of(golden)).hasValue(-0.25);
  }

  @Test
  void of_everyKindOfNumber_isRead() {
    assertThat(NpyScalar.of(NpyFiles.text("0.468254"))).hasValue(0.468254);
    assertThat(NpyScalar.of(NpyFiles.float64(-0.5, "()"))).hasValue(-0.5);
    assertThat(NpyScalar.of(NpyFiles.float64(0.125, "(1,)"))).hasValue(0.125);
    assertThat(NpyScalar.of(NpyFiles.int64(-2))).hasValue(-2);
    assertThat(NpyScalar.of(NpyFiles.file("|i1", "()", new byte[] {-3}))).hasValue(-3);
    assertThat(NpyScalar.of(NpyFiles.file("|u1", "(1, 1)", new byte[] {-3}))).hasValue(253);
    assertThat(NpyScalar.of(NpyFiles.file("|S4", "()", "1.5\0".getBytes(US_ASCII)))).hasValue(1.5);
    byte[] big = ByteBuffer.allocate(4).putFloat(0.75f).array();
    assertThat(NpyScalar.of(NpyFiles.file(">f4", "()", big))).hasValue(0.75);
  }

  @Test
  void of_anythingElse_isEmpty() {
    byte[] whole = NpyFiles.float64(0.5, "()");

    assertThat(NpyScalar.of(new byte[0])).isEmpty();
    assertThat(NpyScalar.of("0.5, and much more text\n".getBytes(US_ASCII))).isEmpty();
    assertThat(NpyScalar.of(NpyFiles.float64(0.5, "(2,)"))).isEmpty();
    assertThat(NpyScalar.of(NpyFiles.text("happy"))).isEmpty();
    assertThat(NpyScalar.of(NpyFiles.file("<c16", "()", new byte[16]))).isEmpty();
    assertThat(NpyScalar.of(NpyFiles.file("<U99999999", "()", new byte[16]))).isEmpty();
    for (int length = 0; length < whole.length; length++) {
      assertThat(NpyScalar.of(Arrays.copyOf(whole, length))).as("cut at %d", length).isEmpty();
    }
  }
}
