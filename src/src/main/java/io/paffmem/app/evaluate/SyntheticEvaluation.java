package io.paffmem.app.evaluate;

import io.paffmem.app.terminal.Progress;
import io.paffmem.evaluation.Evaluation;
import io.paffmem.evaluation.Evaluation.GeometryFigures;
import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.prior.Disturbances;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.evaluation.prior.Geometry;
import io.paffmem.evaluation.prior.ImaginedChanges;
import io.paffmem.evaluation.prior.ImaginedGrain;
import io.paffmem.evaluation.prior.ImaginedIdentity;
import io.paffmem.evaluation.prior.NextFrame;
import io.paffmem.imagine.ImaginedFaces;
import io.paffmem.ingest.synthetic.FaceRenderer;
import io.paffmem.ingest.synthetic.FaceScene;
import io.paffmem.ingest.synthetic.ShownAffect;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticPerson;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.PriorKnowledge;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Figures of a PK on synthetic people, whose true face at any expression is known. */
final class SyntheticEvaluation {
  private static final int SCENES_A_STATE = 4;
  private static final int CELLS_PER_AXIS = 5;
  private static final int IMAGINED_FROM_EACH = 3;
  private static final int REFERENCES = 4;
  private static final int FRAME_PAIRS_EACH = 50;
  // Longer than one round through the square.
  private static final SyntheticVideo.Format VIDEO = new SyntheticVideo.Format(96, 96, 25, 26);

  private final PriorKnowledge prior;
  private final @Nullable IdentityModel identity;
  private final int people;
  private final double seconds;
  private final MemoryTrial.Settings trial;
  private final long seed;
  private final SyntheticPeople all;
  private final FaceRenderer renderer = new FaceRenderer();

  /**
   * An evaluation.
   *
   * @param seconds of everybody's video
   * @param trial how the memory is seeded and with whom it is compared
   */
  SyntheticEvaluation(
      PriorKnowledge prior,
      @Nullable IdentityModel identity,
      int people,
      double seconds,
      MemoryTrial.Settings trial,
      long seed) {
    this.prior = prior;
    this.identity = identity;
    this.people = people;
    this.seconds = seconds;
    this.trial = trial;
    this.seed = seed;
    this.all = new SyntheticPeople(seed);
  }

  /**
   * Measures.
   *
   * @param recorded distance between frames of a recorded video; empty to take synthetic videos
   * @param progress shows how far it is
   */
  Evaluation run(OptionalDouble recorded, Progress progress) {
    SyntheticVideos videos = new SyntheticVideos(people, seed, Shooting.roam(seconds));
    EmbeddedFaces frames =
        progress.during("embed", videos.size(), at -> EmbeddedFaces.of(prior, videos, at));
    MemoryEvaluation.Evaluated memory =
        MemoryTrial.of(prior, frames, videos.orders(), trial, seed, progress);
    SyntheticFaces design = SyntheticFaces.design(people, SCENES_A_STATE, seed);
    EmbeddedFaces states =
        progress.during("geometry", design.size(), at -> EmbeddedFaces.of(prior, design, at));
    GeometryFigures geometry =
        GeometryFigures.of(
            Geometry.of(states, seed),
            Disturbances.reencoding(prior, states),
            Disturbances.pixelShift(prior, design),
            recorded.isPresent() ? recorded : nextFrame());
    Evaluation.Imagined imagined =
        new Evaluation.Imagined(
            changes(),
            identity == null ? null : identity(identity),
            ImaginedGrain.of(
                prior, design, ImaginedFaces.grid(CELLS_PER_AXIS), ImaginedGrain.FACES));
    return Evaluation.of(
        "synthetic",
        prior.modelVersion(),
        frames,
        memory,
        Map.of(),
        Set.of(),
        seed,
        geometry,
        imagined);
  }

  private OptionalDouble nextFrame() {
    NextFrame nextFrame = new NextFrame(prior);
    for (int person = 0; person < people; person++) {
      SyntheticVideo video = new SyntheticVideo(all.heldOut(person), seed, VIDEO);
      for (int pair = 0; pair < FRAME_PAIRS_EACH; pair++) {
        int index = pair * (video.frameCount() - 1) / FRAME_PAIRS_EACH;
        nextFrame.add(video.faceCrop(index));
        nextFrame.add(video.faceCrop(index + 1));
        nextFrame.interrupt();
      }
    }
    return nextFrame.median();
  }

  private ImaginedChanges.Cosines changes() {
    float[] wished = ImaginedFaces.grid(CELLS_PER_AXIS);
    int cells = wished.length / 2;
    ImaginedChanges changes = new ImaginedChanges(prior, wished);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] rgb = new byte[(1 + cells) * FaceRenderer.CROP_BYTES];
    for (int person = 0; person < people; person++) {
      SyntheticPerson who = all.heldOut(person);
      for (int i = 0; i < IMAGINED_FROM_EACH; i++) {
        FaceScene scene = FaceScene.random(random);
        renderer.faceCrop(who, SyntheticFaces.anywhere(random), scene, rgb, 0);
        for (int cell = 0; cell < cells; cell++) {
          ShownAffect affect = new ShownAffect(wished[2 * cell], wished[2 * cell + 1]);
          renderer.faceCrop(who, affect, scene, rgb, (1 + cell) * FaceRenderer.CROP_BYTES);
        }
        changes.add(rgb);
      }
    }
    return changes.cosines();
  }

  private ImaginedIdentity.Shares identity(IdentityModel model) {
    ImaginedIdentity faces = new ImaginedIdentity(prior, model, ImaginedFaces.grid(CELLS_PER_AXIS));
    SplittableRandom random = new SplittableRandom(seed);
    byte[] face = new byte[FaceRenderer.CROP_BYTES];
    byte[] others = new byte[REFERENCES * FaceRenderer.CROP_BYTES];
    for (int person = 0; person < people; person++) {
      SyntheticPerson who = all.heldOut(person);
      render(who, random, face, 0);
      for (int i = 0; i < REFERENCES; i++) {
        render(who, random, others, i * FaceRenderer.CROP_BYTES);
      }
      faces.add(face, others, REFERENCES);
    }
    return faces.shares();
  }

  private void render(SyntheticPerson who, SplittableRandom random, byte[] rgb, int offset) {
    ShownAffect affect = SyntheticFaces.anywhere(random);
    renderer.faceCrop(who, affect, FaceScene.random(random), rgb, offset);
  }
}
