package io.paffmem.prior.tensorflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.prior.ModelException;
import io.paffmem.prior.TinyPrior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SavedModelIdentityTest {
  @TempDir private Path temp;

  @Test
  void load_noModelThere_saysWhatToName() {
    assertThatThrownBy(() -> SavedModelIdentity.load(temp, Device.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no SavedModel in " + temp)
        .hasMessageContaining("train identity");
  }

  @Test
  void load_damagedModel_isRefusedInOneSentence() throws IOException {
    Files.writeString(temp.resolve("saved_model.pb"), "no model");

    assertThatThrownBy(() -> SavedModelIdentity.load(temp, Device.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessage("the SavedModel in " + temp + " cannot be read; export it again");
  }

  @Test
  void load_aPk_isRefused() {
    Path folder = temp.resolve("pk");
    PriorExport.write(TinyPrior.CONFIG, TinyPrior.weights(1), "pk", folder);

    assertThatThrownBy(() -> SavedModelIdentity.load(folder, Device.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("no signature identify");
  }

  @Test
  void write_otherWeightsOrFolderThere_isRefusedBeforeAnythingIsWritten() {
    Path folder = temp.resolve("identity");

    assertThatThrownBy(() -> IdentityExport.write(Map.of("a", new float[1]), "x", folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights are of [a]");
    assertThatThrownBy(() -> IdentityExport.write(Map.of(), "x", temp))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exists already");
  }
}
