package io.paffmem.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.evaluation.memory.StreamedEvaluation;
import io.paffmem.ingest.dataset.ArousalScale;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.Source;
import io.paffmem.start.StartException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamedTableTest {
  private static final Affect ZERO = new Affect(0f, 0f);

  private final StreamedEvaluation evaluation = new StreamedEvaluation("v1");

  @TempDir private Path folder;

  @Test
  void event_ofAGateway_countedThoughItsNumberIsATime() {
    add("ann", "call-7", 1_764_000_000_000L, null);
    add("ann", "call-7", 1_764_000_000_000L, ZERO);

    assertThat(evaluation.figures().unlabelled()).isEqualTo(1);
    assertThat(evaluation.figures().events()).isEqualTo(1);
  }

  @Test
  void write_twoRunsOfOneVideo_refusedWithWhatToName() {
    for (String person : new String[] {"omg:1/v1", "omg:2/v1"}) {
      add(person, person + "/u", 0, ZERO);
      add(person, person + "/u", 1, ZERO);
    }
    Path file = folder.resolve("file");

    assertThatThrownBy(
            () -> StreamedTable.writePredictions(evaluation.predictions(), ArousalScale.UNIT, file))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("'v1'", "omg:1/v1", "omg:2/v1");
    assertThatThrownBy(() -> StreamedTable.writeFigure(evaluation, "v1", file))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("'v1'", "omg:1/v1", "omg:2/v1");
    assertThat(file).doesNotExist();
  }

  private void add(String person, String stream, long sequence, @Nullable Affect label) {
    evaluation.add(
        StreamedTable.event(
            Emotion.newBuilder()
                .setIdentity(new FrameIdentity(person, stream, sequence))
                .setCapturedAtMillis(0)
                .setAffect(ZERO)
                .setSource(Source.MEMORY)
                .setPrior(ZERO)
                .setActivity(1)
                .setBestMatchingUnit(0)
                .setNeurons(2)
                .setFramesPerceived(1)
                .setModelVersion("pk")
                .setLabel(label)
                .build()));
  }
}
