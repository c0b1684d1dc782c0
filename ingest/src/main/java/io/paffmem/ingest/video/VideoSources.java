package io.paffmem.ingest.video;

import java.nio.file.Path;
import java.time.Clock;
import org.bytedeco.javacv.FFmpegFrameGrabber;

/** Opens whatever a {@link SourceAddress} names. */
public final class VideoSources {
  private VideoSources() {}

  /**
   * Opens a source. What is not a file must be there now; later it may go away and come back. An
   * HTTP address whose length is known is a recording and ends; FFmpeg itself goes on from where a
   * broken connection was.
   *
   * @param late what a live source does with pictures that nobody had time for
   * @throws VideoException if it cannot be opened
   */
  public static VideoSource open(SourceAddress address, LiveConfig config, Late late) {
    return switch (address.kind()) {
      case FILE -> VideoFile.open(Path.of(address.text()));
      case DEVICE, RTSP -> live(address, connect(address, config), config, late);
      case HTTP -> {
        DecodedPictures pictures = connect(address, config);
        yield pictures.lengthMicros() > 0
            ? new VideoFile(pictures, Clock.systemUTC().millis())
            : live(address, pictures, config, late);
      }
    };
  }

  private static VideoSource live(
      SourceAddress address, DecodedPictures first, LiveConfig config, Late late) {
    return new LiveVideo(
        address.toString(),
        first,
        () -> connect(address, config),
        config,
        late,
        Clock.systemUTC(),
        System::nanoTime);
  }

  private static DecodedPictures connect(SourceAddress address, LiveConfig config) {
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(address.text());
    String stallMicros = Long.toString(config.stall().toNanos() / 1000);
    String advice = "check the address, and that it can be reached from here.";
    switch (address.kind()) {
      case RTSP -> {
        // Over UDP nobody notices a network that lost the pictures.
        grabber.setOption("rtsp_transport", "tcp");
        grabber.setOption("timeout", stallMicros);
        grabber.setOption("protocol_whitelist", "rtsp,rtsps,rtp,tcp,tls");
      }
      case HTTP -> {
        grabber.setOption("rw_timeout", stallMicros);
        // Of a recording, which can be asked for its rest; a live stream is opened again by us.
        grabber.setOption("reconnect", "1");
        grabber.setOption(
            "reconnect_delay_max", Long.toString(Math.max(1, config.longestPause().toSeconds())));
        grabber.setOption("protocol_whitelist", "http,https,httpproxy,tcp,tls,crypto");
      }
      case DEVICE -> {
        grabber.setFormat("video4linux2");
        advice = "check that the camera is there, that you may read it, and that nobody else does.";
      }
      case FILE -> throw new IllegalArgumentException("a file is opened otherwise");
    }
    return DecodedPictures.start(address.toString(), grabber, advice);
  }
}
