package io.paffmem.ingest.video;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens whatever a {@link SourceAddress} names. */
public final class VideoSources {
  private final LiveConfig config;
  private final Late late;
  private final @Nullable Integer videoStream;
  private final boolean playlists;
  private final boolean redirects;

  private VideoSources(
      LiveConfig config,
      Late late,
      @Nullable Integer videoStream,
      boolean playlists,
      boolean redirects) {
    this.config = config;
    this.late = late;
    this.videoStream = videoStream;
    this.playlists = playlists;
    this.redirects = redirects;
  }

  /**
   * Sources that are read as players do, but lead to nothing else: no playlist, no other host.
   *
   * @param late what a live source does with pictures that nobody had time for
   */
  public static VideoSources with(LiveConfig config, Late late) {
    return new VideoSources(config, late, null, false, false);
  }

  /**
   * Of files and streams with several streams of pictures, the one of that number.
   *
   * @param number from 1, covers left out; null for the one that players show
   */
  public VideoSources videoStream(@Nullable Integer number) {
    return new VideoSources(config, late, number, playlists, redirects);
  }

  /** Whether an HTTP address may be a playlist (HLS), which opens every address that it names. */
  public VideoSources playlists(boolean allowed) {
    return new VideoSources(config, late, videoStream, allowed, redirects);
  }

  /** Whether an address may lead to another host. */
  public VideoSources redirects(boolean allowed) {
    return new VideoSources(config, late, videoStream, playlists, allowed);
  }

  /**
   * Opens a source. What is not a file must be there now; later it may go away and come back. An
   * HTTP address whose length is known is a recording and ends; FFmpeg itself goes on from where a
   * broken connection was.
   *
   * @throws VideoException if it cannot be opened
   */
  public VideoSource open(SourceAddress address) {
    return switch (address.kind()) {
      case FILE -> VideoFile.open(Path.of(address.text()), videoStream);
      case DEVICE, RTSP -> live(address, connect(address));
      case HTTP -> {
        DecodedPictures pictures = connect(address);
        yield pictures.lengthMicros() > 0
            ? new VideoFile(pictures, Clock.systemUTC().millis())
            : live(address, pictures);
      }
    };
  }

  private VideoSource live(SourceAddress address, DecodedPictures first) {
    return new LiveVideo(
        address.toString(),
        first,
        () -> connect(address),
        config,
        late,
        Clock.systemUTC(),
        System::nanoTime);
  }

  private DecodedPictures connect(SourceAddress address) {
    Map<String, String> options = new HashMap<>();
    String stallMicros = Long.toString(config.stall().toNanos() / 1000);
    String device = null;
    String advice = "check the address, and that it can be reached from here.";
    switch (address.kind()) {
      case RTSP -> {
        // Over UDP nobody notices a network that lost the pictures.
        options.put("rtsp_transport", "tcp");
        options.put("timeout", stallMicros);
        options.put("protocol_whitelist", "rtsp,rtsps,rtp,tcp,tls");
      }
      case HTTP -> {
        options.putAll(InputConfig.containers("http,https,httpproxy,tcp,tls,crypto", playlists));
        options.put("rw_timeout", stallMicros);
        // Of a recording, which can be asked for its rest; a live stream is opened again by us.
        options.put("reconnect", "1");
        options.put(
            "reconnect_delay_max", Long.toString(Math.max(1, config.longestPause().toSeconds())));
        advice += playlists ? "" : " A playlist (HLS) needs --hls.";
      }
      case DEVICE -> {
        device = "video4linux2";
        advice = "check that the camera is there, that you may read it, and that nobody else does.";
      }
      case FILE -> throw new IllegalArgumentException("a file is opened otherwise");
    }
    InputConfig input =
        new InputConfig(address.toString(), address.text(), device, options, videoStream, advice);
    boolean leadsElsewhere = redirects || (playlists && address.kind() == SourceAddress.Kind.HTTP);
    if (leadsElsewhere || address.kind() == SourceAddress.Kind.DEVICE) {
      return DecodedPictures.open(input);
    }
    // Behind a proxy of the user's own, that one decides who is asked.
    boolean gated =
        address.kind() == SourceAddress.Kind.HTTP && System.getenv("http_proxy") == null;
    return stayingThere(
        address, gated ? openThroughGate(address, input) : DecodedPictures.open(input));
  }

  private DecodedPictures openThroughGate(SourceAddress address, InputConfig input) {
    HostGate gate = new HostGate(address.host(), (int) config.stall().toMillis());
    boolean opened = false;
    try {
      DecodedPictures pictures =
          DecodedPictures.open(input.with("http_proxy", gate.address())).through(gate);
      opened = true;
      return pictures;
    } catch (VideoException e) {
      Optional<String> elsewhere = gate.elsewhere();
      if (elsewhere.isPresent()) {
        throw leadsElsewhere(address, elsewhere.get());
      }
      Optional<String> problem = gate.problem();
      if (problem.isPresent()) {
        // FFmpeg knows only that its proxy could not do it.
        throw input.unreadable(problem.get());
      }
      throw e;
    } finally {
      if (!opened) {
        gate.close();
      }
    }
  }

  /** What did not go through a gate may have been led elsewhere. */
  private static DecodedPictures stayingThere(SourceAddress address, DecodedPictures opened) {
    Optional<String> elsewhere = address.leadsTo(opened.location());
    if (elsewhere.isPresent()) {
      opened.close();
      throw leadsElsewhere(address, elsewhere.get());
    }
    return opened;
  }

  private static VideoException leadsElsewhere(SourceAddress address, String host) {
    return new VideoException(
        "%s leads to another host, %s; name that address, or allow it with --follow-redirects."
            .formatted(address, host));
  }
}
