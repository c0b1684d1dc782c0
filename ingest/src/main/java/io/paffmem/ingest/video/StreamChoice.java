package io.paffmem.ingest.video;

import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_STILL_IMAGE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_TIMED_THUMBNAILS;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** Which of an input's streams is watched. */
final class StreamChoice {
  /** Pictures that belong to something else: the cover of a song, the thumbnails of a film. */
  private static final int STILL =
      AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_STILL_IMAGE | AV_DISPOSITION_TIMED_THUMBNAILS;

  private StreamChoice() {}

  /**
   * The wished stream of pictures, or the first that is marked as the default, or the first.
   *
   * @param name of the input, for messages
   * @param wished counts streams of pictures, from 1; null if none is wished
   * @throws VideoException if there is none, or not so many
   */
  static AVStream of(AVFormatContext input, String name, @Nullable Integer wished) {
    List<AVStream> videos = new ArrayList<>();
    boolean hasStills = false;
    for (int i = 0; i < input.nb_streams(); i++) {
      AVStream stream = input.streams(i);
      if (stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO) {
        if ((stream.disposition() & STILL) == 0) {
          videos.add(stream);
        } else {
          hasStills = true;
        }
      }
    }
    if (videos.isEmpty()) {
      throw new VideoException(
          name
              + " holds no video stream ("
              + (hasStills ? "a cover is none" : "only sound?")
              + "); name a file with pictures.");
    }
    if (wished != null) {
      if (wished > videos.size()) {
        throw new VideoException(
            "%s holds %d video streams, so there is no stream %d; leave --video-stream out, or choose 1 to %d."
                .formatted(name, videos.size(), wished, videos.size()));
      }
      return videos.get(wished - 1);
    }
    return videos.stream()
        .filter(stream -> (stream.disposition() & AV_DISPOSITION_DEFAULT) != 0)
        .findFirst()
        .orElse(videos.get(0));
  }
}
