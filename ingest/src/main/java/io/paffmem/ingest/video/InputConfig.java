package io.paffmem.ingest.video;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How FFmpeg opens an input.
 *
 * @param name for messages, without what is secret
 * @param address as FFmpeg takes it
 * @param device FFmpeg's name of the kind of device; null for what is no device
 * @param options of FFmpeg's formats and protocols
 * @param videoStream which of its streams of pictures, from 1; null for the one that players show
 * @param advice what to do where it cannot be opened
 */
record InputConfig(
    String name,
    String address,
    @Nullable String device,
    Map<String, String> options,
    @Nullable Integer videoStream,
    String advice) {

  /**
   * What is a recording or a stream of pictures; no list of other files, no script, no protocol. As
   * {@code ffmpeg -demuxers} names them.
   */
  private static final String CONTAINERS =
      "mov,mp4,matroska,webm,avi,mpegts,mpegtsraw,mpeg,mpegvideo,flv,live_flv,asf,ogg,mxf,gxf,nut,"
          + "rm,dv,wtv,nuv,nsv,vob,h261,h263,h264,hevc,vvc,av1,obu,ivf,m4v,mjpeg,mpjpeg,smjpeg,"
          + "vc1,vc1test,cavsvideo,avs2,avs3,dirac,dnxhd,evc,apv,r3d,lxf,pva,gif,apng,yuv4mpegpipe,"
          + "mp3,aac,flac,wav,aiff,amr,ac3,eac3,dts,caf,ape,wv,tta,au";

  InputConfig {
    options = Map.copyOf(options);
  }

  /** The same with one more option. */
  InputConfig with(String option, String value) {
    Map<String, String> more = new HashMap<>(options);
    more.put(option, value);
    return new InputConfig(name, address, device, more, videoStream, advice);
  }

  /** That it cannot be read, and why. */
  VideoException unreadable(String reason) {
    return new VideoException(
        "%s is not a video that FFmpeg can read (%s); %s".formatted(name, reason, advice));
  }

  /** Options with which FFmpeg reads these protocols, and containers but no lists or scripts. */
  static Map<String, String> containers(String protocols, boolean playlists) {
    Map<String, String> options = new HashMap<>();
    options.put("protocol_whitelist", protocols);
    options.put("format_whitelist", playlists ? CONTAINERS + ",hls" : CONTAINERS);
    return options;
  }
}
