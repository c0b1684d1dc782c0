package io.paffmem.training.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.training.TinyTraining;
import io.paffmem.training.TinyTraining.Heard;
import io.paffmem.training.TrainingListener;
import io.paffmem.training.TrainingReport.Agreement;
import io.paffmem.training.config.Loss;
import io.paffmem.training.config.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AblationTest {
  @TempDir private Path temp;

  @Test
  void run_rowWithAndWithoutEmotion_areReadOnUnseenPeople() throws Exception {
    Ablation ablation = ablation(3);
    ablation.begin();

    AblationResult base = ablation.run(AblationRow.BASE, new Heard(), () -> false).orElseThrow();
    AblationResult all = ablation.run(AblationRow.ALL, new Heard(), () -> false).orElseThrow();

    assertThat(base.ccc()).containsOnlyKeys("bright");
    assertThat(all.ccc()).containsOnlyKeys("bright");
    // Bright and dark are told apart in z even by networks that have hardly learnt.
    assertThat(base.ccc().values()).allMatch(agreement -> agreement.valence().orElseThrow() > 0.5);
    assertThat(temp.resolve("base/metrics.csv")).isNotEmptyFile();
    assertThat(temp.resolve("base/pk/saved_model.pb")).isNotEmptyFile();
    assertThat(temp.resolve("all/result.csv")).isNotEmptyFile();
  }

  @Test
  void run_rowThatIsDone_isNotDoneAgain() throws Exception {
    AblationResult first = ablation(2).run(AblationRow.EM, new Heard(), () -> false).orElseThrow();
    Heard heard = new Heard();

    AblationResult again = ablation(2).run(AblationRow.EM, heard, () -> false).orElseThrow();

    assertThat(again).isEqualTo(first);
    assertThat(heard.progress).isEmpty();
  }

  @Test
  void run_askedToStop_goesOnLater() throws Exception {
    Heard before = new Heard();
    Optional<AblationResult> stopped =
        ablation(3).run(AblationRow.EM, before, () -> before.progress.size() == 1);
    Heard after = new Heard();
    Optional<AblationResult> finished = ablation(3).run(AblationRow.EM, after, () -> false);

    assertThat(stopped).isEmpty();
    assertThat(finished).isPresent();
    assertThat(after.progress).extracting(TrainingListener.Progress::step).containsExactly(2L, 3L);
  }

  @Test
  void begin_otherSettings_areRefused() {
    ablation(3).begin();
    ablation(3).begin();

    assertThatThrownBy(() -> ablation(4).begin())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(temp.toString())
        .hasMessageContaining("other settings");
  }

  @Test
  void read_damagedResult_saysWhatToDo() throws IOException {
    Path row = Files.createDirectories(temp.resolve("em"));
    Files.writeString(row.resolve("result.csv"), "faces,ccc_arousal,ccc_valence\nbright,x\n");

    assertThatThrownBy(() -> ablation(1).run(AblationRow.EM, new Heard(), () -> false))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("remove it to do the row again");
  }

  @Test
  void rows_eight_weighWhatTheyAreNamedAfter() {
    assertThat(AblationRow.values())
        .extracting(AblationRow::label)
        .containsExactly("base", "prior", "real", "em", "prior-real", "prior-em", "real-em", "all");
    assertThat(AblationRow.BASE.weights(true).byLoss())
        .containsOnlyKeys(Loss.RECONSTRUCTION, Loss.IDENTITY);
    assertThat(AblationRow.BASE.weights(false).byLoss()).containsOnlyKeys(Loss.RECONSTRUCTION);
    assertThat(AblationRow.PRIOR_EM.weights(false).byLoss())
        .containsOnlyKeys(Loss.RECONSTRUCTION, Loss.PRIOR, Loss.EMOTION);
    assertThat(AblationRow.ALL.weights(true).byLoss())
        .containsOnlyKeys(Loss.RECONSTRUCTION, Loss.IDENTITY, Loss.PRIOR, Loss.IMAGE, Loss.EMOTION);
  }

  @Test
  void table_rows_inBothForms() throws IOException {
    Agreement some = new Agreement(OptionalDouble.of(0.25), OptionalDouble.of(0.5));
    Agreement none = new Agreement(OptionalDouble.empty(), OptionalDouble.of(0.125));
    AblationTable table =
        new AblationTable(
            List.of(
                new AblationResult(AblationRow.BASE, new TreeMap<>(Map.of("faces", none))),
                new AblationResult(AblationRow.ALL, new TreeMap<>(Map.of("faces", some)))));

    table.write(temp);

    assertThat(temp.resolve("table2.md"))
        .hasContent(
            """
            | PK | read by | faces: CCC arousal | valence |
            |---|---|---|---|
            | base | a D_em trained afterwards | none | 0.125 |
            | all | its D_em | 0.250 | 0.500 |
            """);
    assertThat(temp.resolve("table2.csv"))
        .hasContent(
            """
            pk,read_by,faces,ccc_arousal,ccc_valence
            base,a D_em trained afterwards,faces,,0.125
            all,its D_em,faces,0.25,0.5
            """);
  }

  private Ablation ablation(long steps) {
    NetworkConfig network = TinyTraining.NETWORK;
    Ablation ablation =
        new Ablation(
            new AblationConfig(
                network, TinyTraining.config(), steps, 100, 200, Optional.empty(), Device.CPU),
            temp);
    ablation.add(TinyTraining.brightIsPleased().split(0.3, TinyTraining.SEED), 1);
    return ablation;
  }
}
