package io.paffmem.ingest.replay;

import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceCrop;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ingest.video.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Whom a replay looks for in its pictures. Used by one thread. */
public interface Watch extends AutoCloseable {
  /** Who is in the next picture, in the order in which they are to be published. */
  List<Sight> look(Picture picture);

  /** The face of one of them, as it is published. */
  FaceCrop crop(Picture picture, Sight sight);

  /** Faces in the picture, or one just before, that are nobody's who is watched. */
  int others();

  @Override
  void close();

  /**
   * One person.
   *
   * @param finder closed with this
   */
  static Watch one(FaceFinder finder, FrameStream stream) {
    return new OnePerson(finder, stream);
  }

  /**
   * Everybody, each as a person of their own.
   *
   * @param model as {@link io.paffmem.ingest.face.FaceDetector#of} has it
   * @param stream the stream of the person of a number, from 1; asked once for each
   */
  static Watch everybody(FaceConfig config, @Nullable Path model, IntFunction<FrameStream> stream) {
    return new Everybody(config, model, stream);
  }
}
