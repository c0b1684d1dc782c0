package io.paffmem.ingest.video;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * One stream of pictures of one input, through FFmpeg's demuxer and decoder, and what was wrong
 * with it. Used by one thread.
 */
final class VideoInput implements AutoCloseable {
  private static final long MICROS = 1_000_000;

  /** What FFmpeg itself assumes of pictures that nothing is known of. */
  private static final double USUAL_RATE = 25;

  private static final double HIGHEST_RATE = 1_000;

  /** FFmpeg's own limits for a jump in time: of formats that are known for jumps, and of others. */
  private static final long LONGEST_GAP_WITH_JUMPS = 10 * MICROS;

  private static final long LONGEST_GAP = 3_600 * MICROS;

  /** The end of a container's sound and pictures differs by less; beyond, something is missing. */
  private static final long MISSING_AT_END = MICROS / 2;

  private static final double MISSING_SHARE = 0.02;

  static {
    // Otherwise FFmpeg writes its own remarks straight to the terminal, past every logger.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    avdevice.avdevice_register_all();
  }

  private final AVFormatContext input;
  private final AVStream stream;
  private final AVCodecContext decoder;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final boolean jumps;
  private final long expectedPackets;
  private long packets;
  private long decoded;
  private long damaged;
  private long furthestMicros = Long.MIN_VALUE;
  private boolean draining;
  private int readError;

  private VideoInput(AVFormatContext input, AVStream stream, AVCodecContext decoder) {
    this.input = input;
    this.stream = stream;
    this.decoder = decoder;
    this.jumps = (input.iformat().flags() & avformat.AVFMT_TS_DISCONT) != 0;
    this.expectedPackets = expectedPackets(input, stream);
  }

  /** How many packets there are as the container's head says; 0 if it does not. */
  private static long expectedPackets(AVFormatContext input, AVStream stream) {
    if (stream.nb_frames() <= 0) {
      return 0;
    }
    if (input.iformat().name().getString().startsWith("mov")) {
      // What an edit list leaves out is counted, but not in the index, which is in the head.
      return Math.min(stream.nb_frames(), avformat.avformat_index_get_entries_count(stream));
    }
    // Other heads count pictures that were dropped, too.
    return (long) Math.floor((1 - MISSING_SHARE) * stream.nb_frames()) - 1;
  }

  /**
   * Opens an input.
   *
   * @throws VideoException if it is no video or holds no pictures
   */
  static VideoInput open(InputConfig config) {
    AVFormatContext input = openFormat(config);
    AVCodecContext decoder = null;
    VideoInput opened = null;
    try {
      AVStream stream = StreamChoice.of(input, config.name(), config.videoStream());
      decoder = openDecoder(stream, config);
      opened = new VideoInput(input, stream, decoder);
      return opened;
    } finally {
      if (opened == null) {
        if (decoder != null) {
          avcodec.avcodec_free_context(decoder);
        }
        avformat.avformat_close_input(input);
      }
    }
  }

  private static AVFormatContext openFormat(InputConfig config) {
    AVInputFormat device = null;
    if (config.device() != null) {
      device = avformat.av_find_input_format(config.device());
      if (device == null) {
        throw new VideoException(
            config.name() + " cannot be read: this FFmpeg knows no " + config.device());
      }
    }
    AVFormatContext input = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    config.options().forEach((key, value) -> avutil.av_dict_set(options, key, value, 0));
    // Frees the context where it fails.
    int result = avformat.avformat_open_input(input, config.address(), device, options);
    avutil.av_dict_free(options);
    if (result >= 0) {
      result = avformat.avformat_find_stream_info(input, (PointerPointer<?>) null);
      if (result < 0) {
        avformat.avformat_close_input(input);
      }
    }
    if (result < 0) {
      // Without FFmpeg's own message, which holds the address with its password.
      throw config.unreadable(reason(result));
    }
    return input;
  }

  private static AVCodecContext openDecoder(AVStream stream, InputConfig config) {
    AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
    AVCodecContext decoder = codec == null ? null : avcodec.avcodec_alloc_context3(codec);
    int result = avutil.AVERROR_DECODER_NOT_FOUND();
    if (decoder != null) {
      result = avcodec.avcodec_parameters_to_context(decoder, stream.codecpar());
      if (result >= 0) {
        decoder.pkt_timebase(stream.time_base());
        // As many threads as there are cores.
        decoder.thread_count(0);
        result = avcodec.avcodec_open2(decoder, codec, (AVDictionary) null);
      }
      if (result < 0) {
        avcodec.avcodec_free_context(decoder);
      }
    }
    if (decoder == null || result < 0) {
      throw config.unreadable(reason(result));
    }
    return decoder;
  }

  /** FFmpeg's reason in words. */
  private static String reason(int error) {
    byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
    avutil.av_strerror(error, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, UTF_8);
  }

  /** The next picture that is whole, valid until the next call; null after the last one. */
  @Nullable AVFrame next() {
    while (true) {
      int result = avcodec.avcodec_receive_frame(decoder, frame);
      if (result >= 0) {
        if (isWhole()) {
          decoded++;
          return frame;
        }
        noteDamage();
      } else if (result == avutil.AVERROR_EOF()) {
        return null;
      } else {
        if (result != AVERROR_EAGAIN()) {
          noteDamage();
        }
        if (draining) {
          // A decoder that only fails has nothing more to give.
          return null;
        }
        send();
      }
    }
  }

  /** A stream that is joined in its middle begins with what cannot be decoded. */
  private void noteDamage() {
    if (decoded > 0) {
      damaged++;
    }
  }

  /** A decoder fills what it could not decode with what it guesses. */
  private boolean isWhole() {
    // Transport streams call the last picture before a join corrupt, which is whole.
    boolean cut = !jumps && (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
    return frame.decode_error_flags() == 0 && !cut;
  }

  /** Hands the next packet of the stream to the decoder, or tells it that there is none. */
  private void send() {
    while (true) {
      int result = avformat.av_read_frame(input, packet);
      if (result == AVERROR_EAGAIN()) {
        continue;
      }
      if (result < 0) {
        readError = result == avutil.AVERROR_EOF() ? 0 : result;
        draining = true;
        var unused = avcodec.avcodec_send_packet(decoder, null);
        return;
      }
      noteEnd();
      boolean ours = packet.stream_index() == stream.index();
      if (ours) {
        packets++;
        if (avcodec.avcodec_send_packet(decoder, packet) < 0) {
          noteDamage();
        }
      }
      avcodec.av_packet_unref(packet);
      if (ours) {
        return;
      }
    }
  }

  private void noteEnd() {
    long at = packet.pts() == avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    if (at != avutil.AV_NOPTS_VALUE) {
      AVRational base = input.streams(packet.stream_index()).time_base();
      furthestMicros = Math.max(furthestMicros, micros(at + Math.max(0, packet.duration()), base));
    }
  }

  /** When the picture is shown, as the container has it; empty if it does not say. */
  OptionalLong shownMicros() {
    long at = frame.best_effort_timestamp();
    return at == avutil.AV_NOPTS_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(micros(at, stream.time_base()));
  }

  /** Times of this input's pictures from its beginning. */
  PictureTimes times() {
    OptionalLong begin =
        input.start_time() == avutil.AV_NOPTS_VALUE
            ? OptionalLong.empty()
            : OptionalLong.of(input.start_time());
    return new PictureTimes(begin, stepMicros(), jumps ? LONGEST_GAP_WITH_JUMPS : LONGEST_GAP);
  }

  private long stepMicros() {
    return Math.round(MICROS / rate());
  }

  private double rate() {
    for (AVRational rate :
        new AVRational[] {
          avformat.av_guess_frame_rate(input, stream, null), decoder.framerate(),
        }) {
      if (rate.num() > 0 && rate.den() > 0) {
        double perSecond = (double) rate.num() / rate.den();
        if (perSecond > 0 && perSecond <= HIGHEST_RATE) {
          return perSecond;
        }
      }
    }
    return USUAL_RATE;
  }

  private static long micros(long at, AVRational base) {
    return Math.round((double) at * base.num() / base.den() * MICROS);
  }

  /**
   * Width of a pixel divided by its height; 1 where nothing sensible is said.
   *
   * @param picture one of this input
   */
  double pixelAspect(AVFrame picture) {
    AVRational aspect = avformat.av_guess_sample_aspect_ratio(input, stream, picture);
    if (aspect.num() <= 0 || aspect.den() <= 0) {
      return 1;
    }
    double ratio = (double) aspect.num() / aspect.den();
    return ratio >= 1.0 / 8 && ratio <= 8 ? ratio : 1;
  }

  /** What the container says under that name; null if nothing. */
  @Nullable String metadata(String key) {
    AVDictionaryEntry entry = avutil.av_dict_get(input.metadata(), key, null, 0);
    return entry == null ? null : entry.value().getString(UTF_8);
  }

  /** Where the pictures come from in the end, after every redirect; null if that is not known. */
  @Nullable String location() {
    BytePointer found = new BytePointer();
    if (input.pb() != null
        && avutil.av_opt_get(input.pb(), "location", avutil.AV_OPT_SEARCH_CHILDREN, found) >= 0
        && !found.isNull()) {
      String location = found.getString(UTF_8);
      avutil.av_free(found);
      return location;
    }
    return input.url() == null ? null : input.url().getString(UTF_8);
  }

  int width() {
    return stream.codecpar().width();
  }

  int height() {
    return stream.codecpar().height();
  }

  /** How long it is, as the container says; 0 or less for what goes on for ever. */
  long lengthMicros() {
    return input.duration() == avutil.AV_NOPTS_VALUE ? 0 : input.duration();
  }

  /** About how many pictures there will be; 0 if nobody knows. */
  long estimatedPictures() {
    return stream.nb_frames() > 0
        ? stream.nb_frames()
        : Math.max(0, Math.round(lengthMicros() * rate() / MICROS));
  }

  /**
   * What is missing of a recording that gave its last picture; null if nothing is.
   *
   * @return to be read behind the recording's name
   */
  @Nullable String shortfall() {
    if (endsEarly()) {
      long expected = estimatedPictures();
      return "ended after %d%s pictures, incomplete"
          .formatted(decoded, expected > decoded ? " of about " + expected : "");
    }
    return damaged > 0
        ? "has %d damaged pictures of %d, which were left out, incomplete"
            .formatted(damaged, decoded + damaged)
        : null;
  }

  private boolean endsEarly() {
    if (expectedPackets > 0) {
      return packets < expectedPackets;
    }
    if (readError != 0) {
      return true;
    }
    if (lengthMicros() <= 0
        || furthestMicros == Long.MIN_VALUE
        || input.start_time() == avutil.AV_NOPTS_VALUE
        || input.duration_estimation_method() == avformat.AVFMT_DURATION_FROM_BITRATE) {
      return false;
    }
    long missing = input.start_time() + lengthMicros() - furthestMicros;
    return missing > MISSING_AT_END + MISSING_SHARE * lengthMicros();
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(decoder);
    avformat.avformat_close_input(input);
  }
}
