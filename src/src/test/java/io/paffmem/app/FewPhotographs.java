package io.paffmem.app;

import io.paffmem.app.run.JpegFaces;
import io.paffmem.ingest.dataset.Expression;
import io.paffmem.ingest.synthetic.FaceRenderer;
import io.paffmem.ingest.synthetic.FaceScene;
import io.paffmem.ingest.synthetic.ShownAffect;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A data set of photographs, small enough for a test. */
public final class FewPhotographs {
  private FewPhotographs() {}

  /**
   * FER+'s layout: four photographs to validate on, two of them happy, the others sad and neutral
   * alike, and a row with too few votes.
   */
  public static void writeFerPlus(Path folder) throws IOException {
    Path images = Files.createDirectories(folder.resolve("FER2013Valid"));
    StringBuilder table =
        new StringBuilder(
            "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,"
                + "unknown,NF\n");
    FaceRenderer renderer = new FaceRenderer();
    SyntheticPeople people = new SyntheticPeople(4);
    JpegFaces jpegs = new JpegFaces();
    for (int i = 0; i < 5; i++) {
      boolean happy = i % 2 == 0;
      byte[] rgb =
          renderer.faceCrop(
              people.heldOut(i),
              new ShownAffect(happy ? 0.35f : -0.18f, happy ? 0.8f : -0.35f),
              FaceScene.random(new SplittableRandom(i)));
      String name = "fer%07d.jpg".formatted(i);
      Files.write(images.resolve(name), jpegs.encode(rgb));
      String votes =
          i == 4 ? "0,2,0,0,0,0,0,0,8,0" : happy ? "0,10,0,0,0,0,0,0,0,0" : "4,0,0,5,0,0,0,0,1,0";
      table.append("PublicTest,").append(name).append(',').append(votes).append('\n');
    }
    Files.writeString(folder.resolve("fer2013new.csv"), table);
  }

  /** Three people with two happy and two sad pictures each, and rows that cannot be used. */
  public static void write(Path folder) throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("data"));
    StringBuilder legend = new StringBuilder("user.id,image,emotion\n");
    FaceRenderer renderer = new FaceRenderer();
    SyntheticPeople people = new SyntheticPeople(3);
    SplittableRandom random = new SplittableRandom(3);
    String[] names = {"Ann", "Bob", "Cy"};
    JpegFaces jpegs = new JpegFaces();
    for (int person = 0; person < names.length; person++) {
      for (int i = 0; i < 4; i++) {
        Expression shown = i < 2 ? Expression.HAPPINESS : Expression.SADNESS;
        byte[] rgb =
            renderer.faceCrop(
                people.heldOut(person),
                new ShownAffect(shown.arousal(), shown.valence()),
                FaceScene.random(random));
        String name = "%s_%04d.jpg".formatted(names[person], i);
        Files.write(images.resolve(name), jpegs.encode(rgb));
        legend.append("1,").append(name).append(',').append(shown.name()).append('\n');
      }
    }
    Files.writeString(images.resolve("Ann_0009.jpg"), "no picture");
    legend.append("1,Ann_0009.jpg,neutral\n1,Gone_0001.jpg,neutral\n1,Ann_0001.jpg,boredom\n1,x\n");
    Files.writeString(folder.resolve("data").resolve("legend.csv"), legend);
  }
}
