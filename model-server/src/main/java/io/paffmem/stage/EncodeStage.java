package io.paffmem.stage;

import io.paffmem.prior.Encodings;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.ImageDecoder;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.FaceLook;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.PersonName;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.FaceBox;
import io.paffmem.schemas.avro.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Frames to embeddings: one run of the encoder a batch.
 *
 * <p>Dead letters: what {@link Decoded.Reason} and {@link ImageDecoder.Refused} say, {@code
 * key_mismatch}, {@code consent_missing}, {@code invalid_embedding} (the PK's output is not
 * finite), {@code internal_error}.
 *
 * <p>A PK that fails, or whose output is not finite, is first asked about a fixed picture. If it
 * fails there too, no frame is to blame: {@link ModelOutageException}.
 */
final class EncodeStage implements BatchStage {
  static final String NAME = "encode";

  /** Reasons of dead letters, besides those of {@link Decoded.Reason}. */
  static final List<String> DEAD_LETTER_REASONS =
      List.of(
          "key_mismatch",
          DeadLetters.CONSENT_MISSING,
          "not_an_image",
          "truncated_image",
          "too_many_pixels",
          "face_box_outside",
          "invalid_embedding",
          "internal_error");

  private static final ByteBuffer NO_PICTURE = ByteBuffer.allocate(0).asReadOnlyBuffer();
  private static final int CHANNELS = 3;

  private final PriorKnowledge prior;
  private final ModelProbe probe;
  private final @Nullable IdentityModel looks;
  private final ImageDecoder decoder;
  private final AvroSerde<Frame> frames;
  private final AvroSerde<Embedding> embeddings;
  private final boolean requireConsent;
  private final int faceBytes;

  /** As large as the largest batch so far, 27 KB a face; used again for every batch. */
  private byte[] pixels = {};

  /**
   * @param probe of that PK
   * @param looks tells how faces look; null if nobody is to know
   * @param requireConsent whether frames whose headers name no consent are refused
   */
  EncodeStage(
      PriorKnowledge prior,
      ModelProbe probe,
      @Nullable IdentityModel looks,
      ImageDecoder decoder,
      AvroSerdes serdes,
      boolean requireConsent) {
    this.prior = prior;
    this.probe = probe;
    this.looks = looks;
    this.decoder = decoder;
    this.frames = serdes.of(Frame.class);
    this.embeddings = serdes.of(Embedding.class);
    this.requireConsent = requireConsent;
    this.faceBytes = prior.imageSize() * prior.imageSize() * CHANNELS;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String inputTopic() {
    return Topics.FRAMES;
  }

  @Override
  public StageOutput handle(List<ConsumerRecord<byte[], byte[]>> batch) {
    if (pixels.length < batch.size() * faceBytes) {
      pixels = new byte[batch.size() * faceBytes];
    }
    StageOutput output = new StageOutput();
    List<Face> faces = new ArrayList<>(batch.size());
    for (ConsumerRecord<byte[], byte[]> source : batch) {
      Decoded<Frame> decoded = frames.decodeOrWait(source.topic(), source.value());
      if (decoded instanceof Decoded.Malformed<Frame> malformed) {
        output.deadLetter(source, NAME, malformed.reason());
      } else if (decoded instanceof Decoded.Value<Frame> value) {
        @Nullable String refusal = readFace(source, value.value(), faces.size() * faceBytes);
        if (refusal == null) {
          faces.add(new Face(source, value.value()));
        } else if (refusal.equals(DeadLetters.CONSENT_MISSING)) {
          output.deadLetter(source, NAME, refusal, withoutPicture(value.value()));
        } else {
          output.deadLetter(source, NAME, refusal);
        }
      }
    }
    if (!faces.isEmpty()) {
      encode(faces, output);
    }
    return output;
  }

  /** A face that may not be looked at is not to lie in another topic either. */
  private byte[] withoutPicture(Frame frame) {
    return frames.encode(
        Topics.FRAMES,
        new Frame(
            frame.getIdentity(),
            frame.getCapturedAtMillis(),
            NO_PICTURE.duplicate(),
            null,
            frame.getLabel(),
            null));
  }

  @Override
  public StageOutput giveUp(ConsumerRecord<byte[], byte[]> record) {
    StageOutput output = new StageOutput();
    output.deadLetter(record, NAME, "internal_error");
    return output;
  }

  /** Writes the face's pixels, or says why there are none. */
  private @Nullable String readFace(
      ConsumerRecord<byte[], byte[]> source, Frame frame, int pixelOffset) {
    if (!StageOutput.isKeyedBy(frame.getIdentity(), source)) {
      return "key_mismatch";
    }
    // Of those who publish directly: two names that look the same would be two people.
    if (!PersonName.isCanonical(frame.getIdentity().getPersonId())) {
      return "invalid_name";
    }
    // Before decoding: a face without consent is not looked at.
    if (requireConsent && !FrameHeaders.hasConsent(source.headers())) {
      return DeadLetters.CONSENT_MISSING;
    }
    FaceBox faceBox = frame.getFaceBox();
    ImageDecoder.Box box =
        faceBox == null
            ? null
            : new ImageDecoder.Box(
                faceBox.getX(), faceBox.getY(), faceBox.getWidth(), faceBox.getHeight());
    ImageDecoder.Result result = decoder.decode(bytes(frame.getImage()), box, pixels, pixelOffset);
    return result instanceof ImageDecoder.Refused refused ? refused.reason() : null;
  }

  private void encode(List<Face> faces, StageOutput output) {
    Encodings encodings = encode(faces.size());
    float[] embedded = looks(faces.size());
    float[] deviation = encodings.deviation();
    int latentSize = prior.latentSize();
    boolean probed = false;
    for (int i = 0; i < faces.size(); i++) {
      Face face = faces.get(i);
      if (!isFinite(encodings, i)) {
        if (!probed) {
          probe.requireAnswer(null);
          probed = true;
        }
        output.deadLetter(face.source, NAME, "invalid_embedding");
        continue;
      }
      Embedding embedding =
          new Embedding(
              face.frame.getIdentity(),
              face.frame.getCapturedAtMillis(),
              FloatVectors.pack(encodings.z(), i * latentSize, latentSize),
              new Affect(encodings.affect()[i * 2], encodings.affect()[i * 2 + 1]),
              prior.modelVersion(),
              face.frame.getLabel(),
              deviation == null ? null : new Affect(deviation[i * 2], deviation[i * 2 + 1]),
              look(embedded, i),
              face.frame.getQuality());
      output.answer(
          face.source, Topics.EMBEDDINGS, embeddings.encode(Topics.EMBEDDINGS, embedding));
    }
  }

  /** Encodes the first faces of the pixels. */
  private Encodings encode(int faces) {
    try {
      Encodings encodings = prior.encode(pixels, faces);
      if (encodings.z().length != faces * prior.latentSize()
          || encodings.affect().length != faces * 2) {
        throw new IllegalStateException(
            "For %d faces the PK gave %d values of z and %d of affect"
                .formatted(faces, encodings.z().length, encodings.affect().length));
      }
      return encodings;
    } catch (RuntimeException e) {
      probe.requireAnswer(e);
      throw e;
    }
  }

  /** How the first faces of the pixels look; null where nobody is to know. */
  private float @Nullable [] looks(int faces) {
    IdentityModel model = looks;
    if (model == null) {
      return null;
    }
    try {
      return model.embed(pixels, faces);
    } catch (RuntimeException e) {
      probe.requireAnswer(e);
      throw e;
    }
  }

  private @Nullable ByteBuffer look(float @Nullable [] embedded, int face) {
    IdentityModel model = looks;
    if (model == null
        || embedded == null
        || !isFinite(embedded, face * model.size(), model.size())) {
      return null;
    }
    return FaceLook.of(model.version(), embedded, face * model.size(), model.size()).pack();
  }

  private boolean isFinite(Encodings encodings, int face) {
    float[] deviation = encodings.deviation();
    return isFinite(encodings.z(), face * prior.latentSize(), prior.latentSize())
        && isFinite(encodings.affect(), face * 2, 2)
        && (deviation == null || isFinite(deviation, face * 2, 2));
  }

  private static boolean isFinite(float[] values, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    // Avro hands over an array of just the right length: no copy then.
    if (buffer.hasArray()
        && buffer.arrayOffset() == 0
        && buffer.array().length == buffer.remaining()) {
      return buffer.array();
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private record Face(ConsumerRecord<byte[], byte[]> source, Frame frame) {}
}
