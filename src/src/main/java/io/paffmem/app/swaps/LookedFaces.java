package io.paffmem.app.swaps;

import io.paffmem.evaluation.guard.LookedClip;
import io.paffmem.evaluation.guard.LookedPerson;
import io.paffmem.ingest.dataset.CategorisedFace;
import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.face.Sighting;
import io.paffmem.ingest.synthetic.Camera;
import io.paffmem.ingest.synthetic.Mood;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticPerson;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.VideoFile;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.ImageDecoder;
import io.paffmem.schemas.FaceLook;
import io.paffmem.start.StartException;
import io.paffmem.training.config.TrainingConfig;
import io.paffmem.training.faces.FaceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Looks of the faces of videos and photographs. */
final class LookedFaces {
  private static final int SIDE = 96;
  private static final int BYTES = SIDE * SIDE * 3;
  private static final double FRAMES_PER_SECOND = 25;

  /** Added to the seed of the second videos: another path, room and light. */
  private static final long SECOND_SEED = 7919;

  private final IdentityModel model;

  LookedFaces(IdentityModel model) {
    this.model = model;
  }

  /**
   * Two videos each of synthetic people whom training never draws, the second in another room and
   * light, with glasses on or off; every other one by a restless camera.
   *
   * @param progress is told how many people are done
   */
  List<LookedPerson> synthetic(int people, double seconds, long seed, IntConsumer progress) {
    SyntheticPeople all = new SyntheticPeople(seed);
    List<LookedPerson> looked = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      SyntheticPerson who = all.heldOut(person);
      Camera camera = person % 2 == 0 ? Camera.STEADY : Camera.RESTLESS;
      looked.add(
          new LookedPerson(
              "synthetic-" + person,
              List.of(
                  synthetic(who, seed, seconds, camera),
                  synthetic(who.withOtherGlasses(), seed + SECOND_SEED, seconds, camera))));
      progress.accept(person + 1);
    }
    return looked;
  }

  private LookedClip synthetic(SyntheticPerson who, long seed, double seconds, Camera camera) {
    SyntheticVideo video =
        new SyntheticVideo(
            who,
            seed,
            new SyntheticVideo.Format(SIDE, SIDE, FRAMES_PER_SECOND, seconds),
            Mood.ROAM,
            camera);
    Clip clip = new Clip();
    for (int frame = 0; frame < video.frameCount(); frame++) {
      clip.add(video.offsetMillis(frame), video.faceCrop(frame));
    }
    return clip.looked();
  }

  /**
   * One clip each of people on video.
   *
   * @throws StartException if a video shows no face
   */
  List<LookedPerson> recorded(List<Path> videos, IntConsumer progress) {
    List<LookedPerson> looked = new ArrayList<>();
    for (Path file : videos) {
      Clip clip = new Clip();
      try (VideoFile video = VideoFile.open(file);
          FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
        for (Picture picture = video.next(); picture != null; picture = video.next()) {
          Box box = box(finder.find(picture));
          if (box != null) {
            clip.add(picture.timestampMicros() / 1000, finder.rgb(picture, box));
          }
        }
      }
      if (clip.isEmpty()) {
        throw new StartException("no face was found in " + file + "; leave it out");
      }
      looked.add(new LookedPerson(String.valueOf(file.getFileName()), List.of(clip.looked())));
      progress.accept(looked.size());
    }
    return looked;
  }

  private static @Nullable Box box(Sighting sighting) {
    if (sighting instanceof Sighting.Carried carried) {
      return carried.box();
    }
    return sighting instanceof Sighting.Detected detected ? detected.box() : null;
  }

  /**
   * The photographs of people whom training with that seed kept for validation.
   *
   * @param least people with fewer are left out
   * @throws StartException if fewer than two are left
   */
  List<LookedPerson> photographs(
      FacialExpressions dataset, long validationOf, int least, ImageDecoder decoder) {
    double share = TrainingConfig.standard(validationOf).validationShare();
    Map<String, List<Path>> people = new LinkedHashMap<>();
    for (CategorisedFace face : dataset.faces()) {
      if (FaceSet.isValidation(face.person(), share, validationOf)) {
        people.computeIfAbsent(face.person(), any -> new ArrayList<>()).add(face.image());
      }
    }
    List<LookedPerson> looked = new ArrayList<>();
    people.forEach(
        (person, images) -> {
          Clip clip = new Clip();
          for (Path image : images.size() < least ? List.<Path>of() : images) {
            byte[] rgb = new byte[BYTES];
            if (decoder.decode(read(image), null, rgb, 0) instanceof ImageDecoder.Decoded) {
              clip.add(clip.size(), rgb);
            }
          }
          if (clip.size() >= least) {
            looked.add(new LookedPerson(person, List.of(clip.looked())));
          }
        });
    if (looked.size() < 2) {
      throw new StartException(
          "only %d of the people kept for validation have %d photographs"
              .formatted(looked.size(), least));
    }
    return looked;
  }

  private static byte[] read(Path image) {
    try {
      return Files.readAllBytes(image);
    } catch (IOException e) {
      throw new StartException(image + " cannot be read: " + e, e);
    }
  }

  /** Gathers faces, and has the model look at them in batches. */
  private final class Clip {
    private static final int BATCH = 64;

    private final byte[] pending = new byte[BATCH * BYTES];
    private final List<Long> millis = new ArrayList<>();
    private final List<FaceLook> looks = new ArrayList<>();

    void add(long at, byte[] rgb) {
      System.arraycopy(rgb, 0, pending, (millis.size() - looks.size()) * BYTES, BYTES);
      millis.add(at);
      if (millis.size() - looks.size() == BATCH) {
        look();
      }
    }

    int size() {
      return millis.size();
    }

    boolean isEmpty() {
      return millis.isEmpty();
    }

    LookedClip looked() {
      look();
      return new LookedClip(millis, looks);
    }

    private void look() {
      int faces = millis.size() - looks.size();
      if (faces > 0) {
        float[] embedded = model.embed(pending, faces);
        for (int i = 0; i < faces; i++) {
          looks.add(FaceLook.of(model.version(), embedded, i * model.size(), model.size()));
        }
      }
    }
  }
}
