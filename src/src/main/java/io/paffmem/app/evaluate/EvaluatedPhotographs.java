package io.paffmem.app.evaluate;

import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.prior.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Photographs of a data set, decoded as the model server decodes them. */
final class EvaluatedPhotographs implements LabelledFaces {
  /** A photograph that is not opened yet. */
  record Photograph(Row row, Path image) {}

  private final List<Photograph> faces;
  private final ImageDecoder decoder;

  /**
   * @param decoder stays the caller's to close
   */
  EvaluatedPhotographs(List<Photograph> faces, ImageDecoder decoder) {
    this.faces = List.copyOf(faces);
    this.decoder = decoder;
  }

  @Override
  public int size() {
    return faces.size();
  }

  @Override
  public Row row(int index) {
    return faces.get(index).row();
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
