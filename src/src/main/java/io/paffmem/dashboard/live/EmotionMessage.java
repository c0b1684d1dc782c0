package io.paffmem.dashboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.paffmem.ingest.quality.Readability;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FaceQuality;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is sent, written once for all who read it: a Server-Sent Event, of which the JSON
 * is a part.
 */
public final class EmotionMessage {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_BYTES = 512;
  private static final byte[] END = {'\n', '\n'};

  private final byte[] serverSentEvent;
  private final int jsonAt;

  private EmotionMessage(byte[] serverSentEvent, int jsonAt) {
    this.serverSentEvent = serverSentEvent;
    this.jsonAt = jsonAt;
  }

  static EmotionMessage of(Event event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
    // Names the record; JSON has no line breaks, so one line of data holds it.
    out.writeBytes(
        ("id: " + event.partition() + '-' + event.offset() + "\nevent: emotion\ndata: ")
            .getBytes(UTF_8));
    int jsonAt = out.size();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json, event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.writeBytes(END);
    return new EmotionMessage(out.toByteArray(), jsonAt);
  }

  private static void write(JsonGenerator json, Event event) throws IOException {
    Emotion emotion = event.emotion();
    json.writeStartObject();
    json.writeStringField("person", emotion.getIdentity().getPersonId());
    json.writeStringField("stream", emotion.getIdentity().getStreamId());
    json.writeNumberField("sequence", emotion.getIdentity().getSequence());
    json.writeNumberField("capturedAt", emotion.getCapturedAtMillis());
    json.writeNumberField("ingestedAt", event.ingestedAtMillis());
    writeFields(json, emotion.getAffect());
    json.writeStringField("source", emotion.getSource().name());
    write(json, "prior", emotion.getPrior());
    json.writeNumberField("activity", emotion.getActivity());
    json.writeNumberField("bestMatchingUnit", emotion.getBestMatchingUnit());
    json.writeNumberField("neurons", emotion.getNeurons());
    json.writeNumberField("framesPerceived", emotion.getFramesPerceived());
    json.writeNumberField("framesToSeed", emotion.getFramesToSeed());
    json.writeNumberField("teachings", emotion.getTeachings());
    json.writeStringField("modelVersion", emotion.getModelVersion());
    writeOfPerson(json, emotion);
    writeQuality(json, emotion);
    Affect label = emotion.getLabel();
    if (label == null) {
      json.writeNullField("label");
    } else {
      write(json, "label", label);
    }
    json.writeEndObject();
  }

  /** How well the picture shows the face; nothing where nobody measured it. */
  static void writeQuality(JsonGenerator json, Emotion emotion) throws IOException {
    FaceQuality quality = emotion.getQuality();
    if (quality == null) {
      return;
    }
    json.writeObjectFieldStart("quality");
    json.writeBooleanField("readable", quality.getReadable());
    json.writeNumberField("side", quality.getSide());
    json.writeNumberField("sharpness", quality.getSharpness());
    json.writeNumberField("cutOff", quality.getCutOff());
    writeIfKnown(json, "score", quality.getScore());
    writeIfKnown(json, "yawDegrees", quality.getYawDegrees());
    writeIfKnown(json, "rollDegrees", quality.getRollDegrees());
    if (!quality.getReadable()) {
      writeReasons(json, Readability.faults(quality));
    }
    json.writeEndObject();
  }

  private static void writeReasons(JsonGenerator json, Set<Readability.Fault> faults)
      throws IOException {
    json.writeArrayFieldStart("reasons");
    for (Readability.Fault fault : faults) {
      json.writeString(fault.code());
    }
    json.writeEndArray();
  }

  private static void writeIfKnown(JsonGenerator json, String name, @Nullable Float value)
      throws IOException {
    if (value != null) {
      json.writeNumberField(name, value);
    }
  }

  static void write(JsonGenerator json, String name, Affect affect) throws IOException {
    json.writeObjectFieldStart(name);
    writeFields(json, affect);
    json.writeEndObject();
  }

  /** Whether the face looks like the person; nothing where that is not known. */
  static void writeOfPerson(JsonGenerator json, Emotion emotion) throws IOException {
    Boolean ofPerson = emotion.getOfPerson();
    if (ofPerson != null) {
      json.writeBooleanField("ofPerson", ofPerson);
    }
  }

  static void writeFields(JsonGenerator json, Affect affect) throws IOException {
    json.writeNumberField("arousal", affect.getArousal());
    json.writeNumberField("valence", affect.getValence());
  }

  /** As it goes over the wire; not to be changed. */
  byte[] serverSentEvent() {
    return serverSentEvent;
  }

  /** The JSON alone. */
  public String text() {
    return new String(serverSentEvent, jsonAt, serverSentEvent.length - jsonAt - END.length, UTF_8);
  }
}
