package io.paffmem.evaluation.prior;

import java.util.ArrayList;
import java.util.List;

/** Faces in memory, for {@link PlainPrior}; an empty array stands for a face that is damaged. */
final class Faces implements LabelledFaces {
  private final List<Row> rows = new ArrayList<>();
  private final List<byte[]> faces = new ArrayList<>();

  void add(String person, String label, float arousal, float valence, byte[] face) {
    rows.add(new Row(person, label, arousal, valence));
    faces.add(face);
  }

  void addUnreadable(String person, String label) {
    add(person, label, 0, 0, new byte[0]);
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public Row row(int index) {
    return rows.get(index);
  }

  @Override
  public boolean read(int index, byte[] rgb, int offset) {
    byte[] face = faces.get(index);
    System.arraycopy(face, 0, rgb, offset, face.length);
    return face.length > 0;
  }
}
