package io.paffmem.ingest.replay;

import io.paffmem.ingest.face.FaceCrop;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.face.Sighting;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ingest.video.Picture;
import java.util.List;

/** The one face that is followed. */
final class OnePerson implements Watch {
  private final FaceFinder finder;
  private final FrameStream stream;

  OnePerson(FaceFinder finder, FrameStream stream) {
    this.finder = finder;
    this.stream = stream;
  }

  @Override
  public List<Sight> look(Picture picture) {
    Sighting sighting = finder.find(picture);
    if (sighting instanceof Sighting.Detected detected) {
      return List.of(new Sight(stream, detected.box(), detected.face()));
    }
    return sighting instanceof Sighting.Carried carried
        ? List.of(new Sight(stream, carried.box(), null))
        : List.of();
  }

  @Override
  public FaceCrop crop(Picture picture, Sight sight) {
    return finder.crop(picture, sight.box(), sight.face());
  }

  @Override
  public int others() {
    return finder.others();
  }

  @Override
  public void close() {
    finder.close();
  }
}
