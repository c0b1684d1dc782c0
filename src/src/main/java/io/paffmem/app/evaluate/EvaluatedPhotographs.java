package io.paffmem.app.evaluate;

import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.ingest.dataset.CategorisedFace;
import io.paffmem.prior.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** EvaluatedPhotographs of a data set, decoded as the model server decodes them. */
final class EvaluatedPhotographs implements LabelledFaces {
  private final List<CategorisedFace> faces;
  private final ImageDecoder decoder;

  /**
   * @param decoder stays the caller's to close
   */
  EvaluatedPhotographs(List<CategorisedFace> faces, ImageDecoder decoder) {
    this.faces = List.copyOf(faces);
    this.decoder = decoder;
  }

  @Override
  public int size() {
    return faces.size();
  }

  @Override
  public Row row(int index) {
    CategorisedFace face = faces.get(index);
    return new Row(
        face.person(),
        face.expression().name().toLowerCase(Locale.ROOT),
        face.expression().arousal(),
        face.expression().valence());
  }

  @Override
  public boolean read(int index, byte[] rgb, int offset) {
    try {
      byte[] image = Files.readAllBytes(faces.get(index).image());
      return decoder.decode(image, null, rgb, offset) instanceof ImageDecoder.Decoded;
    } catch (IOException e) {
      return false;
    }
  }
}
