package io.paffmem.evaluation.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.evaluation.prior.LabelledFaces.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EmbeddedFacesTest {
  @Test
  void of_someUnreadable_theOthersKeepTheirOrderAndTheirZ() {
    PlainPrior prior = new PlainPrior(1);
    Faces faces = new Faces();
    for (int i = 0; i < 100; i++) {
      if (i % 7 == 3) {
        faces.addUnreadable("p" + i, "x");
      } else {
        faces.add("p" + i, "x", 0, 0, PlainPrior.face(i, 20, 30));
      }
    }
    List<Integer> progress = new ArrayList<>();

    EmbeddedFaces embedded = EmbeddedFaces.of(prior, faces, progress::add);

    assertThat(embedded.unreadable()).isEqualTo(14);
    assertThat(embedded.rows()).hasSize(86).doesNotContain(faces.row(3), faces.row(94));
    for (int i = 0; i < 86; i++) {
      int number = Integer.parseInt(embedded.rows().get(i).person().substring(1));
      assertThat(embedded.z()[3 * i]).isEqualTo(number / 100f);
      assertThat(embedded.affect()[2 * i + 1]).isEqualTo(0.3f);
    }
    assertThat(progress).containsExactly(64, 100);
  }

  @Test
  void of_nothingReadable_thePkIsNotAsked() {
    PlainPrior prior = new PlainPrior(1);
    Faces faces = new Faces();
    faces.addUnreadable("p", "x");

    EmbeddedFaces embedded = EmbeddedFaces.of(prior, faces, done -> {});

    assertThat(embedded.rows()).isEmpty();
    assertThat(embedded.unreadable()).isEqualTo(1);
    assertThat(prior.runs).isEmpty();
  }

  @Test
  void constructor_lengthsDoNotFit_refused() {
    assertThatThrownBy(
            () ->
                new EmbeddedFaces(
                    List.of(new Row("p", "x", 0, 0)), 3, new float[2], new float[2], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 rows")
        .hasMessageContaining("2 of z");
  }
}
