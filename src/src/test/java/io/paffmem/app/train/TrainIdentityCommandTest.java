package io.paffmem.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.Ran;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
final class TrainIdentityCommandTest {
  @TempDir private Path folder;

  @Test
  void trainIdentity_syntheticPeople_saysHowGoodItIsAndExports() {
    Ran ran = identity("--dataset", "synthetic=160", "--seed", "7", "--steps", "2");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out())
        .containsPattern("of them \\d+ faces of [1-9] people")
        .containsPattern("step 2, .* AUC on unseen people: synthetic [01]\\.\\d{3}")
        .contains("The identity network is in " + folder.resolve("tiny"));
    try (SavedModelIdentity model = SavedModelIdentity.load(folder.resolve("tiny"), Device.CPU)) {
      assertThat(model.size()).isEqualTo(64);
    }
    ran.assertNothingLeft();
  }

  @Test
  void trainIdentity_optionsOutOfRange_allNamed() throws IOException {
    Files.createDirectories(folder.resolve("tiny"));

    identity("--minutes", "0", "--steps", "0", "--least-faces", "0")
        .assertRefused(
            "nothing to train on",
            "--minutes is 0.0",
            "--steps is 0",
            "--least-faces is 0",
            "exists already");
  }

  @Test
  void trainIdentity_tooFewPeople_saysWhatToDo() {
    identity("--dataset", "synthetic=20", "--steps", "1")
        .assertRefused("face set synthetic has nobody to", "add people");
    identity("--dataset", "synthetic=160", "--seed", "7", "--least-faces", "21")
        .assertRefused("only 0 people have 21 faces or more", "--least-faces");
  }

  @Test
  void trainIdentity_noData_named() {
    identity("--dataset", "faces=" + folder.resolve("gone"), "--steps", "1")
        .assertRefused(folder.resolve("gone").toString(), "data/legend.csv");
  }

  private Ran identity(String... options) {
    String[] args = new String[6 + options.length];
    System.arraycopy(
        new String[] {"train", "identity", "--out", folder.toString(), "--name", "tiny"},
        0,
        args,
        0,
        6);
    System.arraycopy(options, 0, args, 6, options.length);
    return Ran.paffmem(args);
  }
}
